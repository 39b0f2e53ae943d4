using System.Text;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Intake.Structured;

public sealed class StructuredReaderTests
{
    private static readonly DrawnInvoice Drawn = new() { Discount = 5 };

    public static TheoryData<string> Vocabularies => ["UBL", "CII"];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Every_field_is_read_as_it_is_stated(string vocabulary)
    {
        var invoice = Read(Xml(Drawn, vocabulary));

        Assert.Equal(("N-2026-118", new DateOnly(2026, 11, 2), new DateOnly(2026, 12, 2), "GBP", "380", false), (invoice.Number, invoice.Date, invoice.DueDate, invoice.Currency, invoice.TypeCode, invoice.IsCreditNote));
        Assert.Equal(("Northgate Stationers Ltd", "GB123456789", "Marsh & Daughters Ltd"), (invoice.Seller!.Name, invoice.Seller.VatId, invoice.Buyer!.Name));
        Assert.Equal(("1 High Street", "YO1 7HH", "York", "GB"), (Assert.Single(invoice.Seller.Address.Lines), invoice.Seller.Address.PostCode, invoice.Seller.Address.City, invoice.Seller.Address.Country));
        Assert.Equal(("PO-77", "GB33BUKB20201555555555", "N-2026-118"), (invoice.OrderReference, Assert.Single(invoice.Payments).Account, invoice.Payments[0].Reference));
        Assert.Equal((125.50m, 120.50m, 19.20m, 139.70m, 139.70m), (invoice.Totals.Lines, invoice.Totals.Net, invoice.Totals.Tax, invoice.Totals.Total, invoice.Totals.Payable));
        Assert.Equal([(20m, 96.00m, 19.20m), (0m, 24.50m, 0m)], invoice.Taxes.Select(t => (t.Percent!.Value, t.Net!.Value, t.Tax!.Value)));
        Assert.Equal([("Copier paper A4", 10m, 3.95m, 39.50m, 20m), ("Books on paper", 2m, 12.25m, 24.50m, 0m), ("Toner", 1m, 61.5m, 61.50m, 20m)],
            invoice.Lines.Select(l => (l.Name!, l.Quantity!.Value, l.Price!.Value, l.Net!.Value, l.Percent!.Value)));
        Assert.Equal(("Loyalty", -5m), (Assert.Single(invoice.Adjustments).Reason, invoice.Adjustments[0].Effect));
        Assert.Empty(SumChecks.Of(invoice));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Lines_and_the_discount_come_to_the_total(string vocabulary)
    {
        var (drafts, whyNot) = StructuredLines.Of(Read(Xml(Drawn, vocabulary)));

        Assert.Null(whyNot);
        Assert.Equal([(10m, 3.95m), (2m, 12.25m), (1m, 61.5m), (1m, -5m)], drafts.Select(d => (d.Quantity, d.UnitPrice)));
        Assert.Equal(139.70m, drafts.Sum(d => d.Net + d.Tax));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void What_no_invoice_states_is_not_believed(string vocabulary)
    {
        var invoice = Read(Xml(new DrawnInvoice { Seller = new string('x', 101), Date = new(1889, 11, 2), DueDate = new(2101, 1, 1), StatedTotal = 9_999_999_999_999_999_999_999_999_999m }, vocabulary));
        var values = StructuredValues.Of(invoice, PaperReading.Nothing);

        Assert.Null(invoice.Totals.Total);
        Assert.Equal((null, null, null), (values.Supplier, values.Date, values.DueDate));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void A_rate_that_is_reversed_or_exempt_is_none_of_the_countrys_own(string vocabulary)
    {
        var work = new DrawnInvoice { Lines = [new("Building work", 1, 100, 0)] };
        foreach (var category in new[] { "AE", "E", "G", "O", "K" })
            Assert.False(Assert.Single(StructuredLines.Of(Read(Xml(work with { TaxCategory = category }, vocabulary))).Drafts).HasPlainRate);
        Assert.True(Assert.Single(StructuredLines.Of(Read(Xml(work, vocabulary))).Drafts).HasPlainRate);
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void A_credit_note_is_one_by_its_type_code(string vocabulary) =>
        Assert.True(Read(Xml(Drawn with { TypeCode = "381" }, vocabulary)).IsCreditNote);

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void What_takes_something_back_becomes_lines_of_a_credit_note(string vocabulary)
    {
        var invoice = Read(Xml(new DrawnInvoice { Lines = [new("Toner returned", -2, 61.5m, 20)] }, vocabulary));

        Assert.True(StructuredValues.IsCredit(invoice));
        Assert.Equal((2m, 61.5m, 24.60m), (StructuredLines.Of(invoice).Drafts.Single() is var line ? (line.Quantity, line.UnitPrice, line.Tax) : default));
    }

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void A_total_that_does_not_add_up_is_said_and_no_amount_is_taken_over(string vocabulary)
    {
        var invoice = Read(Xml(Drawn with { StatedTotal = 150m }, vocabulary));

        Assert.Equal(("BR-CO-15", "Amount before tax and tax come to 139.70; the total is stated as 150.00."), (SumChecks.Of(invoice)[0].Rule, SumChecks.Of(invoice)[0].Sentence));
        var values = StructuredValues.Of(invoice, DextSage.Integration.Intake.PaperReading.Nothing);
        Assert.Equal((null, null, null), (values.Total, values.Tax, values.Net));
        Assert.Equal("N-2026-118", values.Reference!.Value);
        Assert.Equal((0, "The e-invoice does not add up."), (StructuredLines.Of(invoice).Drafts.Count, StructuredLines.Of(invoice).WhyNot));
    }

    [Fact]
    public void What_is_stated_twice_and_differently_is_not_read()
    {
        var twice = Drawn.UblText().Replace("<cbc:ID>N-2026-118</cbc:ID>", "<cbc:ID>N-2026-118</cbc:ID><cbc:ID>N-2026-119</cbc:ID>", StringComparison.Ordinal);
        Assert.Null(Read(Encoding.UTF8.GetBytes(twice)).Number);
    }

    [Fact]
    public void Amounts_in_another_currency_than_the_documents_are_not_its_amounts()
    {
        var other = Drawn.UblText().Replace("<cbc:TaxInclusiveAmount currencyID=\"GBP\"", "<cbc:TaxInclusiveAmount currencyID=\"EUR\"", StringComparison.Ordinal);
        Assert.Null(Read(Encoding.UTF8.GetBytes(other)).Totals.Total);
    }

    [Theory]
    [InlineData("2026-11-02Z")]
    [InlineData("2026-11-02+01:00")]
    public void The_offset_of_a_day_does_not_move_it(string day) =>
        Assert.Equal(Drawn.Date, Read(Encoding.UTF8.GetBytes(Drawn.UblText().Replace("2026-11-02", day, StringComparison.Ordinal))).Date);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Other_encodings_are_read_by_their_mark(string encoding)
    {
        var coded = Encoding.GetEncoding(encoding);
        Assert.Equal("Copier paper A4", Read([.. coded.GetPreamble(), .. coded.GetBytes(Drawn.UblText().Replace("UTF-8", "UTF-16", StringComparison.Ordinal))]).Lines[0].Name);
    }

    [Fact]
    public void An_invoice_in_its_envelope_is_found()
    {
        var inner = Drawn.UblText()[Drawn.UblText().IndexOf("<Invoice", StringComparison.Ordinal)..];
        Assert.Equal("N-2026-118", Read(Encoding.UTF8.GetBytes($"<StandardBusinessDocument xmlns=\"urn:x\"><Header/>{inner}</StandardBusinessDocument>")).Number);
    }

    [Fact]
    public void A_document_type_is_refused_with_whatever_it_would_unfold_or_fetch()
    {
        foreach (var trap in new[]
        {
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>",
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\">",
        })
            Assert.Equal(StructuredTrouble.HasDocumentType, Trouble(Drawn.UblText().Replace("?>", "?>" + trap, StringComparison.Ordinal)));
    }

    [Fact]
    public void Depth_and_number_of_elements_have_bounds_and_other_xml_is_no_invoice()
    {
        Assert.Equal(StructuredTrouble.TooMuch, Trouble(string.Concat(Enumerable.Repeat("<a>", 100_000))));
        Assert.Equal(StructuredTrouble.TooMuch, Trouble("<a>" + string.Concat(Enumerable.Repeat("<b/>", 200_001)) + "</a>"));
        Assert.Equal(StructuredTrouble.NotAnInvoice, Trouble("<?xml version=\"1.0\"?><Order/>"));
        Assert.Equal(StructuredTrouble.Damaged, Trouble(Drawn.UblText()[..^20]));
        Assert.Equal(StructuredTrouble.NotXml, Trouble("<"));
    }

    [Fact]
    public void A_flood_of_rates_and_lines_is_summed_in_one_pass_and_told_in_a_few_sentences()
    {
        var rates = string.Concat(Enumerable.Range(0, 30_000).Select(n => $"<cac:TaxSubtotal><cbc:TaxableAmount>{n + 7}</cbc:TaxableAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{n}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>"));
        var lines = string.Concat(Enumerable.Range(0, 8_000).Select(n => $"<cac:InvoiceLine><cac:Item><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{n}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"));
        var flood = new DrawnInvoice { Lines = [new("Toner", 1, 61.5m, 20)] }.UblText().Replace("</cac:TaxSubtotal></cac:TaxTotal>", "</cac:TaxSubtotal>" + rates + "</cac:TaxTotal>", StringComparison.Ordinal)
            .Replace("</Invoice>", lines + "</Invoice>", StringComparison.Ordinal);

        var invoice = Read(Encoding.UTF8.GetBytes(flood));

        Assert.Equal((30_001, 8_001), (invoice.Taxes.Count, invoice.Lines.Count));
        Assert.Equal(SumChecks.Most, SumChecks.Of(invoice).Count);
    }

    private static StructuredTrouble Trouble(string xml) => StructuredReader.Read(Encoding.UTF8.GetBytes(xml)).Trouble;

    private static StructuredInvoice Read(byte[] xml)
    {
        var (invoice, trouble) = StructuredReader.Read(xml);
        Assert.Equal(StructuredTrouble.None, trouble);
        return invoice!;
    }

    private static byte[] Xml(DrawnInvoice invoice, string vocabulary) => vocabulary == "UBL" ? invoice.Ubl() : invoice.Cii();
}
