using System.Globalization;
using System.Text;

namespace DextSage.Tests.Intake.Structured;

/// <summary>An electronic invoice of our own, written in either vocabulary. What it comes to is computed from its lines unless a test states otherwise.</summary>
internal sealed record DrawnInvoice
{
    public string Number { get; init; } = "N-2026-118";
    public string Seller { get; init; } = "Northgate Stationers Ltd";
    public string SellerCountry { get; init; } = "GB";
    public string Buyer { get; init; } = "Marsh & Daughters Ltd";
    public string Currency { get; init; } = "GBP";
    public string TypeCode { get; init; } = "380";
    public DateOnly Date { get; init; } = new(2026, 11, 2);
    public DateOnly DueDate { get; init; } = new(2026, 12, 2);
    public IReadOnlyList<DrawnLine> Lines { get; init; } = [new("Copier paper A4", 10, 3.95m, 20), new("Books on paper", 2, 12.25m, 0), new("Toner", 1, 61.5m, 20)];

    /// <summary>The VAT category of each of its rates, such as AE for reverse charge; null for standard and zero rates as their percentage says.</summary>
    public string? TaxCategory { get; init; }

    /// <summary>Off the whole, at 20%.</summary>
    public decimal Discount { get; init; }

    /// <summary>Where it is to state another total than its parts come to.</summary>
    public decimal? StatedTotal { get; init; }

    public decimal LineSum => Lines.Sum(l => l.Net);
    public decimal Net => LineSum - Discount;
    public IReadOnlyList<(decimal Percent, decimal Net, decimal Tax)> Taxes =>
    [
        .. Lines.GroupBy(l => l.Percent).Select(g => (g.Key, Net: g.Sum(l => l.Net) - (g.Key == 20 ? Discount : 0)))
            .Select(t => (t.Key, t.Net, decimal.Round(t.Net * t.Key / 100, 2, MidpointRounding.AwayFromZero))),
    ];
    public decimal Tax => Taxes.Sum(t => t.Tax);
    public decimal Total => StatedTotal ?? Net + Tax;

    public byte[] Ubl() => Encoding.UTF8.GetBytes(UblText());

    public byte[] Cii() => Encoding.UTF8.GetBytes(CiiText());

