using DextSage.App.Shared;
using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>What a row says in a column; null where it says nothing.</summary>
internal static class CellText
{
    public static string? Of(InboxRow row, InboxColumn column) => column switch
    {
        InboxColumn.Type => row.Type.Name(),
        InboxColumn.Date => Filled(DateText.Show(row.Date)),
        InboxColumn.DueDate => Filled(DateText.Show(row.DueDate)),
        InboxColumn.Party => row.Party,
        InboxColumn.Customer => row.Customer,
        InboxColumn.Category when row.Lines > 0 => Numbers.Count(row.Lines, "line"),
        InboxColumn.Category => row.Category,
        InboxColumn.TaxRate when row.Lines > 0 => Numbers.Count(row.Lines, "line"),
        InboxColumn.TaxRate => row.TaxRate,
        InboxColumn.Class => row.Class,
        InboxColumn.Location => row.Location,
        InboxColumn.Description => row.Description,
        InboxColumn.Reference => row.Reference,
        InboxColumn.Net => Money(row.Net, row.Currency),
        InboxColumn.Tax => Money(row.Tax, row.Currency),
        InboxColumn.Total => Money(row.Total, row.Currency),
        InboxColumn.BaseTotal => Money(row.BaseTotal ?? (row.Currency == row.BaseCurrency ? row.Total : null), row.BaseCurrency),
        InboxColumn.Currency => row.Currency,
        InboxColumn.Owner => row.Owner,
        InboxColumn.SageNumber => row.SageNumber,
        InboxColumn.Code => row.Code,
        InboxColumn.File => row.FileName,
        InboxColumn.Lines => row.Lines == 0 ? null : Numbers.Text(row.Lines),
        InboxColumn.Note => row.Note,
        _ => null,
    };

    private static string? Money(decimal? amount, string? currency) => amount is { } known ? Amounts.Format(known, currency) : null;

    private static string? Filled(string text) => text.Length == 0 ? null : text;
}

internal static class FoundWords
{
    /// <summary>Where it stands: "In the document".</summary>
    public static string Of(FoundText found, Workspace workspace) => found switch
    {
        { In: FoundIn.Document } => "In the document",
        { In: FoundIn.Line } => "In a line",
        { Column: { } column } => $"In the {(column is InboxColumn.File ? "file's name" : column is InboxColumn.Code ? "Item ID" : column.Title(workspace).ToLowerInvariant())}",
        _ => "Found",
    };
}
