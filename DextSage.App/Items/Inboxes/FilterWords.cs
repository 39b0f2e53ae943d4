using System.Globalization;
using DextSage.App.Shared;
using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>One part of a filter as a word of an address.</summary>
/// <param name="Name">Before the equals sign.</param>
/// <param name="Write">Null where the filter does not say it.</param>
/// <param name="Read">The filter with it; unchanged by a text that is no value.</param>
internal sealed record FilterWord(string Name, Func<ItemFilter, string?> Write, Func<ItemFilter, string, ItemFilter> Read);

internal static class FilterWords
{
    private const string Between = "..";

    public static IReadOnlyList<FilterWord> All { get; } =
    [
        Entry("supplier", f => f.Supplier, (f, id) => f with { Supplier = id }),
        Entry("customer", f => f.Customer, (f, id) => f with { Customer = id }),
        Entry("category", f => f.Category, (f, id) => f with { Category = id }),
        Entry("rate", f => f.TaxRate, (f, id) => f with { TaxRate = id }),
        Entry("product", f => f.Product, (f, id) => f with { Product = id }),
        Entry("class", f => f.Class, (f, id) => f with { Class = id }),
        Entry("location", f => f.Location, (f, id) => f with { Location = id }),
        new("type", f => f.Type?.InUrl(), (f, text) => f with { Type = UrlWords.Known<ItemType>(text) }),
        new("currency", f => f.Currency, (f, text) => text.Length == 3 && text.All(char.IsAsciiLetter) ? f with { Currency = text.ToUpperInvariant() } : f),
        Entry("owner", f => f.Owner, (f, id) => f with { Owner = id }),
        Pair("mine", f => f.IsMine, (f, yes) => f with { IsMine = yes }),
        new("source", f => f.Source?.InUrl(), (f, text) => f with { Source = UrlWords.Known<ItemSource>(text) }),
        new("total", f => Write(f.Total), (f, text) => f with { Total = ReadAmounts(text) }),
        Days("date", f => f.Date, (f, days) => f with { Date = days }),
        Days("due", f => f.DueDate, (f, days) => f with { DueDate = days }),
        Days("added", f => f.Added, (f, days) => f with { Added = days }),
        Days("published", f => f.Published, (f, days) => f with { Published = days }),
        Pair("tax", f => f.HasTax, (f, yes) => f with { HasTax = yes }),
        Pair("has-category", f => f.HasCategory, (f, yes) => f with { HasCategory = yes }),
        Pair("has-rate", f => f.HasTaxRate, (f, yes) => f with { HasTaxRate = yes }),
        Pair("note", f => f.HasNote, (f, yes) => f with { HasNote = yes }),
        Pair("document", f => f.HasDocument, (f, yes) => f with { HasDocument = yes }),
        Pair("lines", f => f.HasLines, (f, yes) => f with { HasLines = yes }),
        Pair("foreign", f => f.IsForeign, (f, yes) => f with { IsForeign = yes }),
        Pair("duplicates", f => f.IsDuplicate, (f, yes) => f with { IsDuplicate = yes }),
        Pair("flagged", f => f.IsFlagged, (f, yes) => f with { IsFlagged = yes }),
        Pair("publishing", f => f.IsPublishing, (f, yes) => f with { IsPublishing = yes }),
        new("failure", f => f.Failure, (f, text) => text.Length <= 60 && text.All(char.IsAsciiLetterOrDigit) ? f with { Failure = text } : f),
    ];

    private static FilterWord Entry(string name, Func<ItemFilter, Guid?> get, Func<ItemFilter, Guid?, ItemFilter> set) =>
        new(name, filter => get(filter)?.ToString("N"), (filter, text) => Guid.TryParse(text, out var id) ? set(filter, id) : filter);

    private static FilterWord Pair(string name, Func<ItemFilter, bool?> get, Func<ItemFilter, bool?, ItemFilter> set) =>
        new(name, filter => get(filter) switch { true => "yes", false => "no", null => null }, (filter, text) => text.ToLowerInvariant() switch { "yes" => set(filter, true), "no" => set(filter, false), _ => filter });

    private static FilterWord Days(string name, Func<ItemFilter, Days?> get, Func<ItemFilter, Days?, ItemFilter> set) =>
        new(name, filter => Write(get(filter)), (filter, text) => set(filter, ReadDays(text)));

    private static string? Write(Days? days) => days is null or (null, null) ? null : $"{days.From:yyyy-MM-dd}{Between}{days.To:yyyy-MM-dd}";

    private static string? Write(AmountSpan? amounts) =>
        amounts is null or (null, null) ? null : string.Create(CultureInfo.InvariantCulture, $"{amounts.From:0.####}{Between}{amounts.To:0.####}");

    private static Days? ReadDays(string text) => Ends(text) is var (from, to) && new Days(Day(from), Day(to)) is var days and not (null, null) ? days : null;

    private static AmountSpan? ReadAmounts(string text) => Ends(text) is var (from, to) && new AmountSpan(Amount(from), Amount(to)) is var amounts and not (null, null) ? amounts : null;

    private static (string From, string To)? Ends(string text) =>
        text.IndexOf(Between, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + Between.Length)..]) : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) <= ItemLimits.Amount ? decimal.Round(amount, 4) : null;
}