    public string UblText()
    {
        var isCredit = TypeCode == "381";
        var (root, line, quantity) = isCredit ? ("CreditNote", "CreditNoteLine", "CreditedQuantity") : ("Invoice", "InvoiceLine", "InvoicedQuantity");
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
              <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
              <cbc:ID>{Number}</cbc:ID>
              <cbc:IssueDate>{Iso(Date)}</cbc:IssueDate>
              {(isCredit ? "" : $"<cbc:DueDate>{Iso(DueDate)}</cbc:DueDate>")}
              <cbc:{root}TypeCode>{TypeCode}</cbc:{root}TypeCode>
              <cbc:DocumentCurrencyCode>{Currency}</cbc:DocumentCurrencyCode>
              <cac:OrderReference><cbc:ID>PO-77</cbc:ID></cac:OrderReference>
              <cac:AccountingSupplierParty>{UblParty(Seller, "GB123456789", SellerCountry)}</cac:AccountingSupplierParty>
              <cac:AccountingCustomerParty>{UblParty(Buyer, "GB987654321")}</cac:AccountingCustomerParty>
              <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>{Number}</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>GB33BUKB20201555555555</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
              {(Discount == 0 ? "" : $"<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Loyalty</cbc:AllowanceChargeReason>{Money("Amount", Discount)}<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>")}
              <cac:TaxTotal>{Money("TaxAmount", Tax)}{string.Concat(Taxes.Select(t => $"<cac:TaxSubtotal>{Money("TaxableAmount", t.Net)}{Money("TaxAmount", t.Tax)}<cac:TaxCategory><cbc:ID>{Category(t.Percent)}</cbc:ID><cbc:Percent>{Number2(t.Percent)}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>"))}</cac:TaxTotal>
              <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">1.23</cbc:TaxAmount></cac:TaxTotal>
              <cac:LegalMonetaryTotal>{Money("LineExtensionAmount", LineSum)}{Money("TaxExclusiveAmount", Net)}{Money("TaxInclusiveAmount", Total)}{Money("AllowanceTotalAmount", Discount)}{Money("PayableAmount", Total)}</cac:LegalMonetaryTotal>
              {string.Concat(Lines.Select((l, i) => $"<cac:{line}><cbc:ID>{i + 1}</cbc:ID><cbc:{quantity} unitCode=\"C62\">{Number2(l.Quantity)}</cbc:{quantity}>{Money("LineExtensionAmount", l.Net)}<cac:Item><cbc:Name>{Escaped(l.Name)}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>{Category(l.Percent)}</cbc:ID><cbc:Percent>{Number2(l.Percent)}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item><cac:Price>{Money("PriceAmount", l.Price)}</cac:Price></cac:{line}>"))}
            </{root}>
            """;

        string Money(string name, decimal amount) => $"<cbc:{name} currencyID=\"{Currency}\">{Number2(amount)}</cbc:{name}>";
    }

    public string CiiText() => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
          <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
          <rsm:ExchangedDocument><ram:ID>{Number}</ram:ID><ram:TypeCode>{TypeCode}</ram:TypeCode><ram:IssueDateTime>{CiiDay(Date)}</ram:IssueDateTime></rsm:ExchangedDocument>
          <rsm:SupplyChainTradeTransaction>
            {string.Concat(Lines.Select((l, i) => $"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{i + 1}</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>{Escaped(l.Name)}</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{Number2(l.Price)}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode=\"C62\">{Number2(l.Quantity)}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>{Category(l.Percent)}</ram:CategoryCode><ram:RateApplicablePercent>{Number2(l.Percent)}</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{Number2(l.Net)}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"))}
            <ram:ApplicableHeaderTradeAgreement>{CiiParty("SellerTradeParty", Seller, "GB123456789", SellerCountry)}{CiiParty("BuyerTradeParty", Buyer, "GB987654321")}<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-77</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
            <ram:ApplicableHeaderTradeSettlement>
              <ram:PaymentReference>{Number}</ram:PaymentReference><ram:InvoiceCurrencyCode>{Currency}</ram:InvoiceCurrencyCode>
              <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>GB33BUKB20201555555555</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
              {string.Concat(Taxes.Select(t => $"<ram:ApplicableTradeTax><ram:CalculatedAmount>{Number2(t.Tax)}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{Number2(t.Net)}</ram:BasisAmount><ram:CategoryCode>{Category(t.Percent)}</ram:CategoryCode><ram:RateApplicablePercent>{Number2(t.Percent)}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"))}
              {(Discount == 0 ? "" : $"<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>{Number2(Discount)}</ram:ActualAmount><ram:Reason>Loyalty</ram:Reason><ram:CategoryTradeTax><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge>")}
              <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>{CiiDay(DueDate)}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
              <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{Number2(LineSum)}</ram:LineTotalAmount><ram:AllowanceTotalAmount>{Number2(Discount)}</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount>{Number2(Net)}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="{Currency}">{Number2(Tax)}</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="SEK">1.23</ram:TaxTotalAmount><ram:GrandTotalAmount>{Number2(Total)}</ram:GrandTotalAmount><ram:DuePayableAmount>{Number2(Total)}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
            </ram:ApplicableHeaderTradeSettlement>
          </rsm:SupplyChainTradeTransaction>
        </rsm:CrossIndustryInvoice>
        """;

    private static string UblParty(string name, string vat, string country = "GB") =>
        $"<cac:Party><cac:PartyName><cbc:Name>{Escaped(name)}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:StreetName>1 High Street</cbc:StreetName><cbc:CityName>York</cbc:CityName><cbc:PostalZone>YO1 7HH</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{Escaped(name)}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>";

    private static string CiiParty(string role, string name, string vat, string country = "GB") =>
        $"<ram:{role}><ram:Name>{Escaped(name)}</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>YO1 7HH</ram:PostcodeCode><ram:LineOne>1 High Street</ram:LineOne><ram:CityName>York</ram:CityName><ram:CountryID>{country}</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID=\"VA\">{vat}</ram:ID></ram:SpecifiedTaxRegistration></ram:{role}>";

    private static string CiiDay(DateOnly day) => $"<udt:DateTimeString format=\"102\">{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}</udt:DateTimeString>";

    private string Category(decimal percent) => TaxCategory ?? (percent == 0 ? "Z" : "S");
    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static string Number2(decimal number) => number.ToString("0.00##", CultureInfo.InvariantCulture);
    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}

internal sealed record DrawnLine(string Name, decimal Quantity, decimal Price, decimal Percent)
{
    public decimal Net => decimal.Round(Quantity * Price, 2, MidpointRounding.AwayFromZero);
}
