using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

/// <summary>
/// A row of an inbox as its screen keeps it: drawn, and with what is needed to ask for more. A thousand people may have fifty of these each, and the server
/// keeps all that it drew: as a few pieces of markup a row costs a fifth of its elements, attributes and texts.
/// </summary>
/// <param name="Version">Send it back with what is asked of the item.</param>
/// <param name="Label">What its box is called.</param>
/// <param name="Cells">In pieces: what other rows have too is one and the same text in all of them.</param>
/// <param name="Below">A row of its own that says why; null where there is nothing to say.</param>
public sealed record DrawnRow(string Code, int Version, string Label, IReadOnlyList<MarkupString> Cells, MarkupString? Below)
{
    /// <summary>It is on its way into Sage.</summary>
    public bool IsPublishing { get; init; }

    public static IReadOnlyList<DrawnRow> Page(IEnumerable<InboxRow> rows, RowFrame frame)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal);
        return [.. rows.Select(row => Of(row, frame, shared))];
    }

    private static DrawnRow Of(InboxRow row, RowFrame frame, HashSet<string> shared) => new(
        row.Code, row.Version, $"Select {RowMarkup.Title(row)}", Pieces(RowMarkup.Cells(row, frame), shared), RowMarkup.Below(row, frame) is { } below ? new(below) : null)
    {
        IsPublishing = row.Status is ItemStatus.Publishing,
    };

    private static MarkupString[] Pieces(IEnumerable<RowMarkup.Cell> cells, HashSet<string> shared)
    {
        var (pieces, own) = (new List<MarkupString>(), "");
        foreach (var cell in cells)
        {
            if (!cell.IsCommon)
            {
                own += cell.Html;
                continue;
            }
            if (own.Length > 0) pieces.Add(new(own));
            own = "";
            if (!shared.TryGetValue(cell.Html, out var known)) shared.Add(known = cell.Html);
            pieces.Add(new(known));
        }
        return [.. pieces, new(own)];
    }
}

/// <summary>The cell of a row that somebody edits, and the row's cells on both sides of it.</summary>
/// <param name="Row">As it was when the edit began.</param>
public sealed record EditedCell(InboxRow Row, InboxColumn Column, MarkupString Before, MarkupString After)
{
    /// <summary>Null where this cell of this row is not for editing.</summary>
    public static EditedCell? Of(InboxRow row, InboxColumn column, RowFrame frame)
    {
        if (!RowMarkup.IsEditable(row, column) || !frame.Columns.Contains(column)) return null;
        var at = frame.Columns.TakeWhile(c => c != column).Count();
        var cells = RowMarkup.Cells(row, frame).Select(c => c.Html).ToList();
        return new(row, column, new(string.Concat(cells[..at])), new(string.Concat(cells[(at + 1)..])));
    }
}

/// <summary>An edit of one field, made in a row of an inbox.</summary>
public sealed record RowEdit(InboxRow Row, InboxColumn Column, ItemEdit Edit);
