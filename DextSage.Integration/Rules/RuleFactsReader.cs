using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Reads of many items at once what the rules look at; whose word a field is, is told by the item's history.</summary>
internal static class RuleFactsReader
{
    /// <summary>What rules set. Of the rest nothing is asked.</summary>
    private static readonly ItemField[] Set =
    [
        ItemField.Type, ItemField.Supplier, ItemField.Customer, ItemField.Category, ItemField.TaxRate, ItemField.Class, ItemField.Location, ItemField.Description, ItemField.DueDate,
        ItemField.Currency, ItemField.PublishTo, ItemField.Paid, ItemField.PaymentMethod, ItemField.Flag, ItemField.Held, ItemField.Lines,
    ];

    public static async Task<IReadOnlyList<RuleFacts>> ReadAsync(DextSageDb db, IReadOnlyCollection<Item> items, bool withText, CancellationToken cancellationToken)
    {
        var ids = items.Select(i => i.Id).ToArray();
        var changes = (await db.ItemChanges.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.ItemId) && c.Cause != ChangeCause.Lists && c.Cause != ChangeCause.Matching)
            .Select(c => new Change(c.ItemId, c.Version, c.Field, c.Cause, c.LineId, c.LineField, c.RuleId != null && c.From == null)).ToListAsync(cancellationToken)).ToLookup(c => c.ItemId);
        var documents = withText ? items.Select(i => i.DocumentId).OfType<Guid>().Distinct().ToArray() : [];
        var texts = documents.Length == 0 ? [] : await db.DocumentTexts.AsNoTracking().Where(t => EF.Parameter(documents).Contains(t.DocumentId)).ToDictionaryAsync(t => t.DocumentId, t => t.Text, cancellationToken);
        // What was read a moment ago is not saved yet.
        foreach (var text in db.DocumentTexts.Local) texts[text.DocumentId] = text.Text;
        return [.. items.Select(i => Of(i, [.. changes[i.Id]], withText, i.DocumentId is { } document ? texts.GetValueOrDefault(document) : null))];
    }

    private static RuleFacts Of(Item item, IReadOnlyList<Change> changes, bool withText, string? text)
    {
        var typed = changes.Where(c => c.Cause is ChangeCause.Person).Select(c => c.Version).ToHashSet();
        var last = changes.GroupBy(c => c.Field).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Version)!);
        var kept = Set.Where(f => f is ItemField.Lines
            ? item.Lines.Count > 0 || changes.Any(c => c is { Field: ItemField.Lines, Cause: ChangeCause.Person })
            : IsKept(item, f, last.GetValueOrDefault(f), typed)).ToHashSet();
        T? Given<T>(ItemField field, T? value) => kept.Contains(field) ? value : default;
        // A name that a rule has written is none to find: applied again, rules would come to something else.
        string? Unruled(ItemField field, string? name) => last.GetValueOrDefault(field)?.Cause is ChangeCause.Rule ? null : name;
        return new RuleFacts
        {
            ItemId = item.Id, Workspace = item.Workspace, OwnerId = item.OwnerId, Kept = kept, HasLines = item.Lines.Count > 0, LineGaps = Gaps(item, changes), MayBeOneAmount = AreThePapers(item, changes) && LineMath.AreTaxedAlike(item.Lines),
            Type = kept.Contains(ItemField.Type) || last.GetValueOrDefault(ItemField.Type)?.Cause is not ChangeCause.Rule ? item.Type : item.Workspace is Workspace.Sales ? ItemType.SalesInvoice : ItemType.Invoice,
            SupplierId = Given(ItemField.Supplier, item.SupplierId), CustomerId = Given(ItemField.Customer, item.CustomerId), PaymentMethodId = Given(ItemField.PaymentMethod, item.PaymentMethodId),
            Currency = Given(ItemField.Currency, item.Currency), Total = item.Total, Date = item.Date,
            Text = withText ? RuleText.Plain(text, Unruled(ItemField.Supplier, item.SupplierName), Unruled(ItemField.Customer, item.CustomerName), item.Reference, Given(ItemField.Description, item.Description)) : "",
        };
    }

    // A smart split's are the rule's.
    private static bool AreThePapers(Item item, IReadOnlyList<Change> changes) => item is { Lines.Count: > 0, Document.CarriesInvoice: true }
        && !changes.Any(c => c is { Field: ItemField.Lines, Cause: ChangeCause.Person } || (c is { LineId: { } id, LineField: null, IsAddedByRule: true } && item.Lines.Exists(l => l.Id == id)));

    // The tax rates of lines are the paper's: their tax was stated with them.
    private static Dictionary<ItemField, Guid[]> Gaps(Item item, IReadOnlyList<Change> changes)
    {
        if (item.Lines.Count == 0) return [];
        var emptied = changes.Where(c => c is { Cause: ChangeCause.Person, LineId: not null }).Select(c => (c.LineId, c.LineField)).ToHashSet();
        return new (ItemField Field, Guid[] Lines)[]
        {
            (ItemField.Category, Without(LineField.Category, l => l.CategoryId)), (ItemField.Class, Without(LineField.Class, l => l.ClassId)), (ItemField.Location, Without(LineField.Location, l => l.LocationId)),
        }.Where(g => g.Lines.Length > 0).ToDictionary(g => g.Field, g => g.Lines);

        Guid[] Without(LineField field, Func<ItemLine, Guid?> of) => [.. item.Lines.Where(l => of(l) is null && !emptied.Contains((l.Id, field))).Select(l => l.Id)];
    }

    /// <summary>Whether it is a person's word, or the paper's. What followed from what a person typed is theirs too.</summary>
    private static bool IsKept(Item item, ItemField field, Change? last, HashSet<int> typed) => last?.Cause switch
    {
        ChangeCause.Person => true,
        ChangeCause.Consequence => typed.Contains(last.Version),
        ChangeCause.Rule => false,
        // Sage's rate or the settings' was put there as it came in; a Dext export and an e-invoice bring their own.
        null when field is ItemField.TaxRate or ItemField.Type && item.Source is not ItemSource.DextExport && item.Document is not { CarriesInvoice: true } => false,
        _ => HasValue(item, field),
    };

    // A name that is on no list is no choice yet.
    private static bool HasValue(Item item, ItemField field) => field switch
    {
        ItemField.Supplier => item.SupplierId is not null || item.CreateSupplier,
        ItemField.Customer => item.CustomerId is not null || item.CreateCustomer,
        ItemField.Category => item.CategoryId is not null,
        ItemField.Paid => item.IsPaid,
        _ => ItemText.Of(item, field) is not null || ItemText.IdOf(item, field) is not null,
    };

    private sealed record Change(Guid ItemId, int Version, ItemField Field, ChangeCause Cause, Guid? LineId, LineField? LineField, bool IsAddedByRule);
}
