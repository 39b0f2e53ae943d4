using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>What somebody else does in Sage meanwhile.</summary>
internal enum MutationAction { Add, Rename, Delete, Pay, Lapse, Renew }

/// <summary>One such deed, as POST /control/mutate takes it.</summary>
/// <param name="Business">The organisation's id.</param>
/// <param name="Action">add a contact; rename or delete a record; pay a purchase invoice; lapse or renew the subscription.</param>
/// <param name="Kind">The first part of the record's path; contacts when left out.</param>
/// <param name="Id">The record's id, for all but add, lapse and renew.</param>
/// <param name="Name">The new name, for add and rename.</param>
/// <param name="Type">For add: VENDOR or CUSTOMER.</param>
/// <param name="Amount">For pay: how much; the whole outstanding amount when left out.</param>
internal sealed record Mutation(string Business, MutationAction Action, string Kind = "contacts", string? Id = null, string? Name = null, string Type = "VENDOR", decimal? Amount = null);

internal static class Mutations
{
    public static IResult Do(Books books, SandboxClock clock, Mutation mutation) => books.Write(session =>
    {
        if (Organisation.All.FirstOrDefault(one => one.Id == mutation.Business) is not { } business) return Results.NotFound();
        if (mutation.Action == MutationAction.Add) return Add(session, business, mutation, clock.Stamp);

        var (kind, id) = mutation.Action is MutationAction.Lapse or MutationAction.Renew ? ("businesses", business.Id) : (mutation.Kind, mutation.Id ?? "");
        if (mutation.Action == MutationAction.Pay) kind = DocumentKind.PurchaseInvoice.Path;
        if (session.Find(business.Id, kind, id) is not { } record) return Results.NotFound();
        switch (mutation.Action)
        {
            case MutationAction.Rename: Rename(record, mutation.Name ?? ""); break;
            case MutationAction.Pay: Pay(new Ledger(session, business, clock.Stamp), record, mutation.Amount); break;
            case MutationAction.Lapse or MutationAction.Renew:
                record.Body.Objects("subscriptions").First()["active"] = mutation.Action == MutationAction.Renew;
                break;
        }
        session.Save(record, clock.Stamp, deleted: mutation.Action == MutationAction.Delete);
        return Results.Text(record.Body.ToJsonString(), "application/json");
    });

    private static IResult Add(BookSession session, Organisation business, Mutation mutation, string now)
    {
        if (string.IsNullOrWhiteSpace(mutation.Name)) return Results.BadRequest("A contact needs a name.");
        var currency = Reference.To("currencies", business.BaseCurrency, CurrencySeed.Name(business.BaseCurrency));
        var contact = ContactBody.New(SeedId.New(), mutation.Name, mutation.Type, null, currency, now);
        session.Add(business.Id, "contacts", contact.Text("id")!, contact, now);
        return Results.Text(contact.ToJsonString(), "application/json");
    }

    private static void Rename(Record record, string name)
    {
        var was = record.Body.Text("name") ?? "";
        record.Body["name"] = name;
        if (record.Body.ContainsKey("display_name")) record.Body["display_name"] = name;
        record.Body["displayed_as"] = was.Length > 0 ? record.DisplayedAs.Replace(was, name, StringComparison.Ordinal) : name;
    }

    /// <summary>UNPAID → PART_PAID → PAID (Sage API 9.4). A paid document is locked.</summary>
    private static void Pay(Ledger ledger, Record record, decimal? amount) => Settlement.Note(ledger, record, new JsonObject
    {
        ["date"] = ledger.Now[..10],
        ["amount"] = SageDecimal.Text(Math.Min(amount ?? decimal.MaxValue, record.Body.Amount("outstanding_amount"))),
        ["discount"] = "0.0",
    });
}
