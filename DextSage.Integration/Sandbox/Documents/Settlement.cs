using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>What has been paid or allocated of a document, and what that makes of its status (Sage API 9.4).</summary>
internal static class Settlement
{
    /// <summary>Notes on a document that a payment or allocation has settled a part of it.</summary>
    public static void Note(Ledger ledger, Record document, JsonObject entry)
    {
        document.Body["payments_allocations"]!.AsArray().Add(entry);
        Restate(document.Body);
        ledger.Save(document);
    }

    /// <summary>Takes back everything that one payment or allocation had settled.</summary>
    public static void TakeBack(Ledger ledger, Record document, string source)
    {
        var entries = document.Body["payments_allocations"]!.AsArray();
        foreach (var entry in entries.OfType<JsonObject>().Where(entry => SourceOf(entry)?.Text("id") == source).ToList()) entries.Remove(entry);
        Restate(document.Body);
        ledger.Save(document);
    }

    public static bool IsTouched(JsonObject document) => document.Objects("payments_allocations").Any();

    /// <summary>Voided: nothing is owed any more, and nobody may edit it.</summary>
    public static void Void(JsonObject document, string? reason)
    {
        document["status"] = ArtefactStatus.Void;
        document["outstanding_amount"] = "0.0";
        document["base_currency_outstanding_amount"] = "0.0";
        Put(document, "void_reason", reason);
        Put(document, "editable", false);
    }

    private static void Restate(JsonObject document)
    {
        var entries = document.Objects("payments_allocations").ToList();
        decimal total = document.Amount("total_amount"), rate = document.Amount("exchange_rate");
        decimal paid = entries.Sum(entry => entry.Amount("amount")), discount = entries.Sum(entry => entry.Amount("discount"));
        var outstanding = total - paid - discount;
        document["outstanding_amount"] = SageDecimal.Text(outstanding);
        document["base_currency_outstanding_amount"] = SageDecimal.Text(SageDecimal.Money(outstanding * rate));
        document["status"] = entries.Count == 0 ? ArtefactStatus.Unpaid : outstanding == 0 ? ArtefactStatus.Paid : ArtefactStatus.PartPaid;
        Put(document, "total_paid", SageDecimal.Text(paid));
        Put(document, "payments_allocations_total_amount", SageDecimal.Text(paid));
        Put(document, "payments_allocations_total_discount", SageDecimal.Text(discount));
        Put(document, "last_paid", entries.Select(entry => entry.Text("date")).Max());
        Put(document, "editable", entries.Count == 0 && !document.Flag("tax_reconciled"));
    }

    /// <summary>Not every kind of document has every member.</summary>
    private static void Put(JsonObject document, string name, JsonNode? value)
    {
        if (document.ContainsKey(name)) document[name] = value;
    }

    /// <summary>The payments and allocations that settled parts of a document.</summary>
    public static IReadOnlyList<(string Kind, string Id)> Sources(JsonObject document) =>
        [.. document.Objects("payments_allocations").Select(SourceOf).OfType<JsonObject>().Select(source => (source.Text("$path")!.Split('/')[1], source.Text("id")!))];

    /// <summary>The payment or allocation that an entry on a document comes from.</summary>
    public static JsonObject? SourceOf(JsonObject entry) => entry.Object("contact_payment") ?? entry.Object("contact_allocation");
}

/// <summary>The statuses that a document passes through here (Sage API 8.8).</summary>
internal static class ArtefactStatus
{
    public static JsonObject Draft => Reference.To("artefact_statuses", DocumentNumber.Draft, "Draft");
    public static JsonObject Unpaid => Reference.To("artefact_statuses", "UNPAID", "Unpaid");
    public static JsonObject PartPaid => Reference.To("artefact_statuses", "PART_PAID", "Part Paid");
    public static JsonObject Paid => Reference.To("artefact_statuses", "PAID", "Paid");
    public static JsonObject Void => Reference.To("artefact_statuses", "VOID", "Void");

    public static string Of(JsonObject document) => document.Object("status")?.Text("id") ?? "";
}
