using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>What each step asks of Sage.</summary>
public sealed class PublicationSteps(ISageClient sage, AttachmentStep attachment, TimeProvider time)
{
    /// <summary>Sage remembers an idempotency id for seven days; a day is kept in hand (Sage API 5.2).</summary>
    private static readonly TimeSpan SafeToRepeat = TimeSpan.FromDays(6);

    internal Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken) => step.Kind switch
    {
        StepKind.EnsureContact => EnsureContactAsync(work, step, cancellationToken),
        StepKind.CreateDocument => CreateDocumentAsync(work, step, cancellationToken),
        StepKind.AttachDocument => attachment.RunAsync(work, step, cancellationToken),
        StepKind.ReadBack => ReadBackAsync(work, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, message: null),
    };

    private async Task<StepOutcome> EnsureContactAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        // Before a repeat too: while this one waited, another item that names the same supplier may have made it.
        var found = await FindSupplierAsync(work, cancellationToken);
        if (found.Failure is { } lookUp) return Unhappy(lookUp, step, PublishFailures.OfContact);
        if (found.Value!.Items is [var known, ..]) return await KeepSupplierAsync(work, known, found.RequestId, cancellationToken);

        if (await SendAsync(work, step, () => PurchaseInvoiceMapping.Contact(work.Item, step.IdempotencyId), cancellationToken) is { } unclear) return unclear;
        var answer = await sage.CreateContactAsync(work.Target, new SageBody(step.Body!), cancellationToken);
        return answer.Failure is { } failure
            ? Unhappy(failure, step, PublishFailures.OfContact)
            : await KeepSupplierAsync(work, answer.Value!, answer.RequestId, CancellationToken.None);
    }

    /// <summary>Somebody may have made the supplier in Sage meanwhile: the same name is the same supplier.</summary>
    private async Task<SageAnswer<SagePage<SageContact>>> FindSupplierAsync(StepWork work, CancellationToken cancellationToken)
    {
        var answer = await sage.FindContactsAsync(work.Target, SageContactType.Vendor, work.Item.SupplierName!, new SagePageRequest(1), cancellationToken);
        return answer.Select(page => page with
        {
            Items = [.. page.Items.Where(c => string.Equals(c.Name, work.Item.SupplierName, StringComparison.OrdinalIgnoreCase) && c.DeletedAt is null)],
        });
    }

    private async Task<StepOutcome> KeepSupplierAsync(StepWork work, SageContact contact, string? requestId, CancellationToken cancellationToken)
    {
        var db = work.Db;
        var entry = new ListMapping(db.BusinessId, time.GetUtcNow()).Supplier(contact);
        await using var suppliers = ListTable<Supplier>.UpsertInto(db);
        await suppliers.WriteAsync([entry], cancellationToken);
        work.Item.SupplierId = await db.Suppliers.Where(s => s.SageId == entry.SageId).Select(s => s.Id).SingleAsync(cancellationToken);
        work.Item.CreateSupplier = false;
        await db.LoadEntriesAsync(work.Item, cancellationToken);
        return new StepOutcome.Done(contact.Id, requestId);
    }

    private async Task<StepOutcome> CreateDocumentAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        if (await SendAsync(work, step, () => PurchaseInvoiceMapping.Invoice(work, step.IdempotencyId), cancellationToken) is { } unclear) return unclear;
        var answer = await sage.CreatePurchaseInvoiceAsync(work.Target, new SageBody(step.Body!), cancellationToken);
        if (answer.Failure is { } failure) return Unhappy(failure, step, PublishFailures.OfInvoice);
        Keep(work.Item, answer.Value!);
        return new StepOutcome.Done(answer.Value!.Id, answer.RequestId);
    }

    private async Task<StepOutcome> ReadBackAsync(StepWork work, CancellationToken cancellationToken)
    {
        var answer = await sage.PurchaseInvoiceAsync(work.Target, work.Item.SageDocumentId!, cancellationToken);
        if (answer.Failure is { } failure)
            return (StepOutcome?)Waiting.For(failure, tries: 1, time.GetUtcNow())
                ?? new StepOutcome.DoneWithout($"Sage took the document, but could not show it afterwards: {failure.Kind.Sentence}");
        Keep(work.Item, answer.Value!);
        return ReadBack.Difference(work.Item, answer.Value!) is { } difference
            ? new StepOutcome.DoneWithout(difference)
            : new StepOutcome.Done(answer.Value!.Id, answer.RequestId);
    }

    private static void Keep(Item item, SagePurchaseInvoice invoice)
    {
        item.SageDocumentId = invoice.Id;
        item.SageNumber = invoice.DisplayedAs ?? invoice.Reference ?? item.SageNumber;
        item.SageUrl = invoice.WebPage?.ToString() ?? item.SageUrl;
    }

    /// <summary>
    /// Intent before act: the body is frozen and saved as Sending before it may leave. A step that was sent before is sent again with the
    /// same bytes, as long as Sage still remembers its id.
    /// </summary>
    private async Task<StepOutcome?> SendAsync(StepWork work, PublicationStep step, Func<SageBody> freeze, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (step.SentAt is { } sent && now - sent > SafeToRepeat)
            return new StepOutcome.Unclear($"It is unclear whether Sage has this document: it was sent on {sent:d MMMM yyyy} without an answer, and Sage no longer remembers it. Look for “{PurchaseInvoiceMapping.Marker(work.Item)}” in the notes of this supplier's invoices in Sage.");
        step.Body ??= freeze().Json;
        step.SentAt ??= now;
        step.Tries++;
        step.Status = StepStatus.Sending;
        await work.Db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private StepOutcome Unhappy(SageFailure failure, PublicationStep step, Func<SageFailure, ItemFailure> refuse) =>
        (StepOutcome?)Waiting.For(failure, step.Tries, time.GetUtcNow()) ?? new StepOutcome.Refused(refuse(failure));
}
