using System.Collections.Frozen;
using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

internal static class ColumnWords
{
    public static string Title(this InboxColumn column, Workspace workspace) => column switch
    {
        InboxColumn.Party => workspace.Party(),
        InboxColumn.DueDate => "Due date",
        InboxColumn.TaxRate => "Tax rate",
        InboxColumn.BaseTotal => "Base total",
        InboxColumn.SageNumber => "Sage number",
        InboxColumn.Code => "Item ID",
        _ => column.ToString(),
    };

    public static bool IsNumber(this InboxColumn column) =>
        column is InboxColumn.Net or InboxColumn.Tax or InboxColumn.Total or InboxColumn.BaseTotal or InboxColumn.Lines;

    /// <summary>Newest and largest come first, names from A.</summary>
    public static bool DescendsFirst(this InboxColumn column) =>
        column.IsNumber() || column is InboxColumn.Added or InboxColumn.Published or InboxColumn.Date or InboxColumn.DueDate;

    /// <summary>In pixels: those that hold words share what is left.</summary>
    public static int Width(this InboxColumn column) => column switch
    {
        InboxColumn.Status => 140,
        InboxColumn.Party => 190,
        InboxColumn.Category or InboxColumn.Customer or InboxColumn.Description or InboxColumn.Note or InboxColumn.File => 160,
        InboxColumn.Added or InboxColumn.Published or InboxColumn.Owner or InboxColumn.Type or InboxColumn.Code => 116,
        InboxColumn.TaxRate or InboxColumn.Class or InboxColumn.Location or InboxColumn.SageNumber => 128,
        InboxColumn.Lines or InboxColumn.Currency => 76,
        InboxColumn.Tax or InboxColumn.Net => 92,
        _ => 104,
    };

    public static bool IsElastic(this InboxColumn column) =>
        column is InboxColumn.Party or InboxColumn.Category or InboxColumn.Customer or InboxColumn.Description or InboxColumn.Note or InboxColumn.File;

    public static string Css(this InboxColumn column) => Classes[column];

    private static readonly FrozenDictionary<InboxColumn, string> Classes = Enum.GetValues<InboxColumn>().ToFrozenDictionary(c => c, c => c.ToString().ToLowerInvariant());
}
