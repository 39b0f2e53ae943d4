using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>The supplier or customer that Sage does not have yet. Made once, though many items name it at the same moment: their creations come one after the other.</summary>
public sealed class ContactStep(ISageClient sage, StepSending sending, TimeProvider time)
{
    internal async Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        // Before a repeat too: while its answer was lost, another item may have made the same one, and ours may never have arrived.
        var found = await FindAsync(work, cancellationToken);
        if (found.Failure is { } lookUp) return sending.Unhappy(lookUp, step, f => PublishFailures.OfContact(f, work));
        if (found.Value!.Items is [var known, ..]) return await KeepAsync(work, known, found.RequestId, cancellationToken);

        // However long ago it was sent: what bears no such name in Sage is not there.
        step.Body ??= DocumentMapping.Contact(work, step.IdempotencyId).Json;
        await sending.IntendAsync(work, step, "POST /contacts", cancellationToken);
        var answer = step.Hear(await sage.CreateContactAsync(work.Target, new SageBody(step.Body), cancellationToken));
        return answer.Failure is { } failure
            ? sending.Unhappy(failure, step, f => PublishFailures.OfContact(f, work))
            : await KeepAsync(work, answer.Value!, answer.RequestId, CancellationToken.None);
    }

    /// <summary>Somebody may have made it in Sage meanwhile: the same name is the same contact.</summary>
    private async Task<SageAnswer<SagePage<SageContact>>> FindAsync(StepWork work, CancellationToken cancellationToken)
    {
        var answer = await sage.FindContactsAsync(work.Target, work.ContactType, work.ContactName!, new SagePageRequest(1), cancellationToken);
        return answer.Select(page => page with
        {
            Items = [.. page.Items.Where(c => string.Equals(c.Name, work.ContactName, StringComparison.OrdinalIgnoreCase) && c.DeletedAt is null)],
        });
    }

    private async Task<StepOutcome> KeepAsync(StepWork work, SageContact contact, string? requestId, CancellationToken cancellationToken)
    {
        var db = work.Db;
        var map = new ListMapping(db.BusinessId, time.GetUtcNow());
        var id = work.IsSale ? await WriteAsync(db, db.Customers, map.Customer(contact), cancellationToken) : await WriteAsync(db, db.Suppliers, map.Supplier(contact), cancellationToken);
        ItemContact.Of(work.Item).Write(work.Item, id, work.ContactName, create: false);
        await db.LoadEntriesAsync(work.Item, cancellationToken);
        return work.Contact is { Currency: { } its } entry && its != work.Item.Currency
            ? new StepOutcome.Refused(PublishFailures.OtherCurrency(work, entry.Name, its))
            : new StepOutcome.Done(contact.Id, requestId);
    }

    private static async Task<Guid> WriteAsync<T>(DextSageDb db, IQueryable<T> entries, T entry, CancellationToken cancellationToken) where T : ListEntry
    {
        await using var table = ListTable<T>.UpsertInto(db);
        await table.WriteAsync([entry], cancellationToken);
        return await entries.Where(e => e.SageId == entry.SageId).Select(e => e.Id).SingleAsync(cancellationToken);
    }
}
