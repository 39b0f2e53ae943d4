using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One organisation's books as the pages look at them.</summary>
internal sealed record LedgerView(string Home, BookSession Books, Organisation Business)
{
    public string Address => $"{Home}/ledger/{Business.Id}";

    public Html Back => Html.Of($"""<a href="{Address}">{Business.Name}</a>""");

    public Record? Find(string kind, string id) => Books.Find(Business.Id, kind, id);

    public string Sign(JsonObject entry) => (entry.Object("currency")?.Text("id") ?? Business.BaseCurrency) switch { "GBP" => "£", "EUR" => "€", "USD" => "$", var other => other + " " };

    /// <summary>Everything of some kinds, newest first.</summary>
    public IReadOnlyList<Record> Newest(params IEnumerable<string> kinds) =>
        [.. kinds.SelectMany(kind => Books.All(Business.Id, kind).Reverse()).OrderByDescending(record => record.Body.Text("created_at"), StringComparer.Ordinal)];

    public Html LinkTo(Record record) =>
        Html.Of($"""<a href="{Address}/{record.Kind}/{record.Id}">{(record.DisplayedAs.Length > 0 ? record.DisplayedAs : "(no reference)")}</a>""");

    /// <summary>To what another record points to; money on account has no page of its own.</summary>
    public Html LinkTo(JsonObject reference) => reference.Text("$path")!.StartsWith($"/{Artefact.OnAccount}/", StringComparison.Ordinal)
        ? Html.Of($"Payment on account {reference.Text("displayed_as")}")
        : Html.Of($"""<a href="{Address}{reference.Text("$path")}">{reference.Text("displayed_as")}</a>""");

    /// <summary>How many attachments each record has.</summary>
    public Dictionary<string, int> AttachmentCounts() =>
        Books.Page(new RecordQuery(Business.Id, "attachments").Where("deleted_at IS NULL"), 0, int.MaxValue).CountBy(one => one.Body.Object("attachment_context")?.Text("id") ?? "").ToDictionary();

    public Html Attached(string record) => Html.Of($"""
        <h2>Attachments</h2>
        {Table.Of("Attachments", ["File", "Type", "Size"], [.. Books.Page(Attachments.Of(Business.Id, record), 0, int.MaxValue).Select(one => Table.Row(
            Html.Of($"""<a href="{Address}/attachments/{one.Id}">{one.Body.Text("file_name")}</a>"""),
            Table.Text(one.Body.Text("mime_type")), Table.Text(AttachedFile.Size(one))))], "Nothing is attached.")}
        """);
}
