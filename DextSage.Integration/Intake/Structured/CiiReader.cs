namespace DextSage.Integration.Intake.Structured;

/// <summary>
/// UN/CEFACT's Cross Industry Invoice D16B as EN 16931 binds it (CEN/TS 16931-3-3), Factur-X, ZUGFeRD 2 and XRechnung among them, and its forerunner ZUGFeRD 1.
/// Where the two name a thing differently, both names stand here, the present one first.
/// </summary>
internal static class CiiReader
{
    public static StructuredInvoice Read(XmlTag root)
    {
        var document = root.At("ExchangedDocument|HeaderExchangedDocument");
        var trade = root.At("SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction");
        var agreement = trade?.At("ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement");
        var settlement = trade?.At("ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement");
        var currency = XmlValues.Currency(settlement?.Text("InvoiceCurrencyCode"));
        var typeCode = document?.Text("TypeCode");
        var reference = settlement?.Text("PaymentReference");
        return new StructuredInvoice
        {
            Syntax = StructuredSyntax.Cii,
            Profile = root.Text("ExchangedDocumentContext|SpecifiedExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter", "ID"),
            TypeCode = typeCode,
            IsCreditNote = TypeCodes.IsCreditNote(typeCode),
            Number = document?.Text("ID"),
            Date = XmlValues.CompactDay(document?.At("IssueDateTime")),
            DueDate = DueDate(settlement),
            Currency = currency,
            Seller = Party(agreement?.At("SellerTradeParty")),
            Buyer = Party(agreement?.At("BuyerTradeParty")),
            Payee = Party(settlement?.At("PayeeTradeParty")),
            BuyerReference = agreement?.Text("BuyerReference"),
            OrderReference = agreement?.Text("BuyerOrderReferencedDocument", "IssuerAssignedID|ID"),
            ContractReference = agreement?.Text("ContractReferencedDocument", "IssuerAssignedID|ID"),
            Corrects = [.. All(settlement, "InvoiceReferencedDocument").Select(d => d.Text("IssuerAssignedID|ID")).OfType<string>()],
            Notes = [.. All(document, "IncludedNote").SelectMany(n => n.All("Content")).Select(n => n.Said).OfType<string>()],
            PaymentTerms = All(settlement, "SpecifiedTradePaymentTerms").Select(t => t.Text("Description")).OfType<string>().ToList() is { Count: > 0 } terms ? string.Join(' ', terms) : null,
            Payments = [.. All(settlement, "SpecifiedTradeSettlementPaymentMeans").Select(m => Payment(m, reference))],
            Lines = [.. All(trade, "IncludedSupplyChainTradeLineItem").Select(l => Line(l, currency))],
            Adjustments = [.. All(settlement, "SpecifiedTradeAllowanceCharge").Select(a => Adjustment(a, currency)), .. All(settlement, "SpecifiedLogisticsServiceCharge").Select(c => Logistics(c, currency))],
            Taxes = [.. All(settlement, "ApplicableTradeTax").Select(t => Tax(t, currency))],
            Totals = Totals(settlement?.At("SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"), currency),
        };
    }

    private static StructuredTotals Totals(XmlTag? sums, string? currency)
    {
        return new StructuredTotals(
            Of("LineTotalAmount"), Of("AllowanceTotalAmount"), Of("ChargeTotalAmount"), Of("TaxBasisTotalAmount"), Of("TaxTotalAmount"),
            Of("GrandTotalAmount"), Of("TotalPrepaidAmount"), Of("RoundingAmount"), Of("DuePayableAmount"));

        decimal? Of(string name) => sums?.Money(name, currency);
    }

    // Terms in several parts have a day each, and none of them is the day.
    private static DateOnly? DueDate(XmlTag? settlement) =>
        All(settlement, "SpecifiedTradePaymentTerms").Select(t => XmlValues.CompactDay(t.At("DueDateDateTime"))).OfType<DateOnly>().Distinct().Take(2).ToList() is [var only] ? only : null;

