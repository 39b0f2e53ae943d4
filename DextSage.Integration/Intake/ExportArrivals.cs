using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <summary>A Dext export as items: one a row, in one transaction, with the files beside it. The same export again adds nothing.</summary>
public sealed class ExportArrivals(IItemRules rules, TimeProvider time)
{
    internal delegate Task<(Document? Document, PaperRefusal? Refusal)> TakeIn(Caller caller, DroppedFile file, CancellationToken cancellationToken);

    /// <param name="papers">The papers of the same drop; those that belong to a row are taken out.</param>
    internal async Task<ArrivalReport> AddAsync(DextSageDb db, Caller caller, DroppedFile export, Workspace workspace, ArrivalTerms terms, List<DroppedFile> papers, TakeIn takeIn, CancellationToken cancellationToken)
    {
        await using var content = export.Open();
        var result = await DextExport.ReadAsync(content, cancellationToken);
        if (result.Refusal is { } refusal) return new ArrivalReport(export.FileName, [], refusal.Sentence, "Export from Dext as CSV with its own headings, and drop that file.", []);

        var ids = result.Rows.Select(r => r.ReceiptId).ToList();
        var there = await db.Items.Where(i => ids.Contains(i.DextReceiptId!)).Select(i => new { Id = i.DextReceiptId!, i.Code, HasDocument = i.DocumentId != null, IsOfThis = terms.DeliveryId != null && i.DeliveryId == terms.DeliveryId }).ToListAsync(cancellationToken);
        var known = there.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var notes = result.Problems.Select(p => p.Sentence).ToList();
        // A delivery that was broken off has added these already.
        var added = there.Where(i => i.IsOfThis).Select(i => i.Code).ToList();
        if (there.Count > added.Count) notes.Add($"{there.Count - added.Count} of its items are here already and were left as they are.");

        // By name: a paper that is taken is taken out of the others.
        var names = papers.ConvertAll(p => p.FileName);
        var (files, fileOf) = (papers.ToList(), ExportFileIndex.Match(ids, names));
        // The papers of what is here came with it: added again, each would be an item of its own.
        foreach (var one in there.Where(i => i.HasDocument))
            if (fileOf.TryGetValue(one.Id, out var again)) papers.Remove(files[again]);

        var items = new List<Item>();
        foreach (var row in result.Rows.Where(r => !known.Contains(r.ReceiptId)))
            items.Add(NewItem(caller, row, workspace, terms, await DocumentForAsync(row)));
        await SaveAsync(db, caller, export.FileName, result.Rows, items, cancellationToken);
        return new ArrivalReport(export.FileName, [.. items.Select(i => i.Code), .. added], Refusal: null, Action: null, notes);

        async Task<Document?> DocumentForAsync(DextExportRow row)
        {
            if (!fileOf.TryGetValue(row.ReceiptId, out var place) || !papers.Remove(files[place])) return null;
            var paper = files[place];
            var (document, refused) = await takeIn(caller, paper, cancellationToken);
            if (refused is not null) notes.Add(refused.Sentence);
            return document;
        }
    }

    internal Item NewItem(Caller caller, DextExportRow row, Workspace workspace, ArrivalTerms terms, Document? document) => new()
    {
        BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = terms.OwnerId ?? caller.PersonId, Source = ItemSource.DextExport, DeliveryId = terms.DeliveryId,
        CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(), DextReceiptId = row.ReceiptId, Document = document,
        Workspace = workspace, Type = TypeOf(row), Date = row.Date, DueDate = row.DueDate, Reference = Cut(row.Reference, ItemLimits.Reference),
        SupplierName = row.Supplier, CustomerName = row.Customer, CategoryName = row.Category, Description = Cut(row.Description, ItemLimits.Description),
        Total = Amount(row.Total), Tax = Amount(row.Tax), Currency = row.Currency, Note = Cut(row.Note ?? terms.Note, ItemLimits.Note),
        ExchangeRate = Rate(row), ExchangeRateSource = Rate(row) is null ? null : ExchangeRateSource.DextExport,
    };

    // Dext writes what the total was in the base currency, not the rate: the rate is what makes one of the other.
    private static decimal? Rate(DextExportRow row)
    {
        if (row is not { Currency: { } currency, BaseCurrency: { } own, Total: { } total and not 0, BaseTotal: { } restated } || currency == own) return null;
        return decimal.Round(restated / total, 8, MidpointRounding.AwayFromZero) is > 0 and <= ItemLimits.ExchangeRate and var rate ? rate : null;
    }

    /// <summary>In one transaction, with whatever else the context holds.</summary>
    internal async Task SaveAsync(DextSageDb db, Caller caller, string fileName, IReadOnlyList<DextExportRow> rows, List<Item> items, CancellationToken cancellationToken)
    {
        var taxNames = rows.Where(r => r.TaxName is not null).ToDictionary(r => r.ReceiptId, r => r.TaxName!, StringComparer.Ordinal);
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.AddRange(items);
        foreach (var item in items)
        {
            ItemHistory.WriteArrival(db, item, fileName, ChangeCause.DextExport, caller.PersonId);
            if (item.Document is { } file) ItemHistory.WriteArrival(db, item, file.FileName, ChangeCause.Upload, caller.PersonId);
            await NameMatch.ApplyAsync(db, item, cancellationToken);
            if (taxNames.TryGetValue(item.DextReceiptId!, out var tax)) await NameMatch.ApplyTaxRateAsync(db, item, tax, cancellationToken);
        }
        await db.LoadEntriesAsync(items, cancellationToken);
        var before = items.ToDictionary(i => i.Id, ItemSnapshot.Of);
        var ruled = await rules.ArriveAsync(db, items, time.GetUtcNow(), cancellationToken);
        foreach (var item in items) await ItemDefaults.ApplyAsync(db, item, context, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var item in items)
        {
            await db.LoadEntriesAsync(item, cancellationToken);
            ItemDefaults.SettleTax(item, context);
            if (ruled.TryGetValue(item.Id, out var marks))
            {
                item.Version++;
                ItemHistory.Write(db, item, before[item.Id], ChangeCause.Consequence, personId: null, rules: marks);
            }
            item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
        }
        await TwinUpkeep.SaveAsync(db, context, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await rules.ArrivedAsync(db.BusinessId);
    }

    private static ItemType TypeOf(DextExportRow row) => row.Type?.Trim().ToUpperInvariant() switch
    {
        "RECEIPT" => ItemType.Receipt,
        "CREDIT NOTE" or "CREDIT NOTE/REFUND" or "REFUND" => ItemType.CreditNote,
        "SALES INVOICE" => ItemType.SalesInvoice,
        "EXPENSE CLAIM" => ItemType.ExpenseClaim,
        "STATEMENT" or "STATEMENT/REMITTANCE ADVICE" => ItemType.Statement,
        _ => ItemType.Invoice,
    };

    // More decimals than the field holds would be a guess about which to drop.
    private static decimal? Amount(decimal? amount) => amount is { } value && decimal.Round(value, 2) == value && Math.Abs(value) <= ItemLimits.Amount ? value : null;

    private static string? Cut(string? text, int longest) => text?.Length > longest ? text[..longest] : text;
}
