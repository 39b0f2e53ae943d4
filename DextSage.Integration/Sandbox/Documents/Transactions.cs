using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>The transactions behind documents and payments: just enough that what a record names can be followed, and that all can be polled (Sage API 4.3).</summary>
internal static class Transactions
{
    private const string Kind = "transactions";

    public static readonly ApiRoute[] Routes =
    [
        new("GET", Kind, "Journals:FO", call => Collections.List(call, Kind, query => EntryFilters.Dates(call, query).Equal("transaction_type.id", call.Query("transaction_type_id")), Show)),
        new("GET", Kind + "/{key}", "Journals:FO", call => Collections.One(call, Kind, Show)),
    ];

    /// <summary>Keeps the transaction that a record names, new or changed.</summary>
    public static void Post(Ledger ledger, string kind, JsonObject entry)
    {
        if (IdOf(entry) is not { } id) return;
        var body = Body(ledger, kind, entry);
        if (ledger.Find(Kind, id) is not { } known)
        {
            ledger.Add(Kind, body);
            return;
        }
        body["created_at"] = known.Body.Text("created_at");
        ledger.Save(known with { Body = body });
    }

    public static void MarkDeleted(Ledger ledger, JsonObject entry)
    {
        if (ledger.Find(Kind, IdOf(entry)) is not { } record) return;
        record.Body["deleted"] = true;
        ledger.Save(record);
    }

    private static string? IdOf(JsonObject entry) => entry.Object("transaction")?.Text("id");

    private static JsonObject Body(Ledger ledger, string kind, JsonObject entry)
    {
        var body = entry.Object("transaction")!.DeepClone().AsObject();
        body["created_at"] = ledger.Now;
        body["updated_at"] = ledger.Now;
        body["date"] = entry.Text("date");
        body["deleted"] = false;
        body["reference"] = entry.Text("reference");
        body["total"] = entry.Text("base_currency_total_amount") ?? entry.Text("total_amount");
        body["total_in_transaction_currency"] = entry.Text("total_amount");
        body["contact"] = entry.Object("contact")?.DeepClone();
        body["transaction_type"] = entry.Object("transaction_type")!.DeepClone();
        body["origin"] = Reference.To(kind, entry.Text("id")!, entry.Text("displayed_as"));
        body["audit_trail_id"] = body.Text("id")![..8];
        return body;
    }

    private static JsonObject Show(ApiCall call, Record record)
    {
        var count = call.Books.Count(Attachments.Of(call.Business.Id, record.Body.Object("origin")!.Text("id")!));
        var body = (JsonObject)record.Body.DeepClone();
        // The specification declares it a string.
        body["number_of_attachments"] = count.ToString(CultureInfo.InvariantCulture);
        return body;
    }
}
