using System.Globalization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>One list in memory while entries of one's own are written to it, so that a file's lines are judged by those before them too.</summary>
internal sealed class OwnLedger
{
    private readonly DextSageDb db;
    private readonly ListKind list;
    private readonly List<ListEntry> entries;
    private readonly Dictionary<string, ListEntry> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ListEntry> byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> categories;
    private readonly Dictionary<string, Guid> categoryIds;

    private OwnLedger(DextSageDb db, ListKind list, List<ListEntry> entries, ILookup<string, string> categories, Dictionary<string, Guid> categoryIds)
    {
        (this.db, this.list, this.entries, this.categories, this.categoryIds) = (db, list, entries, categories, categoryIds);
        foreach (var entry in entries.Where(e => e.RetiredAt is null)) Note(entry);
    }

    public static async Task<OwnLedger> ReadAsync(DextSageDb db, ListKind list, CancellationToken cancellationToken)
    {
        List<ListEntry> known = list switch
        {
            ListKind.Categories => [.. await db.Categories.AsTracking().ToListAsync(cancellationToken)],
            ListKind.TaxRates => [.. await db.TaxRates.AsTracking().ToListAsync(cancellationToken)],
            ListKind.Suppliers => [.. await db.Suppliers.AsTracking().ToListAsync(cancellationToken)],
            ListKind.Customers => [.. await db.Customers.AsTracking().ToListAsync(cancellationToken)],
            _ => throw new ArgumentOutOfRangeException(nameof(list), list, "This list is not kept by hand."),
        };
        var (categories, ids) = await CategoriesAsync(db, cancellationToken);
        return new OwnLedger(db, list, known, categories, ids);
    }

    /// <summary>The rule that is broken, or null.</summary>
    public string? Save(Guid? id, OwnEntry entry)
    {
        if (Broken(entry) is { } rule) return rule;
        if (byName.TryGetValue(entry.Name, out var same) && same.Id != id) return $"{entry.Name} is on the list already.";
        if (CodeOf(entry) is { } code && byCode.TryGetValue(code, out var other) && other.Id != id) return $"The code {code} belongs to {other.Name}.";
        if (id is null) Add(entry);
        else if (entries.Find(e => e.Id == id && e is { IsOwn: true, RetiredAt: null }) is { } own) Apply(own, entry);
        else return "Only entries that were added here can be changed here.";
        return null;
    }

    public ImportedLine Merge(int number, OwnEntry entry)
    {
        ImportedLine Line(ImportOutcome outcome, string? why = null) => new(number, entry.Name, outcome, why);
        if (Broken(entry) is { } rule) return Line(ImportOutcome.Refused, rule);
        byName.TryGetValue(entry.Name, out var known);
        if (CodeOf(entry) is { } code && byCode.TryGetValue(code, out var other) && other != known) return Line(ImportOutcome.Refused, $"The code {code} belongs to {other.Name}.");
        if (known is null)
        {
            Add(entry);
            return Line(ImportOutcome.Added);
        }
        // The name stays as it was first written.
        return known.IsOwn && Apply(known, entry with { Name = known.Name }) ? Line(ImportOutcome.Merged) : Line(ImportOutcome.Unchanged);
    }

    /// <summary>Whose rule a line that was taken is to say something, with our id of its category; null where it says nothing of the kind.</summary>
    public (ListEntry Contact, Guid? Category)? Coding(ImportedLine line, OwnEntry entry) =>
        line.Outcome is ImportOutcome.Refused || (entry.Currency is null && entry.Category is null) ? null : (byName[entry.Name], entry.Category is { } name ? categoryIds[categories[name].Single()] : null);

    public void SetRemoved(Guid id, DateTimeOffset? at)
    {
        if (entries.Find(e => e.Id == id && e.IsOwn) is { } own) own.RetiredAt = at;
    }

    private string? Broken(OwnEntry entry) => entry.Broken(list) ?? (entry.Category is { } category ? Unclear(category) : null);

    private string? Unclear(string category) => categories[category].Count() switch
    {
        0 => $"There is no category called {category}. Import the categories first.",
        1 => null,
        var many => $"{many} categories are called {category}. Give the category’s code instead.",
    };

    private void Add(OwnEntry entry)
    {
        var id = ListEntry.NewOwnId();
        ListEntry added = list switch
        {
            // Where Sage says what a category is for, one's own is for all that items are coded with.
            ListKind.Categories => new Category { BusinessId = db.BusinessId, SageId = id, Name = "", DisplayName = "", IsOwn = true, ForExpenses = true, ForSales = true },
            ListKind.TaxRates => new TaxRate { BusinessId = db.BusinessId, SageId = id, Name = "", DisplayName = "", IsOwn = true },
            ListKind.Suppliers => new Supplier { BusinessId = db.BusinessId, SageId = id, Name = "", DisplayName = "", IsOwn = true },
            _ => new Customer { BusinessId = db.BusinessId, SageId = id, Name = "", DisplayName = "", IsOwn = true },
        };
        Apply(added, entry);
        entries.Add(added);
        db.Add(added);
    }

    /// <summary>True when something changed. What a line leaves empty stays as it was.</summary>
    private bool Apply(ListEntry own, OwnEntry entry)
    {
        var before = (own.Name, own.DisplayName, Details(own));
        own.Name = entry.Name;
        switch (own)
        {
            case Category category:
                category.NominalCode = entry.NominalCode ?? category.NominalCode;
                break;
            case TaxRate rate:
                rate.Percentage = entry.Percentage!.Value;
                break;
            case ContactEntry contact:
                contact.Reference = entry.Code ?? contact.Reference;
                contact.Currency = entry.Currency ?? contact.Currency;
                contact.DefaultCategorySageId = entry.Category is { } name ? categories[name].Single() : contact.DefaultCategorySageId;
                break;
        }
        own.DisplayName = CodeOf(own) is { } code ? $"{own.Name} ({code})" : own.Name;
        Note(own);
        return before != (own.Name, own.DisplayName, Details(own));
    }

    private void Note(ListEntry entry)
    {
        byName.TryAdd(entry.Name, entry);
        if (CodeOf(entry) is { } code) byCode.TryAdd(code, entry);
    }

    private string? CodeOf(OwnEntry entry) => list is ListKind.TaxRates ? null : entry.NominalCode is { } number && list is ListKind.Categories ? Nominal(number) : entry.Code;

    private static string? CodeOf(ListEntry entry) => entry switch
    {
        Category { NominalCode: { } code } => Nominal(code),
        ContactEntry contact => contact.Reference,
        _ => null,
    };

    private static (string?, string?, decimal?) Details(ListEntry entry) => entry switch
    {
        ContactEntry contact => (contact.Currency, contact.DefaultCategorySageId, null),
        TaxRate rate => (null, null, rate.Percentage),
        _ => default,
    };

    private static string Nominal(int code) => code.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Sage ids by name and by code, and ours by Sage's.</summary>
    private static async Task<(ILookup<string, string>, Dictionary<string, Guid>)> CategoriesAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var all = await db.Categories.AsNoTracking().Where(c => c.RetiredAt == null).Select(c => new { c.Id, c.SageId, c.Name, c.DisplayName, c.NominalCode }).ToListAsync(cancellationToken);
        var named = all.SelectMany(c => new[] { c.Name, c.DisplayName, c.NominalCode is { } code ? Nominal(code) : null }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(n => (Name: n, c.SageId)))
            .ToLookup(n => n.Name, n => n.SageId, StringComparer.OrdinalIgnoreCase);
        return (named, all.ToDictionary(c => c.SageId, c => c.Id, StringComparer.Ordinal));
    }
}
