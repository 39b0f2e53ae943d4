using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;

namespace DextSage.App.Items.Inboxes;

/// <summary>One part of a filter in words, and the filter without it.</summary>
public sealed record FilterLabel(string Text, Func<ItemFilter, ItemFilter> Without);

internal static class FilterLabels
{
    /// <param name="names">What the entries and people are called that the filter names.</param>
    public static IReadOnlyList<FilterLabel> Of(ItemFilter filter, IReadOnlyDictionary<Guid, string> names)
    {
        var labels = new List<FilterLabel>();
        Entry("Supplier", filter.Supplier, f => f with { Supplier = null });
        Entry("Customer", filter.Customer, f => f with { Customer = null });
        Entry("Category", filter.Category, f => f with { Category = null });
        Entry("Tax rate", filter.TaxRate, f => f with { TaxRate = null });
        Entry("Product", filter.Product, f => f with { Product = null });
        Entry("Class", filter.Class, f => f with { Class = null });
        Entry("Location", filter.Location, f => f with { Location = null });
        Say(filter.Type is { } type ? $"Type: {type.Name()}" : null, f => f with { Type = null });
        Say(filter.Currency is { } currency ? $"Currency: {currency}" : null, f => f with { Currency = null });
        Entry("Owner", filter.Owner, f => f with { Owner = null });
        Pair(filter.IsMine, "Mine", "Not mine", f => f with { IsMine = null });
        Say(filter.Source is { } source ? $"Added by: {source.Name()}" : null, f => f with { Source = null });
        Say(Range("Total", filter.Total?.From?.ToString("N2", System.Globalization.CultureInfo.InvariantCulture), filter.Total?.To?.ToString("N2", System.Globalization.CultureInfo.InvariantCulture)), f => f with { Total = null });
        Days("Date", filter.Date, f => f with { Date = null });
        Days("Due date", filter.DueDate, f => f with { DueDate = null });
        Days("Added", filter.Added, f => f with { Added = null });
        Days("Published", filter.Published, f => f with { Published = null });
        Pair(filter.HasTax, "With tax", "Without tax", f => f with { HasTax = null });
        Pair(filter.HasCategory, "With a category", "Without a category", f => f with { HasCategory = null });
        Pair(filter.HasTaxRate, "With a tax rate", "Without a tax rate", f => f with { HasTaxRate = null });
        Pair(filter.HasNote, "With a note", "Without a note", f => f with { HasNote = null });
        Pair(filter.HasDocument, "With a document", "Without a document", f => f with { HasDocument = null });
        Pair(filter.HasLines, "With lines", "Without lines", f => f with { HasLines = null });
        Pair(filter.IsForeign, "Foreign currency", "Base currency", f => f with { IsForeign = null });
        Pair(filter.IsDuplicate, "Duplicates", "No duplicates", f => f with { IsDuplicate = null });
        Pair(filter.IsFlagged, "Flagged", "Not flagged", f => f with { IsFlagged = null });
        Pair(filter.IsPublishing, "On the way to Sage", "Not on the way to Sage", f => f with { IsPublishing = null });
        Say(filter.Failure is { } cause ? $"Failed because: {FailureName(cause)}" : null, f => f with { Failure = null });
        return labels;

        void Say(string? text, Func<ItemFilter, ItemFilter> without)
        {
            if (text is not null) labels.Add(new(text, without));
        }

        void Entry(string field, Guid? entry, Func<ItemFilter, ItemFilter> without) =>
            Say(entry is { } id ? $"{field}: {names.GetValueOrDefault(id, "an entry that is not on the list")}" : null, without);

        void Pair(bool? wanted, string with, string without, Func<ItemFilter, ItemFilter> dropped) => Say(wanted switch { true => with, false => without, null => null }, dropped);

        void Days(string field, Days? days, Func<ItemFilter, ItemFilter> without) => Say(Range(field, Day(days?.From), Day(days?.To)), without);
    }

    /// <summary>Only the workspace and the tab.</summary>
    public static ItemFilter Cleared(ItemFilter filter) => new(filter.Workspace, filter.Tab) { Search = filter.Search };

    public static string Name(this ItemSource source) => source switch
    {
        ItemSource.DextExport => "Dext export",
        ItemSource.Api => "API",
        ItemSource.Folder => "Watched folder",
        _ => source.ToString(),
    };

    /// <summary>What a kind of failure is called: "Tax rate refused".</summary>
    public static string FailureName(string kind) => FailureCatalogue.Find(kind)?.Name ?? "Another reason";

    private static string? Range(string field, string? from, string? to) => (from, to) switch
    {
        (null, null) => null,
        (null, _) => $"{field}: up to {to}",
        (_, null) => $"{field}: from {from}",
        _ when from == to => $"{field}: {from}",
        _ => $"{field}: {from} to {to}",
    };

    private static string? Day(DateOnly? day) => day is null ? null : DateText.Show(day);
}
