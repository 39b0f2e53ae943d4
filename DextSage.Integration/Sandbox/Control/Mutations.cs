using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>What somebody else does in Sage meanwhile.</summary>
internal enum MutationAction { Add, Rename, Delete, Change, Set, Pay, Lapse, Renew }

/// <summary>One such deed, as POST /control/mutate takes it.</summary>
/// <param name="Business">The organisation's id.</param>
/// <param name="Action">
/// add a contact; rename a record; delete one, a document together with its payments; change a document or payment as the API would; set members of a
/// record as they are, for what no call of the API can do: lock a period, reconcile VAT, switch an analysis area; pay a document or refund a
/// credit note; lapse or renew the subscription.
/// </param>
/// <param name="Kind">The first part of the record's path; when left out, contacts, and purchase invoices for pay and change.</param>
/// <param name="Id">The record's id, for all but add, lapse and renew.</param>
/// <param name="Name">The new name, for add and rename.</param>
/// <param name="Type">For add: VENDOR or CUSTOMER.</param>
/// <param name="Amount">For pay: how much; the whole outstanding amount when left out.</param>
/// <param name="Fields">For change: what a PUT of the record would send, without its wrapper. For set: the members.</param>
internal sealed record Mutation(
    string Business, MutationAction Action, string? Kind = null, string? Id = null, string? Name = null, string Type = "VENDOR", decimal? Amount = null, JsonObject? Fields = null);

/// <summary>Deeds that Sage's own screens would refuse are refused here too, for documents and payments are touched through the API's own rules, with the owner's rights.</summary>
internal static class Mutations
{
    public static IResult Do(HttpContext http, Books books, SandboxClock clock, Mutation mutation)
    {
        if (Organisation.All.FirstOrDefault(one => one.Id == mutation.Business) is not { } business) return Results.NotFound();
        var answer = books.Write(session => Do(new ApiCall(http.Request, OwnerOf(business), business, session, clock, mutation.Id ?? "", []), mutation), answer => answer.Succeeded);
        return Results.Text(answer.Body, answer.ContentType, answer.Status);
    }

    private static Person OwnerOf(Organisation business) => Person.All.First(person => person.Invited is null && person.Businesses.Contains(business));

    private static Answer Do(ApiCall call, Mutation mutation) => mutation.Action switch
    {
        MutationAction.Add => Add(call, mutation),
        MutationAction.Change => With(call, mutation.Kind ?? DocumentKind.PurchaseInvoice.Path, record => Through(call, "PUT", record.Kind, mutation.Fields ?? [])),
        MutationAction.Set => With(call, mutation.Kind ?? "contacts", record => Set(call.Ledger, record, mutation.Fields ?? [])),
        MutationAction.Pay => With(call, mutation.Kind ?? DocumentKind.PurchaseInvoice.Path, record => Through(call with { Key = "" }, "POST", "contact_payments", Payment(call, record, mutation.Amount))),
        MutationAction.Delete => With(call, mutation.Kind ?? "contacts", record => Delete(call.Ledger, record)),
        MutationAction.Rename => With(call, mutation.Kind ?? "contacts", record => Rename(call.Ledger, record, mutation.Name ?? "")),
        _ => With(call with { Key = call.Business.Id }, "businesses", record => Subscribe(call.Ledger, record, mutation.Action == MutationAction.Renew)),
    };

    private static Answer With(ApiCall call, string kind, Func<Record, Answer> then) =>
        call.Find(kind, call.Key) is { } record ? then(record) : Answer.Refused(StatusCodes.Status404NotFound, SageError.NotFound);

    /// <summary>The same as a request of the API would do.</summary>
    private static Answer Through(ApiCall call, string method, string kind, JsonObject entity)
    {
        var segments = call.Key.Length > 0 ? new[] { kind, call.Key } : [kind];
        var route = ApiRoute.All.FirstOrDefault(route => route.Method == method && route.Matches(segments, out _));
        return route is null ? Answer.Refused(StatusCodes.Status405MethodNotAllowed, SageError.WrongVerb) : route.Handle(call with { Entity = entity });
    }

    private static Answer Add(ApiCall call, Mutation mutation)
    {
        // A contact that somebody adds on Sage's screens needs no more than a name.
        if (string.IsNullOrWhiteSpace(mutation.Name)) return Answer.Refused(StatusCodes.Status422UnprocessableEntity, SageError.Required("name"));
        var currency = Reference.To("currencies", call.Business.BaseCurrency, CurrencySeed.Name(call.Business.BaseCurrency));
        var contact = ContactBody.New(SeedId.New(), mutation.Name, mutation.Type, null, currency, call.Now);
        call.Ledger.Add("contacts", contact);
        return Answer.Ok(contact);
    }

    /// <summary>Paid from the current account, or into it.</summary>
    private static JsonObject Payment(ApiCall call, Record document, decimal? amount)
    {
        var outstanding = document.Body.Amount("outstanding_amount");
        var paid = SageDecimal.Text(Math.Min(amount ?? outstanding, outstanding));
        var side = DocumentKind.Of(document.Kind)?.Side ?? Side.Purchases;
        var refund = Artefact.Find(call.Ledger, document.Id) is { IsCredit: true };
        return new JsonObject
        {
            ["transaction_type_id"] = PaymentType.OfContacts.First(type => type.Side == side && type.IsRefund == refund).Id,
            ["contact_id"] = document.Body.Object("contact")?.Text("id"),
            ["bank_account_id"] = call.Books.All(call.Business.Id, "bank_accounts")[0].Id,
            ["date"] = call.Now[..10],
            ["total_amount"] = paid,
            ["exchange_rate"] = document.Body.Text("exchange_rate"),
            ["allocated_artefacts"] = new JsonArray(new JsonObject { ["artefact_id"] = document.Id, ["amount"] = paid }),
        };
    }

    private static Answer Delete(Ledger ledger, Record record)
    {
        Free(ledger, record.Body);
        if (MoneyOnAccount.Of(ledger, record.Body) is { } money) Free(ledger, money.Body);
        var freed = ledger.Find(record.Kind, record.Id)!;
        if (DocumentKind.Of(record.Kind) is not null) Documents.Void(ledger, freed, "Deleted in Sage");
        else if (MoneyEntries.Of(record.Kind) is { } entries) entries.Remove(ledger, freed);
        else ledger.Save(freed, deleted: true);
        return Answer.Ok(ledger.Find(record.Kind, record.Id)!.Body);
    }

    /// <summary>What has settled a document or money on account goes first, as a person in Sage has to have it.</summary>
    private static void Free(Ledger ledger, JsonObject settled)
    {
        foreach (var (kind, id) in Settlement.Sources(settled))
            if (ledger.Find(kind, id) is { Deleted: false } entry) Delete(ledger, entry);
    }

    private static Answer Rename(Ledger ledger, Record record, string name)
    {
        var was = record.Body.Text("name") ?? "";
        record.Body["name"] = name;
        if (record.Body.ContainsKey("display_name")) record.Body["display_name"] = name;
        record.Body["displayed_as"] = was.Length > 0 ? record.DisplayedAs.Replace(was, name, StringComparison.Ordinal) : name;
        ledger.Save(record);
        return Answer.Ok(record.Body);
    }

    private static Answer Set(Ledger ledger, Record record, JsonObject members)
    {
        Overlay.Lay(record.Body, members);
        ledger.Save(record);
        return Answer.Ok(record.Body);
    }

    private static Answer Subscribe(Ledger ledger, Record business, bool active)
    {
        business.Body.Objects("subscriptions").First()["active"] = active;
        ledger.Save(business);
        return Answer.Ok(business.Body);
    }
}
