using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>GET /transactions/{id}: just enough that the transaction a document names can be followed.</summary>
internal static class Transactions
{
    private const string Kind = "transactions";

    public static readonly ApiRoute[] Routes = [new("GET", Kind + "/{key}", "Journals:FO", call => Collections.One(call, Kind, Show))];

    public static string NewId() => SeedId.New();

    public static void Post(ApiCall call, JsonObject document)
    {
        var body = Body(call, document);
        call.Books.Add(call.Business.Id, Kind, body.Text("id")!, body, call.Now);
    }

    public static void Repost(ApiCall call, JsonObject document)
    {
        var record = call.Find(Kind, document.Object("transaction")!.Text("id"))!;
        var body = Body(call, document);
        body["created_at"] = record.Body.Text("created_at");
        call.Books.Save(record with { Body = body }, call.Now);
    }

    public static void MarkDeleted(ApiCall call, JsonObject document)
    {
        var record = call.Find(Kind, document.Object("transaction")!.Text("id"))!;
        record.Body["deleted"] = true;
        call.Books.Save(record, call.Now);
    }

    private static JsonObject Body(ApiCall call, JsonObject document)
    {
        var body = document.Object("transaction")!.DeepClone().AsObject();
        body["created_at"] = call.Now;
        body["updated_at"] = call.Now;
        body["date"] = document.Text("date");
        body["deleted"] = false;
        body["reference"] = document.Text("reference");
        body["total"] = document.Text("base_currency_total_amount");
        body["total_in_transaction_currency"] = document.Text("total_amount");
        body["contact"] = document.Object("contact")!.DeepClone();
        body["transaction_type"] = document.Object("transaction_type")!.DeepClone();
        body["origin"] = Reference.To(PurchaseInvoices.Kind, document.Text("id")!, document.Text("displayed_as"));
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