    private static StructuredParty? Party(XmlTag? party)
    {
        if (party is null) return null;
        var address = party.At("PostalTradeAddress");
        return new StructuredParty(
            party.Text("Name"), party.Text("SpecifiedLegalOrganization", "TradingBusinessName"), Registration("VA"), Registration("FC"), party.Text("SpecifiedLegalOrganization", "ID"),
            new StructuredAddress(
                [.. new[] { address?.Text("LineOne"), address?.Text("LineTwo"), address?.Text("LineThree") }.OfType<string>()],
                address?.Text("PostcodeCode"), address?.Text("CityName"), address?.Text("CountrySubDivisionName"), address?.Text("CountryID")),
            party.Text("DefinedTradeContact", "EmailURIUniversalCommunication", "URIID"));

        string? Registration(string scheme) => party.All("SpecifiedTaxRegistration").FirstOrDefault(r => r.At("ID")?.Attribute("schemeID") == scheme)?.Text("ID");
    }

    private static StructuredPayment Payment(XmlTag means, string? reference) => new(
        means.Text("TypeCode"), means.Text("PayeePartyCreditorFinancialAccount", "IBANID") ?? means.Text("PayeePartyCreditorFinancialAccount", "ProprietaryID"),
        means.Text("PayeePartyCreditorFinancialAccount", "AccountName"), means.Text("PayeeSpecifiedCreditorFinancialInstitution", "BICID"), reference);

    private static StructuredLine Line(XmlTag line, string? currency)
    {
        var price = line.At("SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement", "NetPriceProductTradePrice");
        var delivery = line.At("SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery");
        var settlement = line.At("SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement");
        var tax = settlement?.At("ApplicableTradeTax");
        var net = settlement?.At("SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation")?.Money("LineTotalAmount", currency);
        var product = line.At("SpecifiedTradeProduct");
        var note = line.Text("AssociatedDocumentLineDocument", "IncludedNote", "Content");
        return new StructuredLine(
            line.Text("AssociatedDocumentLineDocument", "LineID"), product?.Text("Name") ?? note, product?.Text("Description"),
            delivery?.Number("BilledQuantity"), delivery?.At("BilledQuantity")?.Attribute("unitCode"),
            price?.Money("ChargeAmount", currency), price?.Number("BasisQuantity"), net, tax?.Text("CategoryCode"), tax?.Number("RateApplicablePercent|ApplicablePercent"),
            [.. All(settlement, "SpecifiedTradeAllowanceCharge").Select(a => Adjustment(a, currency))])
        {
            // Factur-X EXTENDED has groups of lines and remarks; in ZUGFeRD 1 a line that is a note has neither product nor amount.
            IsRemark = line.Text("AssociatedDocumentLineDocument", "LineStatusReasonCode") is "GROUP" or "INFORMATION" || (net is null && product is null),
        };
    }

    private static StructuredAdjustment Adjustment(XmlTag adjustment, string? currency)
    {
        var tax = adjustment.At("CategoryTradeTax");
        return new StructuredAdjustment(
            adjustment.Text("ChargeIndicator", "Indicator") is "true" or "1", adjustment.Money("ActualAmount", currency), adjustment.Text("Reason"),
            tax?.Text("CategoryCode"), tax?.Number("RateApplicablePercent|ApplicablePercent"));
    }

    private static StructuredAdjustment Logistics(XmlTag charge, string? currency)
    {
        var tax = charge.At("AppliedTradeTax");
        return new StructuredAdjustment(
            IsCharge: true, charge.Money("AppliedAmount", currency), charge.Text("Description"), tax?.Text("CategoryCode"), tax?.Number("RateApplicablePercent|ApplicablePercent"));
    }

    private static StructuredTax Tax(XmlTag tax, string? currency) => new(
        tax.Money("BasisAmount", currency), tax.Money("CalculatedAmount", currency), tax.Text("CategoryCode"), tax.Number("RateApplicablePercent|ApplicablePercent"), tax.Text("ExemptionReason"));

    private static IEnumerable<XmlTag> All(XmlTag? tag, string name) => tag?.All(name) ?? [];
}
