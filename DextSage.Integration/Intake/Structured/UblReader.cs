namespace DextSage.Integration.Intake.Structured;

/// <summary>UBL 2.1, Invoice and CreditNote, as EN 16931 binds them (CEN/TS 16931-3-2), Peppol BIS Billing 3 and XRechnung among them.</summary>
internal static class UblReader
{
    public static StructuredInvoice Read(XmlTag root)
    {
        var isCreditNote = root.Name == "CreditNote";
        var currency = XmlValues.Currency(root.Text("DocumentCurrencyCode"));
        var typeCode = root.Text("InvoiceTypeCode|CreditNoteTypeCode");
        // The tax in the accounting currency stands beside it, without a breakdown.
        var tax = root.All("TaxTotal").Where(t => t.Money("TaxAmount", currency) is not null).ToList() is [var only] ? only : null;
        var totals = root.At("LegalMonetaryTotal");
        return new StructuredInvoice
        {
            Syntax = StructuredSyntax.Ubl,
            Profile = root.Text("CustomizationID"),
            TypeCode = typeCode,
            IsCreditNote = isCreditNote || TypeCodes.IsCreditNote(typeCode),
            Number = root.Text("ID"),
            Date = XmlValues.Day(root.Text("IssueDate")),
            DueDate = XmlValues.Day(root.Text("DueDate")) ?? Only(root.All("PaymentMeans").Select(p => XmlValues.Day(p.Text("PaymentDueDate")))),
            Currency = currency,
            Seller = Party(root.At("AccountingSupplierParty", "Party")),
            Buyer = Party(root.At("AccountingCustomerParty", "Party")),
            Payee = Party(root.At("PayeeParty")),
            BuyerReference = root.Text("BuyerReference"),
            OrderReference = root.Text("OrderReference", "ID"),
            ContractReference = root.Text("ContractDocumentReference", "ID"),
            Corrects = [.. root.All("BillingReference").Select(b => b.Text("InvoiceDocumentReference", "ID")).OfType<string>()],
            Notes = [.. root.All("Note").Select(n => n.Said).OfType<string>()],
            PaymentTerms = root.Text("PaymentTerms", "Note"),
            Payments = [.. root.All("PaymentMeans").Select(Payment)],
            Lines = [.. root.All("InvoiceLine|CreditNoteLine").Select(l => Line(l, currency))],
            Adjustments = [.. root.All("AllowanceCharge").Select(a => Adjustment(a, currency))],
            Taxes = [.. (tax?.All("TaxSubtotal") ?? []).Select(t => Tax(t, currency))],
            Totals = new StructuredTotals(
                Of("LineExtensionAmount"), Of("AllowanceTotalAmount"), Of("ChargeTotalAmount"), Of("TaxExclusiveAmount"), tax?.Money("TaxAmount", currency),
                Of("TaxInclusiveAmount"), Of("PrepaidAmount"), Of("PayableRoundingAmount"), Of("PayableAmount")),
        };

        decimal? Of(string name) => totals?.Money(name, currency);
    }

    private static StructuredParty? Party(XmlTag? party)
    {
        if (party is null) return null;
        var trading = party.Text("PartyName", "Name");
        var address = party.At("PostalAddress");
        return new StructuredParty(
            party.Text("PartyLegalEntity", "RegistrationName") ?? trading, trading,
            Scheme(isVat: true), Scheme(isVat: false), party.Text("PartyLegalEntity", "CompanyID"),
            new StructuredAddress(
                [.. new[] { address?.Text("StreetName"), address?.Text("AdditionalStreetName"), address?.Text("AddressLine", "Line") }.OfType<string>()],
                address?.Text("PostalZone"), address?.Text("CityName"), address?.Text("CountrySubentity"), address?.Text("Country", "IdentificationCode")),
            party.Text("Contact", "ElectronicMail"));

        string? Scheme(bool isVat) => party.All("PartyTaxScheme").FirstOrDefault(s => s.Text("TaxScheme", "ID") is "VAT" == isVat)?.Text("CompanyID");
    }

    private static StructuredPayment Payment(XmlTag means) => new(
        means.Text("PaymentMeansCode"), means.Text("PayeeFinancialAccount", "ID"), means.Text("PayeeFinancialAccount", "Name"),
        means.Text("PayeeFinancialAccount", "FinancialInstitutionBranch", "ID"), means.Text("PaymentID"));

    private static StructuredLine Line(XmlTag line, string? currency)
    {
        var quantity = line.At("InvoicedQuantity|CreditedQuantity");
        var price = line.At("Price");
        var item = line.At("Item");
        var tax = item?.At("ClassifiedTaxCategory");
        return new StructuredLine(
            line.Text("ID"), item?.Text("Name"), item?.Text("Description"),
            line.Number("InvoicedQuantity|CreditedQuantity"), quantity?.Attribute("unitCode"),
            price?.Money("PriceAmount", currency), price?.Number("BaseQuantity"), line.Money("LineExtensionAmount", currency),
            tax?.Text("ID"), tax?.Number("Percent"),
            [.. line.All("AllowanceCharge").Select(a => Adjustment(a, currency))]);
    }

    private static StructuredAdjustment Adjustment(XmlTag adjustment, string? currency) => new(
        adjustment.Text("ChargeIndicator") is "true" or "1", adjustment.Money("Amount", currency), adjustment.Text("AllowanceChargeReason"),
        adjustment.Text("TaxCategory", "ID"), adjustment.Number("TaxCategory", "Percent"));

    private static StructuredTax Tax(XmlTag tax, string? currency) => new(
        tax.Money("TaxableAmount", currency), tax.Money("TaxAmount", currency), tax.Text("TaxCategory", "ID"), tax.Number("TaxCategory", "Percent"),
        tax.Text("TaxCategory", "TaxExemptionReason"));

    private static DateOnly? Only(IEnumerable<DateOnly?> days) => days.OfType<DateOnly>().Distinct().Take(2).ToList() is [var only] ? only : null;
}
