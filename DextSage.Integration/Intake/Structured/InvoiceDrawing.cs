using System.Globalization;
using DextSage.Integration.Intake.Samples;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Draws an electronic invoice without pages as a PDF to be attached in Sage, which takes no XML. The same invoice gives the same bytes.</summary>
internal static class InvoiceDrawing
{
    /// <summary>Lines drawn; how many more there are is said.</summary>
    private const int MostLines = 400;

    /// <summary>The same of everything else, and of what a single line has.</summary>
    private const int Most = 20, MostOfLine = 5;

    private const double Left = InvoiceSheets.Left, Right = InvoiceSheets.Right, Middle = 320;
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static byte[] Draw(StructuredInvoice invoice)
    {
        using var document = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        var sheets = new InvoiceSheets(document);
        Head(sheets, invoice);
        Lines(sheets, invoice);
        Sums(sheets, invoice);
        Payment(sheets, invoice);
        sheets.Down(30, needs: 12);
        sheets.Write("Drawn by DextSage from the electronic invoice (XML), which is what counts, and is kept there.", Left, 7.5, Ink.Grey);
        return PdfId.Steady(document.Build());
    }

    private static void Head(InvoiceSheets sheets, StructuredInvoice invoice)
    {
        sheets.Write(invoice.IsCreditNote ? "Credit note" : "Invoice", Left, 20, Ink.Black, Face.Bold);
        sheets.WriteTo(invoice.Number, Right, 14, Ink.Black, Face.Bold, width: 330);
        sheets.Down(34);
        var top = sheets.Y;
        var left = Party(sheets, "From", invoice.Seller, Left);
        sheets.To(top);
        var right = Party(sheets, "To", invoice.Buyer, Middle);
        sheets.To(Math.Min(left, right));
        sheets.Down(8);
        foreach (var (name, value) in new[]
        {
            ("Date", Day(invoice.Date)), ("Due", Day(invoice.DueDate)), ("Currency", invoice.Currency), ("Buyer's reference", invoice.BuyerReference), ("Order", invoice.OrderReference),
            ("Contract", invoice.ContractReference), ("Corrects", invoice.Corrects.Count == 0 ? null : string.Join(", ", invoice.Corrects.Take(10))),
        })
        {
            if (value is null) continue;
            sheets.Write(name, Left, 9, Ink.Grey);
            sheets.Write(value, Left + 110, 9, Ink.Black, width: Right - Left - 110);
            sheets.Down(14);
        }
    }

    private static double Party(InvoiceSheets sheets, string title, StructuredParty? party, double x)
    {
        const double Width = 225;
        sheets.Write(title, x, 8, Ink.Grey);
        sheets.Down(15);
        foreach (var name in party?.Names ?? ["not stated"]) Line(name, Face.Bold);
        foreach (var line in party?.Address.Lines.Take(4) ?? []) Line(line);
        Line(Joined(party?.Address.PostCode, party?.Address.City, party?.Address.Region, party?.Address.Country));
        Line(Named("VAT", party?.VatId));
        Line(Named("Tax number", party?.TaxNumber));
        Line(Named("Registered", party?.RegistrationId));
        Line(party?.Email);
        return sheets.Y;

        void Line(string? text, Face face = Face.Plain)
        {
            if (string.IsNullOrWhiteSpace(text)) return;
            sheets.Write(text, x, 9, Ink.Black, face, Width);
            sheets.Down(13);
        }
    }

    private static void Lines(InvoiceSheets sheets, StructuredInvoice invoice)
    {
        const double Quantity = 370, Price = 430, Rate = 475;
        sheets.Down(16, needs: 40);
        Headings();
        foreach (var line in invoice.Lines.Take(MostLines))
        {
            if (sheets.Down(18, needs: 24)) Headings();
            if (!line.IsRemark)
            {
                sheets.WriteTo(Joined(Number(line.Quantity), line.Unit is "C62" or "H87" or "EA" ? null : line.Unit), Quantity, 9, Ink.Black);
                sheets.WriteTo(line.PriceQuantity is { } per && per != 1 ? $"{Money(line.Price)} / {Number(per)}" : Money(line.Price), Price, 9, Ink.Black);
                sheets.WriteTo(line.Percent is { } rate ? $"{Number(rate)}%" : line.Category, Rate, 9, Ink.Black);
                sheets.WriteTo(Money(line.Net), Right, 9, Ink.Black);
            }

            var words = Joined(line.Name, line.Description is { } more && more != line.Name ? more : null);
            sheets.Wrap(words, Left, 9, line.IsRemark ? Ink.Grey : Ink.Black, width: 265, most: 4);
            foreach (var part in line.Adjustments.Take(MostOfLine)) Adjusted(sheets, part, Left + 10);
            More(sheets, line.Adjustments.Count - MostOfLine, "allowances and charges", Left + 10);
            sheets.Sheet.Rule(Left, Right, sheets.Y - 5, Ink.Line, 0.5);
        }

        More(sheets, invoice.Lines.Count - MostLines, "lines", Left);

        void Headings()
        {
            sheets.Write("Description", Left, 8, Ink.Grey);
            sheets.WriteTo("Quantity", Quantity, 8, Ink.Grey);
            sheets.WriteTo("Price", Price, 8, Ink.Grey);
            sheets.WriteTo("Tax", Rate, 8, Ink.Grey);
            sheets.WriteTo("Net", Right, 8, Ink.Grey);
            sheets.Sheet.Rule(Left, Right, sheets.Y - 5, Ink.Black, 0.75);
        }
    }

