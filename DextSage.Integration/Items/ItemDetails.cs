using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The Item details page's query.</summary>
public sealed class ItemDetails(BusinessStore store)
{
    /// <summary>Null where there is no such item for this person.</summary>
    public async Task<ItemView?> FindAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return null;

        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var connection = await db.Connections.Select(c => (ConnectionStatus?)c.Status).SingleOrDefaultAsync(cancellationToken) ?? ConnectionStatus.NotConnected;
        var names = await db.Users.Where(p => p.Id == item.OwnerId || p.Id == caller.PersonId).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        var hidden = await ItemContact.Of(item).HiddenAsync(db, item, cancellationToken);
        context = await context.WithTwinsAsync(scope, [item], cancellationToken);
        var isOpen = item.Status is ItemStatus.ToReview or ItemStatus.Ready || item.IsBeingCorrected;
        var issues = isOpen ? ItemReview.Issues(ItemUnderReview.Of(item, context) with { Hidden = hidden }) : [];
        return new ItemView(
            item.Code, item.Version, item.Status, item.Type,
            item.SupplierId, item.SupplierName, item.CreateSupplier,
            item.CategoryId, item.Category?.DisplayName ?? item.CategoryName, item.TaxRateId, item.TaxRate?.DisplayName,
            item.Description, item.Date, item.DueDate, item.Reference, item.Currency,
            item.Total, item.Tax, item.Total - item.Tax, item.Note,
            item.Source, names[item.OwnerId], item.CreatedAt, item.UpdatedAt,
            item.Document is { } file ? ViewOf(file) : null, item.PublishWithoutDocument,
            issues, item.Failure,
            ItemLock.OfFields(item), PublishGate.Refusal(item, connection, scope.Member, issues), item.WaitingBecause, context.UsesTax,
            item.SageNumber, item.SageUrl, item.PublishedAt, item.PublishedWith,
            await NeighbourAsync(scope, item, above: true, cancellationToken), await NeighbourAsync(scope, item, above: false, cancellationToken))
        {
            IsBeingCorrected = item.IsBeingCorrected, ShowsTaxRate = context.ShowsTaxRate(item),
            PublishesTo = item.PublishTo ?? context.DefaultFor(item.Workspace), Destination = Destinations.Of(item, context),
            IsPaid = item.IsPaid, PaymentMethodId = item.PaymentMethodId, PaymentMethodName = item.PaymentMethodName,
            PaidOn = item.PaidOn, PaidAmount = item.PaidAmount, ReverseCharge = item.ReverseCharge,
            FlaggedBy = item.FlaggedBy, SetBy = await SetByAsync(db, item, cancellationToken),
            Reader = names[caller.PersonId], LastChange = await LastChangeAsync(db, item, caller, cancellationToken),
            Notes = await db.ItemNotes.CountAsync(n => n.ItemId == item.Id, cancellationToken),
            IsContactHidden = hidden is not null,
            ReadFrom = await ReadFromAsync(db, item, cancellationToken),
            PlaceRefusals = Enum.GetValues<Place>().ToDictionary(p => p, p => ItemLock.Reason(item, p)),
            Workspace = item.Workspace, Place = item.Place, OwnerId = item.OwnerId,
            CustomerId = item.CustomerId, CustomerName = item.CustomerName, CreateCustomer = item.CreateCustomer,
            Class = NameOf(item.Class), Location = NameOf(item.Location), ClassLabel = context.Class?.DisplayName, LocationLabel = context.Location?.DisplayName,
            Lines = item.Lines.ConvertAll(LineOf), LineAmounts = item.LineAmounts, OutBy = item.Lines.Count == 0 ? 0 : LineMath.OutBy(item.Total, item.Lines.Select(l => l.Gross)),
            BaseCurrency = context.BaseCurrency, ExchangeRate = item.ExchangeRate, ExchangeRateSource = item.ExchangeRateSource, BaseTotal = item.BaseTotal,
            SupplierWarning = isOpen && context.NewSuppliers is NewSuppliers.Warn && item is { SupplierId: null, CreateSupplier: true, SupplierName: { } name }
                ? $"{name} is not a supplier in Sage. Publishing this item creates it there: choose an existing one if Sage has it under another name."
                : null,
        };
    }

    private static async Task<OthersChange?> LastChangeAsync(DextSageDb db, Item item, Caller caller, CancellationToken cancellationToken) =>
        await db.ItemChanges.Where(c => c.ItemId == item.Id && c.PersonId != null && c.PersonId != caller.PersonId).OrderByDescending(c => c.Version)
            .Select(c => new OthersChange(c.Field, db.Users.Where(p => p.Id == c.PersonId).Select(p => p.DisplayName).FirstOrDefault() ?? "")).FirstOrDefaultAsync(cancellationToken);

    // What was taken back, and what merely went along with the lists, is told by what was there before.
    private static async Task<IReadOnlyDictionary<ItemField, SetBy>> SetByAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        var changes = await db.ItemChanges.AsNoTracking()
            .Where(c => c.ItemId == item.Id && c.LineId == null && c.Field != ItemField.Document && c.Cause != ChangeCause.Lists && c.Cause != ChangeCause.Matching)
            .OrderBy(c => c.Version)
            .Select(c => new { c.Field, c.Cause, c.To, c.RuleWords, Person = db.Users.Where(p => p.Id == c.PersonId).Select(p => p.DisplayName).FirstOrDefault() }).ToListAsync(cancellationToken);
        return changes.GroupBy(c => c.Field).Select(g => g.Last()).Where(c => c.To is not null && (c.Cause is not ChangeCause.Rule || c.RuleWords is not null))
            .ToDictionary(c => c.Field, c => new SetBy(c.Cause, c.RuleWords ?? c.Person));
    }

    // A value that somebody has since typed was read nowhere.
    private static async Task<IReadOnlyDictionary<ItemField, ReadPlace>> ReadFromAsync(DextSageDb db, Item item, CancellationToken cancellationToken) =>
        (await db.ReadFields.AsNoTracking().Where(r => r.ItemId == item.Id).ToListAsync(cancellationToken))
            .Where(r => r.Value is not null && string.Equals(r.Value, ItemText.Of(item, r.Field), StringComparison.OrdinalIgnoreCase))
            .ToDictionary(r => r.Field, r => new ReadPlace(r.Evidence, r.Confidence, r.Page, r.Left, r.Top, r.Width, r.Height));

    private static DocumentView ViewOf(Document file) => new(file.Id, file.FileName, file.ContentType, file.Length, file.Pages)
    {
        CarriesInvoice = file.CarriesInvoice,
        Conversion = file.Original is null ? null : ConversionWords.Of(file),
        IsDrawnForSage = file is { ContentType: Document.Xml, Copy: not null },
        SmallerCopy = file is { ContentType: not Document.Xml, Copy: { } copy } ? ShrinkWords.Done(file.Length, copy) : null,
    };

    private static LineView LineOf(ItemLine line) => new(
        line.Id, line.Description, NameOf(line.Category), NameOf(line.Product), NameOf(line.Class), NameOf(line.Location), NameOf(line.TaxRate),
        line.Quantity, line.UnitPrice, line.Net, line.Tax, line.Gross, line.IsTaxTyped);

    private static EntryName? NameOf(ListEntry? entry) => entry is null ? null : new(entry.Id, entry.DisplayName);

    // In the order of the inbox as it opens: newest first.
    private static Task<string?> NeighbourAsync(BusinessScope scope, Item item, bool above, CancellationToken cancellationToken)
    {
        var others = scope.Items.Where(i => i.Workspace == item.Workspace && i.Place == item.Place);
        return above
            ? others.Where(i => i.CreatedAt > item.CreatedAt || (i.CreatedAt == item.CreatedAt && i.Id.CompareTo(item.Id) > 0))
                .OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).Select(i => (string?)i.Code).FirstOrDefaultAsync(cancellationToken)
            : others.Where(i => i.CreatedAt < item.CreatedAt || (i.CreatedAt == item.CreatedAt && i.Id.CompareTo(item.Id) < 0))
                .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Select(i => (string?)i.Code).FirstOrDefaultAsync(cancellationToken);
    }
}
