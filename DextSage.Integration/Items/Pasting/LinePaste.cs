using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Pasted rows as lines that can be added.</summary>
/// <param name="Problems">What must be mended first, a sentence each; with any, there are no lines.</param>
/// <param name="Notes">What was left out or left empty, a sentence each.</param>
public sealed record LinePreview(IReadOnlyList<LineDraft> Lines, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes);

/// <summary>Reads rows from a spreadsheet as lines of an item: names are matched to the business's own lists, exactly or not at all.</summary>
public sealed class LinePaste(BusinessStore store)
{
    public async Task<LinePreview> ReadAsync(Caller caller, string code, string text, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return new([], ["This item does not exist any more."], []);
        var pasted = PastedRows.Read(text);
        if (pasted.Problems.Count > 0) return new([], pasted.Problems, pasted.Notes);

        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var notes = pasted.Notes.ToList();
        var categories = await OfferedAsync(db.CategoriesFor(item.Workspace), pasted.Rows.Any(r => r.Category is not null));
        var products = await OfferedAsync(db.Products, pasted.Rows.Any(r => r.Product is not null));
        var rates = await OfferedAsync(db.TaxRates, pasted.Rows.Any(r => r.TaxRate is not null) || context.UsesTax);
        var classes = await OfferedAsync(Of(context.Class), pasted.Rows.Any(r => r.Class is not null));
        var locations = await OfferedAsync(Of(context.Location), pasted.Rows.Any(r => r.Location is not null));
        return new([.. pasted.Rows.Select(Line)], [], [.. notes.Distinct(StringComparer.Ordinal)]);

        IQueryable<AnalysisCategory> Of(AnalysisType? type) => db.AnalysisCategories.Where(c => type != null && c.AnalysisTypeSageId == type.SageId);

        async Task<List<T>> OfferedAsync<T>(IQueryable<T> entries, bool isAsked) where T : ListEntry =>
            isAsked ? await entries.AsNoTracking().Where(e => e.RetiredAt == null && e.IsVisible).ToListAsync(cancellationToken) : [];

        LineDraft Line(PastedRow row)
        {
            var rate = context.UsesTax ? Rate(row.TaxRate) : null;
            var (quantity, price, tax) = PastedPrice.Of(row, item.LineAmounts, rate?.Percentage, context.UsesTax);
            return new LineDraft(row.Description, price)
            {
                Quantity = quantity, Tax = tax, TaxRateId = rate?.Id,
                CategoryId = Find(categories, row.Category, "category")?.Id, ProductId = Find(products, row.Product, "product or service")?.Id,
                ClassId = Find(classes, row.Class, context.Class?.DisplayName ?? "class")?.Id, LocationId = Find(locations, row.Location, context.Location?.DisplayName ?? "location")?.Id,
            };
        }

        TaxRate? Rate(string? name)
        {
            if (name is null) return null;
            var percent = PastedRows.Number(name.TrimEnd('%', ' ')).Value;
            if (percent is not null && rates.FindAll(r => r.Percentage == percent) is [var only]) return only;
            return Find(rates, name, "tax rate");
        }

        T? Find<T>(List<T> entries, string? name, string word) where T : ListEntry
        {
            if (name is null) return null;
            if (entries.FindAll(e => Is(e.Name) || Is(e.DisplayName) || e.DisplayName.EndsWith($"({name})", StringComparison.Ordinal)) is [var only]) return only;
            notes.Add($"No {word} is called ‘{name}’: left empty.");
            return null;

            bool Is(string called) => string.Equals(called, name, StringComparison.OrdinalIgnoreCase);
        }
    }
}

/// <summary>What a pasted row costs, as the item's prices are meant.</summary>
internal static class PastedPrice
{
    public static (decimal Quantity, decimal UnitPrice, decimal? Tax) Of(PastedRow row, LineAmounts amounts, decimal? percentage, bool usesTax)
    {
        var typed = usesTax ? row.Tax : null;
        if (row.UnitPrice is { } price) return (row.Quantity ?? 1, price, typed);
        var (line, tax) = (row, amounts, usesTax) switch
        {
            ({ Amount: { } amount }, _, _) => (amount, typed),
            ({ Net: { } net }, LineAmounts.Net, _) => (net, typed),
            ({ Gross: { } gross }, LineAmounts.Gross, _) => (gross, typed),
            ({ Gross: { } gross }, _, false) => (gross, typed),
            ({ Gross: { } gross }, LineAmounts.Net, true) => WithoutTax(gross),
            ({ Net: { } net }, _, true) => WithTax(net),
            ({ Net: { } net }, _, false) => (net, typed),
            _ => throw new ArgumentException("A row without any price.", nameof(row)),
        };
        // Only where it divides without a remainder: what was pasted is what the line comes to.
        var quantity = row.Quantity ?? 1;
        var each = decimal.Round(line / quantity, 4, MidpointRounding.AwayFromZero);
        return each * quantity == line ? (quantity, each, tax) : (1, line, tax);

        (decimal, decimal?) WithoutTax(decimal gross)
        {
            var its = typed ?? TaxMath.TaxWithin(gross, percentage ?? 0);
            return (gross - its, its == 0 ? null : its);
        }

        (decimal, decimal?) WithTax(decimal net)
        {
            var its = typed ?? decimal.Round(net * (percentage ?? 0) / 100, 2, MidpointRounding.AwayFromZero);
            return (net + its, its == 0 ? null : its);
        }
    }
}
