using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Tests.Simulation.Checking;

/// <summary>A document in Sage's books.</summary>
/// <param name="Words">Where its marker stands.</param>
internal sealed record SageDocument(string Organisation, string Kind, string Id, string? Words, string? Contact, string? Date, decimal Total, decimal Tax, IReadOnlyList<decimal> LineTotals)
{
    public string? Reference { get; init; }

    /// <summary>Of its only or first line.</summary>
    public string? Category { get; init; }

    private const string Marker = "DextSage item ";

    /// <summary>The item that its notes name.</summary>
    public string? Item => Words?.StartsWith(Marker, StringComparison.Ordinal) == true ? Words[Marker.Length..].Split(' ', '\n')[0] : null;
}

internal sealed record SageFile(string Organisation, string Id, string? Document, string Name, byte[] Content);

/// <param name="Position">Its place among the contacts, in the order in which they were made.</param>
internal sealed record SageContact(string Organisation, string Id, string Name, bool IsVendor, bool IsSystem, bool IsDeleted, long Position);

/// <summary>Sage's books, read from its own file.</summary>
internal sealed class SageSide(Rows rows)
{
    /// <summary>Kinds of documents that we may create; one that the books do not know yet is simply not there.</summary>
    private static readonly string[] Kinds =
        ["purchase_invoices", "purchase_credit_notes", "purchase_quick_entries", "other_payments", "sales_invoices", "sales_credit_notes", "sales_quick_entries", "other_receipts"];

    /// <summary>Those in force: what was deleted or voided is not among them.</summary>
    public IReadOnlyList<SageDocument> Documents() => [.. Records(Kinds).Where(r => !r.IsGone).Select(r => new SageDocument(
        r.Organisation, r.Kind, r.Id, (string?)r.Body["notes"] ?? (string?)r.Body["details"] ?? (string?)Lines(r.Body).FirstOrDefault()?["details"] ?? (string?)r.Body["reference"], (string?)r.Body["contact"]?["id"], (string?)r.Body["date"],
        Amount(r.Body["total_amount"]), Amount(r.Body["tax_amount"]), [.. Lines(r.Body).Select(l => Amount(l!["total_amount"]))])
        {
            Reference = (string?)r.Body["vendor_reference"] ?? (string?)r.Body["reference"], Category = (string?)(Lines(r.Body).FirstOrDefault() ?? r.Body)["ledger_account"]?["id"],
        })];

    /// <summary>What was paid on documents: the document's id and how much.</summary>
    public IReadOnlyList<(string Document, decimal Amount)> Payments() => [.. Records("contact_payments").Where(r => !r.IsDeleted)
        .SelectMany(r => (r.Body["allocated_artefacts"] as JsonArray ?? []).Select(a => ((string)a!["artefact"]!["id"]!, Amount(a["amount"]))))];

    public IReadOnlyList<SageContact> Contacts() => [.. Records("contacts").Select(r => new SageContact(
        r.Organisation, r.Id, (string)r.Body["name"]!, r.Body["contact_types"]!.AsArray().Any(t => (string?)t!["id"] == "VENDOR"), (bool?)r.Body["system"] == true, r.IsDeleted, r.Position))];

    /// <summary>What hangs on a document that is out of force is gone with it.</summary>
    public IReadOnlyList<SageFile> Files()
    {
        var gone = Records(Kinds).Where(r => r.IsGone).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var contents = rows.Of("SELECT attachment, content FROM file", r => (Id: r.GetString(0), Content: (byte[])r["content"])).ToDictionary(f => f.Id, f => f.Content, StringComparer.Ordinal);
        return [.. Records("attachments").Where(r => !r.IsDeleted && (string?)r.Body["attachment_context"]?["id"] is var document && (document is null || !gone.Contains(document)))
            .Select(r => new SageFile(r.Organisation, r.Id, (string?)r.Body["attachment_context"]?["id"], (string)r.Body["file_name"]!, contents[r.Id]))];
    }

    public IReadOnlyList<(string Organisation, string Id, string Name)> Names(string kind, string name) =>
        [.. Records(kind).Where(r => !r.IsDeleted).Select(r => (r.Organisation, r.Id, (string?)r.Body[name] ?? (string)r.Body["displayed_as"]!))];

    /// <summary>Contacts that were made through the API: Sage remembers the id under which each was asked for.</summary>
    public IReadOnlySet<string> MadeThroughTheApi() =>
        rows.Of("SELECT answer FROM remembered WHERE kind = 'contact'", r => (string)JsonNode.Parse(r.GetString(0))!["id"]!).ToHashSet(StringComparer.Ordinal);

    private IEnumerable<Record> Records(params string[] kinds) => rows.Of(
        $"SELECT business, kind, id, body, deleted_at, position FROM record WHERE kind IN ({string.Join(',', kinds.Select((_, i) => "$k" + i.ToString(CultureInfo.InvariantCulture)))}) ORDER BY position",
        r => new Record(r.GetString(0), r.GetString(1), r.GetString(2), JsonNode.Parse(r.GetString(3))!.AsObject(), !r.IsDBNull(4), r.GetInt64(5)),
        [.. kinds.Select((k, i) => ("$k" + i.ToString(CultureInfo.InvariantCulture), (object?)k))]);

    private static JsonArray Lines(JsonObject body) => body.FirstOrDefault(m => m.Key.EndsWith("_lines", StringComparison.Ordinal)).Value as JsonArray ?? [];

    private static decimal Amount(JsonNode? node) => node is null ? 0 : decimal.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private sealed record Record(string Organisation, string Kind, string Id, JsonObject Body, bool IsDeleted, long Position)
    {
        public bool IsGone => IsDeleted || (string?)Body["status"]?["id"] == "VOID";
    }
}
