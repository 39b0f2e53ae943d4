using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>
/// What payments and allocations have in common (Sage API 11): each has an effect on documents or on a bank account, and changing or deleting
/// it takes that effect back whole.
/// </summary>
internal abstract class MoneyEntries(string path, string wrapper)
{
    public static readonly IReadOnlyList<MoneyEntries> All = [new ContactPayments(), new ContactAllocations(), new OtherPayments()];

    public static MoneyEntries? Of(string path) => All.FirstOrDefault(entries => entries.Path == path);

    public string Path => path;

    protected abstract string Readers { get; }
    protected abstract string Writers { get; }
    protected abstract string Deleters { get; }

    /// <summary>The lowest edition that may write it (Sage API 1).</summary>
    protected virtual Edition From => Edition.Start;

    /// <summary>The members and references of a request that a change keeps unless it names them.</summary>
    protected abstract (string[] Fields, string[] References) Kept { get; }

    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", path, Readers, List),
        new("POST", path, Writers, Create) { From = From, Wrapper = wrapper, Remembers = true },
        new("GET", path + "/{key}", Readers, call => Collections.One(call, path, Show)),
        new("PUT", path + "/{key}", Writers, Change) { From = From, Wrapper = wrapper, Remembers = true },
        new("DELETE", path + "/{key}", Deleters, Delete) { From = From },
    ];

    /// <summary>Takes a record's effect back and marks it as deleted.</summary>
    public void Remove(Ledger ledger, Record record)
    {
        TakeBack(ledger, record.Body);
        ledger.Save(record, deleted: true);
        Transactions.MarkDeleted(ledger, record.Body);
    }

    /// <summary>The members of its own that the request makes, once it is without fault; null when it is not.</summary>
    protected abstract JsonObject? Read(ApiCall call, Checks checks);

    protected abstract void TakeEffect(Ledger ledger, JsonObject body);

    protected abstract void TakeBack(Ledger ledger, JsonObject body);

    /// <summary>Whether the request asks for something that the business's edition lacks.</summary>
    protected virtual bool IsBeyondPlan(ApiCall call) => false;

    /// <summary>Whether something else rests on the record, so that it cannot be taken back.</summary>
    protected virtual bool IsInUse(Ledger ledger, JsonObject body) => false;

    /// <summary>Lays the asked parts over those that are there; what was allocated stays unless it is named anew, and an empty list takes all of it back.</summary>
    protected virtual void LayParts(JsonObject request, JsonObject there, JsonObject asked)
    {
        if (!asked.ContainsKey("allocated_artefacts")) request["allocated_artefacts"] = Allocations.AskedAgain(there);
    }

    protected virtual JsonObject Show(ApiCall call, Record record) => record.Body;

    private Answer List(ApiCall call) => EntryFilters.Sorted(call, ["created_at", "updated_at", "date"], order => Collections.List(call, path, query =>
    {
        query.Order = order;
        return EntryFilters.HasAttachments(call, EntryFilters.Dates(call, query)).Equal("contact.id", call.Query("contact_id"))
            .Equal("bank_account.id", call.Query("bank_account_id")).Equal("transaction_type.id", call.Query("transaction_type_id"));
    }, Show));

    private Answer Create(ApiCall call)
    {
        // Invented: a part of an endpoint that the edition lacks is refused as a whole one is.
        if (IsBeyondPlan(call)) return Answer.Refused(401, SageError.NoSubscription);
        return Keep(call, call.Entity, null);
    }

    /// <summary>All members are optional; what there was is taken back first, and stays as it was when the new is refused.</summary>
    private Answer Change(ApiCall call)
    {
        if (call.Find(path, call.Key) is not { } record) return Answer.Refused(404, SageError.NotFound);
        if (record.Deleted || IsInUse(call.Ledger, record.Body)) return Answer.Refused(422, SageError.Locked);
        if (KeptBecause(call, record) is { } kept) return Answer.Refused(422, kept);
        var request = Overlay.Request(record.Body, Kept.Fields, ["transaction_type", "contact", .. Kept.References]);
        Overlay.Lay(request, call.Entity);
        LayParts(request, record.Body, call.Entity);
        TakeBack(call.Ledger, record.Body);
        return Keep(call, request, record);
    }

    private Answer Delete(ApiCall call)
    {
        if (call.Find(path, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        if (IsInUse(call.Ledger, record.Body)) return Answer.Refused(422, SageError.Locked);
        if (KeptBecause(call, record) is { } kept) return Answer.Refused(422, kept);
        Remove(call.Ledger, record);
        return Answer.NoContent();
    }

    /// <summary>Reconciled payments block edits and deletions (Sage API 17). Invented: the member that says so.</summary>
    private static SageError? KeptBecause(ApiCall call, Record record) => record.Body.Flag("bank_reconciled") ? SageError.BankReconciled : AccountingRules.Closed(call, record);

    private Answer Keep(ApiCall call, JsonObject request, Record? there)
    {
        var checks = new Checks(request, wrapper);
        if (Read(call, checks) is not { } members) return Answer.Refused(422, checks.Errors);
        var body = Header(call, members, there);
        foreach (var (name, value) in members) body[name] = value?.DeepClone();
        TakeEffect(call.Ledger, body);
        if (there is null) call.Ledger.Add(path, body);
        else call.Ledger.Save(there with { Body = body });
        Transactions.Post(call.Ledger, path, body);
        var shown = Show(call, call.Find(path, body.Text("id"))!);
        return there is null ? Answer.Created(shown) : Answer.Ok(shown);
    }

    private JsonObject Header(ApiCall call, JsonObject members, Record? there)
    {
        var id = there?.Id ?? SeedId.New();
        // Invented: what a payment without a reference is displayed as.
        var shown = members.Text("reference") is { Length: > 0 } reference ? reference : members.Object("transaction_type")!.Text("displayed_as");
        return new JsonObject
        {
            ["id"] = id,
            ["displayed_as"] = shown,
            ["$path"] = $"/{path}/{id}",
            ["created_at"] = there?.Body.Text("created_at") ?? call.Now,
            ["updated_at"] = call.Now,
            ["transaction"] = Reference.To("transactions", there?.Body.Object("transaction")!.Text("id") ?? SeedId.New(), shown),
            ["deleted_at"] = null,
        };
    }
}
