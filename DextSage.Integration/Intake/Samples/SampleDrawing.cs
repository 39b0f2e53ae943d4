using System.Globalization;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Samples;

/// <summary>Draws an invoice: the head of its layout, then lines, totals, how to pay, and a foot that says what it is.</summary>
internal static class SampleDrawing
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static byte[] Draw(SampleInvoice invoice, string currency)
    {
        using var document = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        var sheet = new SampleSheet(document, serif: invoice.Layout == SampleLayout.Letter);
        var frame = SampleHeads.Draw(sheet, invoice);
        var below = DrawLines(sheet, invoice, currency, frame);
        DrawTotals(sheet, invoice, currency, frame, below);
        DrawPayment(sheet, invoice, frame, below);
        DrawFoot(sheet, invoice, frame);
        return PdfId.Steady(document.Build());
    }

    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", English);

    private static string Money(decimal amount, string currency) => currency == "GBP"
        ? "£" + amount.ToString("N2", English)
        : amount.ToString("N2", English);

    private static double DrawLines(SampleSheet sheet, SampleInvoice invoice, string currency, SampleFrame frame)
    {
        const double Row = 22;
        var (left, right, y) = (frame.Left, frame.Right, frame.Top);
        var isFilled = invoice.Layout is SampleLayout.Band or SampleLayout.Panel;
        var ink = isFilled ? Ink.White : frame.Ink;
        if (isFilled) sheet.Box(left, y - 7, right - left, Row, frame.Ink);
        var (first, last) = isFilled ? (left + 8, right - 8) : (left, right);
        var (quantity, price) = (last - 150, last - 75);
        sheet.Text("Description", first, y, 9, ink, Face.Bold).TextTo("Quantity", quantity, y, 9, ink, Face.Bold)
            .TextTo("Price", price, y, 9, ink, Face.Bold).TextTo("Amount", last, y, 9, ink, Face.Bold);
        if (!isFilled) sheet.Rule(left, right, y - 7, frame.Ink, 1);
        foreach (var line in invoice.Lines)
        {
            y -= Row;
            sheet.Text(line.Description, first, y, 9.5, Ink.Black)
                .TextTo(line.Quantity.ToString(English), quantity, y, 9.5, Ink.Black)
                .TextTo(Money(line.UnitPrice, currency), price, y, 9.5, Ink.Black)
                .TextTo(Money(line.Net, currency), last, y, 9.5, Ink.Black);
            sheet.Rule(left, right, y - 7, Ink.Line, 0.5);
        }

        return y - 34;
    }

    private static void DrawTotals(SampleSheet sheet, SampleInvoice invoice, string currency, SampleFrame frame, double y)
    {
        var inset = invoice.Layout is SampleLayout.Band or SampleLayout.Panel ? 8 : 0;
        var (left, right) = (frame.Right - 190, frame.Right - inset);
        var rate = invoice.VatRate.ToString("0.##", English);
        var (net, vat, total) = invoice.Layout switch
        {
            SampleLayout.Band => ("Total before VAT", $"VAT at {rate}%", "Total including VAT"),
            SampleLayout.Letter => ("Net", $"VAT @ {rate}%", "Total due"),
            SampleLayout.Panel => ("Net amount", $"VAT {rate}%", "Amount due"),
            SampleLayout.Compact => ("Subtotal", $"VAT ({rate}%)", "Total"),
            _ => ("Subtotal", $"VAT at {rate}%", "Total due"),
        };
        sheet.Text(net, left, y, 9.5, Ink.Grey).TextTo(Money(invoice.Net, currency), right, y, 9.5, Ink.Black)
            .Text(vat, left, y - 18, 9.5, Ink.Grey).TextTo(Money(invoice.Vat, currency), right, y - 18, 9.5, Ink.Black);
        var due = y - 46;
        if (inset > 0) sheet.Box(left - 10, due - 10, frame.Right - left + 10, 30, frame.Ink.Tint(0.1));
        else sheet.Rule(left, right, due + 18, frame.Ink, 1);
        var sum = currency == "GBP" ? Money(invoice.Total, currency) : $"{currency} {Money(invoice.Total, currency)}";
        sheet.Text(total, left, due, 12, frame.Ink, Face.Bold).TextTo(sum, right, due, 12, frame.Ink, Face.Bold);
    }

    private static void DrawPayment(SampleSheet sheet, SampleInvoice invoice, SampleFrame frame, double y)
    {
        sheet.Text("How to pay", frame.Left, y, 9.5, frame.Ink, Face.Bold)
            .Text("Bank transfer, quoting " + invoice.Reference, frame.Left, y - 16, 9, Ink.Grey)
            .Text("Sort code 00-00-00", frame.Left, y - 29, 9, Ink.Grey)
            .Text("Account 00000000", frame.Left, y - 42, 9, Ink.Grey);
    }

    private static void DrawFoot(SampleSheet sheet, SampleInvoice invoice, SampleFrame frame)
    {
        sheet.Rule(frame.Left, frame.Right, 74, Ink.Line, 0.5)
            .Text($"{invoice.Supplier}  ·  VAT registration {invoice.VatNumber}", frame.Left, 60, 8, Ink.Grey)
            .Text(invoice.Contact, frame.Left, 48, 8, Ink.Grey)
            .TextTo("SAMPLE", frame.Right, 60, 8, Ink.Grey, Face.Bold)
            .TextTo("Made up to try things out with. Not a real invoice.", frame.Right, 48, 7, Ink.Grey);
    }
}
