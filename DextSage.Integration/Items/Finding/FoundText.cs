using System.Globalization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Where a searched text stands in an item, beside what its row may show.</summary>
public enum FoundIn { Column, Line, Document }

/// <param name="Column">The column whose value it is, for <see cref="FoundIn.Column"/>.</param>
/// <param name="Text">The value, or what stands around the place.</param>
public sealed record FoundText(FoundIn In, InboxColumn? Column, string Text);

/// <summary>Says of the rows of a page why they were found.</summary>
internal static class Finds
{
    private const CompareOptions Alike = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>By item: every value that has the text, or else the first line, or else a piece of the document.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<FoundText>>> OfAsync(DextSageDb db, IReadOnlyList<Item> items, string? typed, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, IReadOnlyList<FoundText>>();
        if (SearchText.Of(typed) is not { } text) return found;
        foreach (var item in items)
            if (InItem(item, text) is { Count: > 0 } some) found[item.Id] = some;
        var rest = items.Where(i => !found.ContainsKey(i.Id) && i.DocumentId is not null).ToList();
        if (rest.Count == 0 || !text.IsLongEnough) return found;

        var documents = rest.ConvertAll(i => i.DocumentId!.Value);
        var pieces = await db.DocumentTexts.Where(t => documents.Contains(t.DocumentId)).Select(t => new { t.DocumentId, t.Text }).ToDictionaryAsync(t => t.DocumentId, t => t.Text, cancellationToken);
        foreach (var item in rest)
            if (pieces.TryGetValue(item.DocumentId!.Value, out var whole) && Piece(whole, text) is { } piece) found[item.Id] = [new(FoundIn.Document, null, piece)];
        return found;
    }

    private static List<FoundText> InItem(Item item, SearchText text)
    {
        (InboxColumn Column, string? Value)[] values =
        [
            (InboxColumn.Party, item.Workspace is Workspace.Sales ? item.CustomerName : item.SupplierName),
            (InboxColumn.Customer, item.Workspace is Workspace.Sales ? item.SupplierName : item.CustomerName),
            (InboxColumn.Category, item.Category?.DisplayName ?? item.CategoryName), (InboxColumn.Description, item.Description), (InboxColumn.Reference, item.Reference),
            (InboxColumn.Class, item.Class?.DisplayName), (InboxColumn.Location, item.Location?.DisplayName), (InboxColumn.TaxRate, item.TaxRate?.DisplayName),
            (InboxColumn.Code, item.Code), (InboxColumn.SageNumber, item.SageNumber), (InboxColumn.File, item.Document?.FileName), (InboxColumn.Note, item.Note),
            (InboxColumn.Total, item.Total?.ToString("0.00", CultureInfo.InvariantCulture)), (InboxColumn.Tax, item.Tax?.ToString("0.00", CultureInfo.InvariantCulture)),
            (InboxColumn.Date, Day(item.Date)), (InboxColumn.DueDate, Day(item.DueDate)),
        ];
        List<FoundText> found = [.. values.Where(v => Has(v.Value, text)).Select(v => new FoundText(FoundIn.Column, v.Column, v.Value!))];
        if (found.Count > 0) return found;
        return [.. item.Lines.SelectMany(l => new[] { l.Description, l.Category?.DisplayName, l.Product?.DisplayName, l.Class?.DisplayName, l.Location?.DisplayName, l.TaxRate?.DisplayName })
            .Where(v => Has(v, text)).Take(1).Select(v => new FoundText(FoundIn.Line, null, v!))];
    }

    private static bool Has(string? value, SearchText text) => value is not null && At(value, text) is not null;

    private static (int Begin, int Length)? At(string value, SearchText text) => text.Texts.Select(t => At(value, t)).FirstOrDefault(at => at is not null);

    private static (int Begin, int Length)? At(string value, string text) =>
        value.IndexOf(text, StringComparison.OrdinalIgnoreCase) is >= 0 and var plain ? (plain, text.Length)
        : CultureInfo.InvariantCulture.CompareInfo.IndexOf(value, text, Alike, out var length) is >= 0 and var alike && length > 0 ? (alike, length)
        : null;

    private static string? Piece(string whole, SearchText text)
    {
        if (At(whole, text) is not var (begin, length)) return null;
        var (from, to) = (Math.Max(0, begin - 40), Math.Min(whole.Length, begin + length + 60));
        var piece = string.Join(' ', whole[from..to].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (from > 0 ? "…" : "") + piece + (to < whole.Length ? "…" : "");
    }

    private static string? Day(DateOnly? date) => date?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
