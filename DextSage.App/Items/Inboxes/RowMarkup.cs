using System.Text.Encodings.Web;
using System.Text.Unicode;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace DextSage.App.Items.Inboxes;

/// <summary>
/// The cells of an inbox's row as HTML. All that came from outside goes through <see cref="Text"/>. A cell is known to the browser's listener by its first
/// class (js/row-click.js), and what is clicked in it is a button. Its row and its column say which one it is: what rows have in common is kept once.
/// </summary>
internal static class RowMarkup
{
    private const string Choose = "Choose…";

    /// <summary>Longer ones may not fit, and are told to the pointer whole.</summary>
    private const int SurelyFits = 16;

    private const string Elsewhere = Icons.Material.Filled.OpenInNew;

    /// <summary>What the rows point at: each drawing is on the page once.</summary>
    private static readonly List<string> Drawn =
        [Elsewhere, .. Enum.GetValues<ItemStatus>().SelectMany(s => new[] { s.Look(), s.Look(failed: true), s.Look(waiting: true) }).Select(l => l.Icon).Distinct()];

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static MarkupString Drawings { get; } =
        new($"<svg hidden>{string.Concat(Drawn.Select((drawing, n) => $"<symbol id=\"row-{Numbers.Text(n)}\" viewBox=\"0 0 24 24\">{drawing}</symbol>"))}</svg>");

    /// <summary>What a row is called.</summary>
    public static string Title(InboxRow row) => row.Party ?? row.FileName ?? $"No {Party(row)} yet";

    /// <summary>A cell for each column, and one for what can be done.</summary>
    public static IEnumerable<Cell> Cells(InboxRow row, RowFrame frame) =>
        [.. frame.Columns.Select(column => new Cell(Of(row, column, frame), IsCommon(column))), new Cell(Action(row, frame), IsCommon: false)];

    // What many rows of a page say alike.
    private static bool IsCommon(InboxColumn column) => column is InboxColumn.Status or InboxColumn.Type or InboxColumn.Category or InboxColumn.TaxRate or InboxColumn.Class or InboxColumn.Location
        or InboxColumn.Currency or InboxColumn.Owner or InboxColumn.Lines or InboxColumn.Tax;

    private static string Of(InboxRow row, InboxColumn column, RowFrame frame) => column switch
    {
        InboxColumn.Status => Status(row),
        InboxColumn.Party => PartyCell(row, frame),
        InboxColumn.Category or InboxColumn.TaxRate when IsEditable(row, column) => ChoiceCell(row, column, frame),
        InboxColumn.Added => Moment(column, row.CreatedAt, frame),
        InboxColumn.Published => Moment(column, row.PublishedAt, frame),
        _ => $"<td class=\"{Css(column)}\"{Hint(column, CellText.Of(row, column))}>{Found(CellText.Of(row, column), frame)}</td>",
    };

    // With what stands between the item and Ready.
    private static string Status(InboxRow row)
    {
        var look = row.Status.Look(failed: row.Failure is not null, waiting: row.WaitingBecause is not null);
        var chip = $"<span class=\"ds-chip ds-chip-{look.Tone.Css()}\">{Drawing(look.Icon)}{look.Text}</span>";
        var why = Reason(row) is not null || row.Issues.Count == 0
            ? chip
            : $"<span class=\"why\"><button class=\"why-button\" aria-label=\"{Text($"{look.Text}: {string.Join(' ', row.Issues)}")}\">{chip}</button><span class=\"why-text\" aria-hidden=\"true\">{Text(string.Join('\n', row.Issues))}</span></span>";
        return $"<td class=\"status\">{why}{(row.IsDuplicate ? "<span class=\"looks-like\">Duplicate?</span>" : "")}{(row.FlaggedBy is { } flag ? $"<span class=\"looks-like\" title=\"By {Text(flag)}\">Flagged</span>" : "")}</td>";
    }

    // What can be done with it, or where it is.
    private static string Action(InboxRow row, RowFrame frame) => $"<td class=\"action\">{row switch
    {
        { Status: ItemStatus.Ready } when frame.MayPublish => $"<button class=\"publish\" aria-label=\"Publish {Text(Title(row))}\">Publish</button>",
        { Status: ItemStatus.Published, SageUrl: { } url } => $"<a class=\"sage\" href=\"{Text(url)}\" target=\"_blank\" rel=\"noopener noreferrer\">{Text(row.SageNumber ?? "In Sage")}{Drawing(Elsewhere)}<span class=\"ds-hidden\"> (opens Sage in a new tab)</span></a>",
        _ => Text(row.SageNumber),
    }}</td>";

    /// <summary>The row below that says in the open, not only to the pointer, why it failed, what it waits for, or where it was found.</summary>
    public static string? Below(InboxRow row, RowFrame frame)
    {
        var (reason, found) = (Reason(row), FoundElsewhere(row, frame));
        if (reason is null && found is null) return null;
        // One cell beside each column that a narrow table leaves out.
        var yielding = frame.Columns.Where(c => c is InboxColumn.TaxRate or InboxColumn.Tax or InboxColumn.Added).ToList();
        return $"<tr class=\"reason\"><td colspan=\"{Numbers.Text(frame.Columns.Count + 2 - yielding.Count)}\">"
            + (reason is null ? "" : $"<span class=\"because\">{Text(reason)}</span>")
            + (found is null ? "" : $"<span class=\"found\">{FoundWords.Of(found, row.Workspace)}: {Found(found.Text, frame)}</span>")
            + $"</td>{string.Concat(yielding.Select(c => $"<td class=\"{c.Css()}\"></td>"))}</tr>";
    }

    // With lines, each has its own category and tax rate.
    public static bool IsEditable(InboxRow row, InboxColumn column) => row.Locked is null && column switch
    {
        InboxColumn.Party => true,
        InboxColumn.Category => row.Lines == 0,
        InboxColumn.TaxRate => row.Lines == 0 && row.ShowsTaxRate,
        _ => false,
    };

    public static string Css(InboxColumn column) => column.IsNumber() ? $"{column.Css()} number" : column.Css();

    private static string PartyCell(InboxRow row, RowFrame frame)
    {
        var title = Title(row);
        var change = row.Locked is null ? $"<button class=\"change\" aria-label=\"Change {Party(row)}\">Change</button>" : "";
        return $"<th scope=\"row\" class=\"party\"{Hint(InboxColumn.Party, title)}><span class=\"name\"><a class=\"open\" href=\"{Text(Urls.Item(frame.Slug, row.Workspace, row.Code))}\">{Found(title, frame)}</a>{change}</span></th>";
    }

    private static string ChoiceCell(InboxRow row, InboxColumn column, RowFrame frame)
    {
        var text = CellText.Of(row, column);
        return $"<td class=\"{column.Css()}\"{Hint(column, text)}><button class=\"{(text is null ? "cell none" : "cell")}\" aria-label=\"{Text($"{text ?? Choose}, change {column.Title(row.Workspace).ToLowerInvariant()}")}\">{Found(text ?? Choose, frame)}</button></td>";
    }

    private static string Moment(InboxColumn column, DateTimeOffset? at, RowFrame frame) => at is { } known
        ? $"<td class=\"{column.Css()}\"><time title=\"{Text(Moments.Exact(known, frame.Zone))}\">{Text(Moments.Relative(known, frame.Now, frame.Zone))}</time></td>"
        : $"<td class=\"{column.Css()}\"></td>";

    private static string Hint(InboxColumn column, string? text) => text?.Length > SurelyFits && (column.IsElastic() || column is InboxColumn.TaxRate) ? $" title=\"{Text(text)}\"" : "";

    private static string? Reason(InboxRow row) => row.Failure is { } failure ? $"{failure.Sentence} {failure.Action}" : row.WaitingBecause;

    // Why it was found, where no column shows it.
    private static FoundText? FoundElsewhere(InboxRow row, RowFrame frame) =>
        row.Found is [var first, ..] && !row.Found.Any(f => f.Column is { } column && frame.Columns.Contains(column)) ? first : null;

    private static string Found(string? text, RowFrame frame)
    {
        if (Marked.Place(text, frame.Search) is not var (begin, length)) return Text(text);
        var end = begin + length;
        return $"{Text(text![..begin])}<mark>{Text(text[begin..end])}</mark>{Text(text[end..])}";
    }

    private static string Drawing(string icon) => $"<svg class=\"mud-icon-root mud-svg-icon\" aria-hidden=\"true\"><use href=\"#row-{Numbers.Text(Drawn.IndexOf(icon))}\"/></svg>";

    private static string Party(InboxRow row) => row.Workspace.Party().ToLowerInvariant();

    private static string Text(string? text) => text is null ? "" : Encoder.Encode(text);

    /// <param name="IsCommon">Other rows are likely to have the same.</param>
    public sealed record Cell(string Html, bool IsCommon);
}
