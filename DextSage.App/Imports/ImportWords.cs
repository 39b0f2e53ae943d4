using DextSage.App.Shared;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Importing;
using MudBlazor;

namespace DextSage.App.Imports;

/// <summary>Imports in words.</summary>
internal static class ImportWords
{
    public static StatusLook Look(this ImportView import) => import.Status switch
    {
        ImportStatus.Arriving => new("Arriving", Tone.Neutral, Icons.Material.Outlined.HourglassEmpty),
        ImportStatus.Preview => new("To look at", Tone.Info, Icons.Material.Outlined.Visibility),
        ImportStatus.Queued or ImportStatus.Running => new("Importing", Tone.Info, Icons.Material.Outlined.CloudUpload),
        ImportStatus.Completed when import.Refused > 0 => new("Imported in part", Tone.Warning, Icons.Material.Outlined.WarningAmber),
        ImportStatus.Completed => new("Imported", Tone.Success, Icons.Material.Filled.CheckCircle),
        ImportStatus.Cancelled => new("Stopped", Tone.Neutral, Icons.Material.Outlined.Block),
        _ => new("Failed", Tone.Danger, Icons.Material.Outlined.ErrorOutline),
    };

    public static string CameTo(this ImportView import) => import.Status is ImportStatus.Arriving or ImportStatus.Preview ? "Nothing yet"
        : $"{Numbers.Text(import.Added)} added, {Numbers.Text(import.AlreadyHere)} here already, {Numbers.Text(import.Refused)} refused";

    public static string Name(RowOutcome outcome) => outcome switch { RowOutcome.AlreadyHere => "Here already", RowOutcome.Added => "Added", _ => "Refused" };

    /// <summary>Dext's own heading.</summary>
    public static string Name(ExportColumn column) => column switch
    {
        ExportColumn.ReceiptId => "Receipt ID",
        ExportColumn.DueDate => "Due Date",
        ExportColumn.Reference => "Invoice Number",
        ExportColumn.Project2 => "Project 2",
        ExportColumn.PaymentMethod => "Payment Method",
        ExportColumn.BankAccount => "Bank Account",
        ExportColumn.TaxName => "Tax Name",
        ExportColumn.TaxCode => "Tax Code",
        ExportColumn.TaxPercentage => "Tax Percentage",
        ExportColumn.BaseTax => "Tax, in the base currency",
        ExportColumn.BaseTotal => "Total, in the base currency",
        ExportColumn.ImageLink => "Image",
        _ => column.ToString(),
    };

    /// <summary>An address of the web, to be followed by whoever wants to; a stranger's text is not one for saying so.</summary>
    public static string? Link(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var link) && (link.Scheme is "https" or "http") && link.UserInfo.Length == 0 ? link.AbsoluteUri : null;
}
