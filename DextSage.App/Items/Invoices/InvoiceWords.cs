using System.Globalization;
using DextSage.Integration.Intake.Structured;

namespace DextSage.App.Items.Invoices;

/// <summary>The codes of an electronic invoice in words; a code that is not known here is shown as it stands.</summary>
internal static class InvoiceWords
{
    public static string Title(StructuredInvoice invoice) => invoice switch
    {
        { IsCreditNote: true } => "Credit note",
        { TypeCode: "384" } => "Corrected invoice",
        { TypeCode: "386" } => "Prepayment invoice",
        { TypeCode: "389" } => "Self-billed invoice",
        { TypeCode: "326" } => "Partial invoice",
        _ => "Invoice",
    };

    /// <summary>Of UN/ECE recommendation 20; null for pieces, which need no word.</summary>
    public static string? Unit(string? code) => code switch
    {
        null or "C62" or "H87" or "EA" or "XPP" or "NAR" or "PCE" or "STK" => null,
        "HUR" => "h",
        "MIN" => "min",
        "DAY" => "days",
        "WEE" => "weeks",
        "MON" => "months",
        "ANN" => "years",
        "KGM" => "kg",
        "GRM" => "g",
        "TNE" => "t",
        "LTR" => "l",
        "MTR" => "m",
        "KMT" => "km",
        "MTK" => "m²",
        "MTQ" => "m³",
        "KWH" => "kWh",
        "SET" => "sets",
        "XBX" or "BX" => "boxes",
        "XPK" or "PK" => "packs",
        "LS" => "lump sum",
        "P1" => "%",
        _ => code,
    };

    /// <summary>Of UNTDID 4461.</summary>
    public static string? Means(string? code) => code switch
    {
        null or "1" or "ZZZ" => null,
        "10" => "Cash",
        "20" => "Cheque",
        "30" or "31" or "42" or "58" => "Credit transfer",
        "48" or "54" or "55" => "Card",
        "49" or "59" => "Direct debit",
        "57" => "Standing agreement",
        "97" => "Clearing between partners",
        _ => $"Means {code}",
    };

    /// <summary>A rate, and of UNTDID 5305 why there is no tax.</summary>
    public static string Rate(string? category, decimal? percent) => category switch
    {
        "AE" => "Reverse charge",
        "K" => "Within the EU",
        "G" => "Export",
        "O" => "Out of scope",
        "E" => "Exempt",
        _ => percent is { } rate ? $"{Number(rate)}%" : "–",
    };

    public static string Number(decimal number) => number.ToString("#,##0.########", CultureInfo.GetCultureInfo("en-GB")).Replace('-', '−');

    /// <summary>To the penny, or as exact as it is stated.</summary>
    public static string Price(decimal price) => price.ToString("#,##0.00######", CultureInfo.GetCultureInfo("en-GB")).Replace('-', '−');

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