    private static void Adjusted(InvoiceSheets sheets, StructuredAdjustment part, double x)
    {
        sheets.Down(13, needs: 12);
        sheets.Write(part.Reason ?? (part.IsCharge ? "Charge" : "Allowance"), x, 8.5, Ink.Grey, width: 255);
        sheets.WriteTo(Money(part.Effect), Right, 8.5, Ink.Grey);
    }

    private static void Sums(InvoiceSheets sheets, StructuredInvoice invoice)
    {
        sheets.Down(10);
        foreach (var part in invoice.Adjustments.Take(Most)) Adjusted(sheets, part, Left);
        More(sheets, invoice.Adjustments.Count - Most, "allowances and charges", Left);
        sheets.Down(12);
        foreach (var tax in invoice.Taxes.Take(Most)) Sum($"{(tax.Percent is { } rate ? $"Tax at {Number(rate)}%" : $"Tax {tax.Category}")} on {Money(tax.Net)}", tax.Tax);
        More(sheets, invoice.Taxes.Count - Most, "tax rates", Middle);
        Sum("Net", invoice.Totals.Net);
        Sum("Tax", invoice.Totals.Tax);
        Sum("Total", invoice.Totals.Total, Face.Bold);
        Sum("Paid before", invoice.Totals.Prepaid is 0 ? null : invoice.Totals.Prepaid);
        Sum("Rounding", invoice.Totals.Rounding is 0 ? null : invoice.Totals.Rounding);
        Sum("To pay", invoice.Totals.Payable, Face.Bold);

        void Sum(string name, decimal? amount, Face face = Face.Plain)
        {
            if (amount is null) return;
            sheets.Down(15, needs: 12);
            sheets.Write(name, Middle, 9.5, face is Face.Bold ? Ink.Black : Ink.Grey, face, width: 150);
            sheets.WriteTo(Joined(face is Face.Bold ? invoice.Currency : null, Money(amount)), Right, 9.5, Ink.Black, face);
        }
    }

    private static void Payment(InvoiceSheets sheets, StructuredInvoice invoice)
    {
        sheets.Down(16);
        Say(Named("Payment terms", invoice.PaymentTerms));
        Say(Named("Paid to", invoice.Payee?.Names.FirstOrDefault()));
        foreach (var payment in invoice.Payments.Take(MostOfLine)) Say(Joined(payment.AccountName, payment.Account, payment.Bic, payment.Reference));
        More(sheets, invoice.Payments.Count - MostOfLine, "ways to pay", Left);
        foreach (var tax in invoice.Taxes.Take(Most)) Say(tax.Reason);
        foreach (var note in invoice.Notes.Take(Most)) Say(note);
        More(sheets, invoice.Notes.Count - Most, "notes", Left);

        void Say(string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return;
            sheets.Down(14, needs: 50);
            sheets.Wrap(text, Left, 8.5, Ink.Grey, Right - Left, most: 4);
        }
    }

    private static void More(InvoiceSheets sheets, int left, string what, double x)
    {
        if (left <= 0) return;
        sheets.Down(15, needs: 12);
        sheets.Write(string.Create(English, $"... and {left:N0} more {what}, which the electronic invoice states."), x, 8.5, Ink.Grey);
    }

    private static string? Named(string name, string? value) => string.IsNullOrWhiteSpace(value) ? null : $"{name}: {value}";

    private static string Joined(params string?[] parts) => string.Join(' ', parts.Where(p => !string.IsNullOrWhiteSpace(p)));

    private static string? Day(DateOnly? day) => day?.ToString("d MMMM yyyy", English);

    private static string? Money(decimal? amount) => amount?.ToString("#,##0.00######", English);

    private static string? Number(decimal? number) => number?.ToString("#,##0.########", English);
}
