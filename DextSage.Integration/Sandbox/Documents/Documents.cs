using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Invoices, credit notes and quick entries, bought and sold (Sage API 9, 10).</summary>
internal static class Documents
{
    public static readonly ApiRoute[] Routes = [.. DocumentKind.All.SelectMany(RoutesOf)];

    private static IEnumerable<ApiRoute> RoutesOf(DocumentKind kind)
    {
        string readers = kind.Side.Area + ":FRO", writers = kind.Side.Area + ":FR", deleters = kind.Side.Area + ":F", one = kind.Path + "/{key}";
        yield return new("GET", kind.Path, readers, call => List(call, kind));
        yield return new("POST", kind.Path, writers, call => Create(call, kind)) { From = kind.From, Wrapper = kind.Wrapper, Remembers = true };
        yield return new("GET", one, readers, call => Collections.One(call, kind.Path, Show(kind)));
        yield return new("PUT", one, writers, call => Change(call, kind)) { From = kind.From, Wrapper = kind.Wrapper, Remembers = true };
        yield return new("DELETE", one, deleters, call => Remove(call, kind)) { From = kind.From };
        if (!kind.IsQuickEntry) yield return new("POST", one + "/release", writers, call => Release(call, kind)) { From = kind.From };
    }

    private static Answer List(ApiCall call, DocumentKind kind)
    {
        string[] fields = kind.Due == DueDay.None ? ["created_at", "updated_at", "date"] : ["created_at", "updated_at", "date", "due_date"];
        return EntryFilters.Sorted(call, fields, order => Collections.List(call, kind.Path, query =>
        {
            query.Order = order;
            EntryFilters.HasAttachments(call, EntryFilters.Dates(call, query));
            // The search looks at the reference and the contact's name, not at vendor_reference (Sage API 9.5).
            return query.Equal("contact.id", call.Query("contact_id")).Equal("status.id", call.Query("status_id")).Contains(call.Query("search"), "reference", "contact_name");
        }, Show(kind)));
    }

    private static Answer Create(ApiCall call, DocumentKind kind)
    {
        var draft = DocumentDraft.Read(call, kind, call.Entity);
        if (draft.Errors.Count > 0) return Answer.Refused(422, draft.Errors);
        if (!TryNumber(call, kind, draft, out var number)) return NumberTaken(kind);
        var body = DocumentBody.New(call, kind, draft, SeedId.New(), draft.IsDraft ? null : SeedId.New(), number);
        call.Ledger.Add(kind.Path, body);
        Transactions.Post(call.Ledger, kind.Path, body);
        return Answer.Created(Shown(call, kind, body.Text("id")!));
    }

    /// <summary>All members are optional (Sage API 9.3). A number once given stays.</summary>
    private static Answer Change(ApiCall call, DocumentKind kind)
    {
        if (call.Find(kind.Path, call.Key) is not { } record) return Answer.Refused(404, SageError.NotFound);
        if ((Lock(record) ?? AccountingRules.Closed(call, record)) is { } locked) return Answer.Refused(422, locked);

        var draft = DocumentDraft.Read(call, kind, DocumentChange.Merge(kind, record.Body, call.Entity));
        if (draft.Errors.Count > 0) return Answer.Refused(422, draft.Errors);
        return Keep(call, kind, record, draft with { IsDraft = IsDraft(record) }, record.Body.Object("transaction")?.Text("id"), kind.Number is null ? null : record.Body.Text(kind.Number.Field));
    }

