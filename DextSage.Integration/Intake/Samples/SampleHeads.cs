namespace DextSage.Integration.Intake.Samples;

/// <summary>Where the lines of an invoice go, and in what ink.</summary>
internal sealed record SampleFrame(double Left, double Right, double Top, Ink Ink);

/// <summary>The five layouts down to the first line: letterhead, who it is billed to, number and dates.</summary>
internal static class SampleHeads
{
    private static readonly string[] Customer = ["Marsh & Daughters Ltd", "22 Mill Lane", "Hebden Bridge HX7 0ZZ"];

    public static SampleFrame Draw(SampleSheet sheet, SampleInvoice invoice)
    {
        var ink = new Ink(invoice.Colour.Red, invoice.Colour.Green, invoice.Colour.Blue);
        return invoice.Layout switch
        {
            SampleLayout.Band => Band(sheet, invoice, ink),
            SampleLayout.Letter => Letter(sheet, invoice, ink),
            SampleLayout.Panel => Panel(sheet, invoice, ink),
            SampleLayout.Compact => Compact(sheet, invoice, ink),
            _ => Classic(sheet, invoice, ink),
        };
    }

    private static SampleFrame Classic(SampleSheet sheet, SampleInvoice invoice, Ink ink)
    {
        const double Left = SampleSheet.Margin, Right = SampleSheet.Right;
        sheet.Text(invoice.Supplier, Left, 772, 20, ink, Face.Bold).Text(invoice.Strapline, Left, 755, 9.5, Ink.Grey);
        for (var line = 0; line < invoice.Address.Length; line++) sheet.TextTo(invoice.Address[line], Right, 776 - (line * 13), 9, Ink.Grey);
        sheet.Rule(Left, Right, 736, ink, 1.5).Text("Invoice", Left, 694, 18, Ink.Black);
        BillTo(sheet, Left, 660);
        Pairs(sheet, 345, Right, 660, [("Invoice number", invoice.Reference), ("Invoice date", SampleDrawing.Date(invoice.Date)), ("Due date", SampleDrawing.Date(invoice.DueDate))]);
        return new SampleFrame(Left, Right, 565, ink);
    }

    private static SampleFrame Band(SampleSheet sheet, SampleInvoice invoice, Ink ink)
    {
        const double Left = SampleSheet.Margin, Right = SampleSheet.Right;
        sheet.Box(0, 732, SampleSheet.Width, 110, ink)
            .Text(invoice.Supplier, Left, 786, 22, Ink.White, Face.Bold).Text(invoice.Strapline, Left, 766, 10, Ink.White);
        for (var line = 0; line < invoice.Address.Length; line++) sheet.TextTo(invoice.Address[line], Right, 792 - (line * 13), 9, Ink.White);
        Stacked(sheet, Left, 692, "Bill number", invoice.Reference);
        Stacked(sheet, 190, 692, "Bill date", SampleDrawing.Date(invoice.Date));
        Stacked(sheet, 335, 692, "Payment due", SampleDrawing.Date(invoice.DueDate));
        sheet.Rule(Left, Right, 658, Ink.Line);
        BillTo(sheet, Left, 632);
        return new SampleFrame(Left, Right, 540, ink);
    }

    private static SampleFrame Letter(SampleSheet sheet, SampleInvoice invoice, Ink ink)
    {
        const double Left = SampleSheet.Margin + 20, Right = SampleSheet.Right - 20;
        sheet.Centred(invoice.Supplier, 772, 24, ink).Centred(invoice.Strapline, 753, 10.5, Ink.Grey, Face.Italic)
            .Centred(string.Join(", ", invoice.Address), 737, 9.5, Ink.Grey)
            .Rule(257, 338, 722, ink);
        BillTo(sheet, Left, 676);
        Pairs(sheet, Right - 200, Right, 676, [("Invoice no.", invoice.Reference), ("Tax point", SampleDrawing.Date(invoice.Date)), ("Payment due by", SampleDrawing.Date(invoice.DueDate))]);
        sheet.Text("For professional services", Left, 592, 13, Ink.Black, Face.Italic);
        return new SampleFrame(Left, Right, 560, ink);
    }

    private static SampleFrame Panel(SampleSheet sheet, SampleInvoice invoice, Ink ink)
    {
        const double Left = SampleSheet.Margin, Right = SampleSheet.Right;
        sheet.Text(invoice.Supplier, Left, 776, 19, ink, Face.Bold).Text(invoice.Strapline, Left, 759, 9.5, Ink.Grey);
        for (var line = 0; line < invoice.Address.Length; line++) sheet.Text(invoice.Address[line], Left, 738 - (line * 13), 9, Ink.Grey);
        sheet.Box(345, 640, Right - 345, 162, ink.Tint(0.1)).Text("VAT invoice", 361, 774, 14, ink, Face.Bold);
        Stacked(sheet, 361, 748, "Invoice number", invoice.Reference);
        Stacked(sheet, 361, 712, "Date of issue", SampleDrawing.Date(invoice.Date));
        Stacked(sheet, 361, 676, "Pay by", SampleDrawing.Date(invoice.DueDate));
        BillTo(sheet, Left, 690);
        return new SampleFrame(Left, Right, 596, ink);
    }

    private static SampleFrame Compact(SampleSheet sheet, SampleInvoice invoice, Ink ink)
    {
        const double Left = SampleSheet.Margin, Right = SampleSheet.Right;
        sheet.Box(Left, 800, Right - Left, 5, ink)
            .Text(invoice.Supplier, Left, 764, 21, ink, Face.Bold)
            .Text($"{invoice.Strapline}  ·  {string.Join(", ", invoice.Address)}", Left, 746, 9, Ink.Grey)
            .Rule(Left, Right, 728, Ink.Line);
        var x = Left;
        foreach (var (label, value, width) in new[]
        {
            ("Invoice no:", invoice.Reference, 125d), ("Date:", SampleDrawing.Date(invoice.Date), 175d), ("Due date:", SampleDrawing.Date(invoice.DueDate), 0d),
        })
        {
            sheet.Text(label, x, 708, 9.5, Ink.Grey).Text(value, x + 8 + (label.Length * 4.6), 708, 9.5, Ink.Black, Face.Bold);
            x += width;
        }

        sheet.Rule(Left, Right, 694, Ink.Line);
        BillTo(sheet, Left, 664);
        return new SampleFrame(Left, Right, 572, ink);
    }

    private static void BillTo(SampleSheet sheet, double left, double y)
    {
        sheet.Text("Bill to", left, y, 9, Ink.Grey);
        for (var line = 0; line < Customer.Length; line++)
            sheet.Text(Customer[line], left, y - 16 - (line * 13), 10, Ink.Black, line == 0 ? Face.Bold : Face.Plain);
    }

    private static void Pairs(SampleSheet sheet, double left, double right, double y, (string Label, string Value)[] pairs)
    {
        foreach (var (label, value) in pairs)
        {
            sheet.Text(label, left, y, 9.5, Ink.Grey).TextTo(value, right, y, 9.5, Ink.Black, Face.Bold);
            y -= 17;
        }
    }

    private static void Stacked(SampleSheet sheet, double left, double y, string label, string value) =>
        sheet.Text(label, left, y, 8.5, Ink.Grey).Text(value, left, y - 15, 11, Ink.Black, Face.Bold);
}
