using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <summary>Reads the documents that have arrived. What the reader is sure of fills empty fields; the rest stays empty.</summary>
public sealed class ReadWork(
    BusinessStore store, KeptPapers papers, InvoiceCopies copies, IItemRules rules, JobQueue jobs, BusinessSignal signal, TimeProvider time) : IBusinessWork
{
    private const int MostTries = 2;

    public IQueryable<Guid> Pending(DextSageDb db) =>
        db.Items.IgnoreQueryFilters().Where(i => i.Status == ItemStatus.Processing).Select(i => i.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            var item = await db.Items.WithEntries().AsTracking().Where(i => i.Status == ItemStatus.Processing)
                // Pictures last: each takes many times as long.
                .OrderBy(i => i.Document!.ContentType.StartsWith("image/")).ThenBy(i => i.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            if (item is null) return null;
            await ComeInAsync(db, item, await TryReadAsync(db, item, cancellationToken), cancellationToken);
            await rules.ArrivedAsync(businessId);
            signal.Raise(businessId);
            if (item.Document is { IsTooLarge: true, Shrinking: null }) await jobs.EnqueueAsync<ShrinkWork>(businessId);
        }
    }

    private async Task<PaperReading> TryReadAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        // Counted before it is begun: a document that takes the process down with it is left unread in the end.
        item.ReadTries++;
        await db.SaveChangesAsync(cancellationToken);
        if (item.ReadTries > MostTries) return PaperReading.Nothing;
        try
        {
            return await papers.ReadAsync(db, item.Document!, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or PaperWorkerException)
        {
            // Whoever stops it, or has no room for a worker, says nothing of the document.
            item.ReadTries--;
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>First what the paper says, then what rules and settings say, written down with what set each value.</summary>
    private async Task ComeInAsync(DextSageDb db, Item item, PaperReading reading, CancellationToken cancellationToken)
    {
        var (before, context) = (ItemSnapshot.Of(item), await ReviewContext.ReadAsync(db, cancellationToken));
        var read = await FillAsync(db, item, reading, context, cancellationToken);
        var (hasStatedRate, asRead) = (item.TaxRateId is not null, ItemSnapshot.Of(item));
        var ruled = await rules.ArriveAsync(db, [item], time.GetUtcNow(), cancellationToken);
        // Tax that is stated is not reckoned anew by a rate that nobody stated.
        if (reading.Invoice is not { Taxes.Count: > 0 }) await ItemDefaults.ApplyAsync(db, item, context, cancellationToken);
        await db.LoadEntriesAsync(item, cancellationToken);
        Settle(db, item, context);
        item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
        item.UpdatedAt = time.GetUtcNow();
        item.Version++;
        if (reading.Invoice is { } invoice && await copies.DrawAsync(item.Document!, invoice, cancellationToken)) ItemHistory.WriteConversion(db, item, "Drew a PDF of the e-invoice for Sage, which takes no XML; the XML is kept");
        ItemHistory.Write(db, item, before, ChangeCause.Reading, personId: null, edited: value => IsStated(reading, value.Field, hasStatedRate) || read.Any(r => r.Field == value.Field), ruled.GetValueOrDefault(item.Id));
        // The lines are the paper's; their coding is the rules', and that they are left out.
        db.AddRange(ItemHistory.Changes(item, asRead, ChangeCause.Reading, personId: null, rules: ruled.GetValueOrDefault(item.Id)).Where(c => c is { Cause: ChangeCause.Rule, LineField: not null } or { Cause: ChangeCause.Rule, Field: ItemField.Lines, LineId: null, To: null }));
        await TwinUpkeep.SaveAsync(db, context, item.UpdatedAt, cancellationToken);
    }

    /// <summary>Gives the item what was read, where it is empty.</summary>
    /// <returns>Where on the paper each value was.</returns>
    private static async Task<IReadOnlyList<ReadField>> FillAsync(DextSageDb db, Item item, PaperReading reading, ReviewContext context, CancellationToken cancellationToken)
    {
        if (reading.Invoice is { } invoice) StructuredFill.Place(item, invoice, [await OwnNameAsync(db, cancellationToken), context.OrganisationName]);
        Fill(item, reading);
        var read = ReadFields.Of(item, reading);
        db.AddRange(read);
        if (!await db.DocumentTexts.AnyAsync(t => t.DocumentId == item.DocumentId, cancellationToken))
            db.Add(new DocumentText { BusinessId = item.BusinessId, DocumentId = item.DocumentId!.Value, Text = reading.Text });
        await NameMatch.ApplyAsync(db, item, cancellationToken);
        if (reading.Invoice is { } stated) await StructuredFill.ApplyAsync(db, item, stated, context, cancellationToken);
        await db.LoadEntriesAsync(item, cancellationToken);
        // What rules code has to be what stays.
        if (reading.Invoice is not null) Settle(db, item, context);
        return read;
    }

    private static void Settle(DextSageDb db, Item item, ReviewContext context)
    {
        ItemDefaults.SettleTax(item, context);
        StatedLines.DropIfOut(db, item, context);
    }

    // A category is never on it; the settings' tax rate is not its own.
    private static bool IsStated(PaperReading reading, ItemField field, bool hasStatedRate) =>
        reading.Invoice is not null && field is not ItemField.Category && (field is not ItemField.TaxRate || hasStatedRate);

    private static Task<string> OwnNameAsync(DextSageDb db, CancellationToken cancellationToken) =>
        db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.Name).SingleAsync(cancellationToken);

    private static void Fill(Item item, PaperReading reading)
    {
        // On an invoice of our own the sender is ourselves.
        if (item.Workspace is Workspace.Costs) item.SupplierName ??= reading.Supplier?.Value;
        else item.CustomerName ??= reading.Customer?.Value;
        item.Date ??= reading.Date?.Value;
        item.DueDate ??= reading.DueDate?.Value;
        item.Reference ??= reading.Reference?.Value;
        item.Currency ??= reading.Currency?.Value;
        // What takes something back is a credit note here, of more than zero.
        var sign = reading is { Invoice: not null, Total.Value: < 0 } ? -1 : 1;
        item.Total ??= sign * reading.Total?.Value;
        item.Tax ??= sign * reading.Tax?.Value;
    }
}