    /// <summary>A draft enters the ledger and gets its number.</summary>
    private static Answer Release(ApiCall call, DocumentKind kind)
    {
        if (call.Find(kind.Path, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        // Invented wording.
        if (!IsDraft(record)) return Answer.Refused(422, SageError.Rule("Only a draft can be released."));
        var draft = DocumentDraft.Read(call, kind, DocumentChange.Merge(kind, record.Body, []));
        if (draft.Errors.Count > 0) return Answer.Refused(422, draft.Errors);
        return TryNumber(call, kind, draft, out var number) ? Keep(call, kind, record, draft, SeedId.New(), number) with { Status = 201 } : NumberTaken(kind);
    }

    private static Answer Keep(ApiCall call, DocumentKind kind, Record record, DocumentDraft draft, string? transaction, string? number)
    {
        var body = DocumentBody.New(call, kind, draft, record.Id, transaction, number);
        body["created_at"] = record.Body.Text("created_at");
        call.Ledger.Save(record with { Body = body });
        Transactions.Post(call.Ledger, kind.Path, body);
        return Answer.Ok(Shown(call, kind, record.Id));
    }

    private static Answer Remove(ApiCall call, DocumentKind kind)
    {
        if (call.Find(kind.Path, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        // Invented wording: payments and allocations block it (Sage API 9.3).
        if (Settlement.IsTouched(record.Body)) return Answer.Refused(422, SageError.Rule("You cannot delete an invoice that has payments or allocations."));
        if ((Lock(record) ?? AccountingRules.Closed(call, record)) is { } locked) return Answer.Refused(422, locked);
        if (kind.Number is null || IsDraft(record))
        {
            Void(call.Ledger, record, null);
            return kind.Number is null ? Answer.NoContent() : Answer.Ok(Shown(call, kind, record.Id));
        }

        // In the query as the description says, or in a body as the guide shows (Sage API 9.3).
        var checks = new Checks(new JsonObject { ["void_reason"] = call.Query("void_reason") ?? call.Entity["void_reason"]?.DeepClone() }, kind.Wrapper);
        var reason = checks.Text("void_reason", 200, required: true);
        if (checks.Errors.Count > 0) return Answer.Refused(422, checks.Errors);
        Void(call.Ledger, record, reason);
        return Answer.Ok(Shown(call, kind, record.Id));
    }

    /// <summary>
    /// Voids a document and marks its transaction. A purchase shows under deleted_since (Sage API 9.3). Invented: a sale that had its number
    /// stays in the lists as VOID, so that no number is missing.
    /// </summary>
    public static void Void(Ledger ledger, Record record, string? reason)
    {
        var stays = DocumentKind.Of(record.Kind) is { Number: not null } && !IsDraft(record);
        Settlement.Void(record.Body, reason);
        ledger.Save(record, deleted: !stays);
        Transactions.MarkDeleted(ledger, record.Body);
    }

    private static bool IsDraft(Record record) => ArtefactStatus.Of(record.Body) == DocumentNumber.Draft;

    /// <summary>Why a document may be neither edited nor deleted: it is paid, void or reconciled (Sage API 9.3).</summary>
    private static SageError? Lock(Record record) =>
        record.Body.Flag("tax_reconciled") ? SageError.Reconciled
        : record.Deleted || Settlement.IsTouched(record.Body) || ArtefactStatus.Of(record.Body) == "VOID" ? SageError.Locked
        : null;

    private static bool TryNumber(ApiCall call, DocumentKind kind, DocumentDraft draft, out string? number)
    {
        number = kind.Number is null ? null : draft.IsDraft ? kind.Number.Prefix + DocumentNumber.Draft : kind.Number.Take(call, draft, kind.Path);
        return kind.Number is null || number is not null;
    }

    // Invented wording.
    private static Answer NumberTaken(DocumentKind kind) => Answer.Refused(422, SageError.Rule("has already been taken", kind.Number!.Field));

    private static JsonObject Shown(ApiCall call, DocumentKind kind, string id) => Show(kind)(call, call.Find(kind.Path, id)!);

    /// <summary>Adds the link to our ledger page and leaves out what must be asked for (Sage API 4.2).</summary>
    private static Func<ApiCall, Record, JsonObject> Show(DocumentKind kind) => (call, record) =>
    {
        var body = (JsonObject)record.Body.DeepClone();
        if (body.ContainsKey("links")) body["links"] = new JsonArray(call.LinkTo($"/{kind.Path}/{record.Id}"));
        if (!call.Asked("show_payments_allocations")) body.Remove("payments_allocations");
        if (!call.Asked("show_corrections")) body.Remove("corrections");
        if (!call.Asked("show_analysis_types"))
            foreach (var line in kind.Lines is { } lines ? body.Objects(lines) : [body]) line.Remove("analysis_type_categories");
        return body;
    };
}
