using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Purchase invoices (Sage API 9).</summary>
internal static class PurchaseInvoices
{
    public const string Kind = "purchase_invoices";
    private static readonly string[] SortFields = ["created_at", "updated_at", "date", "due_date"];

    public static readonly ApiRoute[] Routes =
    [
        new("GET", Kind, "Purchases:FRO", List),
        new("POST", Kind, "Purchases:FR", Create) { From = Edition.Standard, Wrapper = "purchase_invoice", Remembers = true },
        new("GET", Kind + "/{key}", "Purchases:FRO", call => Collections.One(call, Kind, Show)),
        new("PUT", Kind + "/{key}", "Purchases:FR", Change) { From = Edition.Standard, Wrapper = "purchase_invoice", Remembers = true },
        new("DELETE", Kind + "/{key}", "Purchases:F", Void) { From = Edition.Standard },
    ];

    private static Answer List(ApiCall call)
    {
        if (!TryOrder(call.Query("sort"), out var order)) return Answer.Refused(422, SageError.Invalid("sort"));
        return Collections.List(call, Kind, query =>
        {
            query.Order = order;
            if (call.Query("from_date") is { } from) query.Where("json_extract(body, '$.date') >= ?", from);
            if (call.Query("to_date") is { } to) query.Where("json_extract(body, '$.date') <= ?", to);
            if (call.Query("has_attachments") is { } has)
                query.Where((has == "true" ? "" : "NOT ") + """
                    EXISTS (SELECT 1 FROM record a WHERE a.business = $p0 AND a.kind = 'attachments' AND a.deleted_at IS NULL
                        AND json_extract(a.body, '$.attachment_context.id') = record.id)
                    """);
            // The search looks at the reference and the contact's name, not at vendor_reference (Sage API 9.5).
            return query.Equal("contact.id", call.Query("contact_id")).Equal("status.id", call.Query("status_id"))
                .Contains(call.Query("search"), "reference", "contact_name");
        }, Show);
    }

    private static bool TryOrder(string? sort, out string order)
    {
        order = "position";
        if (sort is null) return true;
        var parts = sort.Split(':');
        if (parts.Length > 2 || !SortFields.Contains(parts[0]) || (parts.Length == 2 && parts[1] is not ("asc" or "desc"))) return false;
        order = $"json_extract(body, '$.{parts[0]}') {(parts.Length == 2 ? parts[1] : "asc")}, position";
        return true;
    }

    private static Answer Create(ApiCall call)
    {
        var draft = PurchaseInvoiceDraft.Read(call, call.Entity);
        if (draft.Errors.Count > 0) return Answer.Refused(422, draft.Errors);
        var id = SeedId.New();
        var body = PurchaseInvoiceBody.New(call, draft, id, Transactions.NewId());
        call.Books.Add(call.Business.Id, Kind, id, body, call.Now);
        Transactions.Post(call, body);
        return Answer.Created(Show(call, call.Find(Kind, id)!));
    }

    /// <summary>All members are optional; lines are met by their id. Invented: lines that are not mentioned stay (Sage API 18, question 10).</summary>
    private static Answer Change(ApiCall call)
    {
        if (call.Find(Kind, call.Key) is not { } record) return Answer.Refused(404, SageError.NotFound);
        // Invented wording: a void or paid document is locked (Sage API 9.3 says only that "editable" tells).
        if (!record.Body.Flag("editable")) return Answer.Refused(422, SageError.Rule("You cannot edit this transaction."));

        var draft = PurchaseInvoiceDraft.Read(call, PurchaseInvoiceChange.Merge(record.Body, call.Entity));
        if (draft.Errors.Count > 0) return Answer.Refused(422, draft.Errors);
        var body = PurchaseInvoiceBody.New(call, draft, record.Id, record.Body.Object("transaction")!.Text("id")!);
        body["created_at"] = record.Body.Text("created_at");
        call.Books.Save(record with { Body = body }, call.Now);
        Transactions.Repost(call, body);
        return Answer.Ok(Show(call, call.Find(Kind, record.Id)!));
    }

    /// <summary>Deleting voids: the record shows under deleted_since and its transaction is marked (Sage API 9.3).</summary>
    private static Answer Void(ApiCall call)
    {
        if (call.Find(Kind, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        if (SageDecimal.Read(record.Body["total_paid"]) > 0)
            // Invented wording: payments and allocations block it.
            return Answer.Refused(422, SageError.Rule("You cannot delete an invoice that has payments or allocations."));
        record.Body["status"] = Reference.To("artefact_statuses", "VOID", "Void");
        record.Body["outstanding_amount"] = "0.0";
        record.Body["base_currency_outstanding_amount"] = "0.0";
        record.Body["editable"] = false;
        call.Books.Save(record, call.Now, deleted: true);
        Transactions.MarkDeleted(call, record.Body);
        return Answer.NoContent();
    }

    /// <summary>Adds the link to our ledger page and leaves out what must be asked for (Sage API 4.2).</summary>
    private static JsonObject Show(ApiCall call, Record record)
    {
        var body = (JsonObject)record.Body.DeepClone();
        body["links"] = new JsonArray(new JsonObject { ["href"] = $"{call.Home}/ledger/{call.Business.Id}/{Kind}/{record.Id}", ["rel"] = "alternate", ["type"] = "text/html" });
        if (!call.Asked("show_payments_allocations")) body.Remove("payments_allocations");
        if (!call.Asked("show_corrections")) body.Remove("corrections");
        if (!call.Asked("show_analysis_types"))
            foreach (var line in body.Objects("invoice_lines")) line.Remove("analysis_type_categories");
        return body;
    }
}
