namespace DextSage.Integration.Intake.Structured;

internal enum StructuredTrouble { None, NotXml, Damaged, HasDocumentType, TooMuch, NotAnInvoice }

/// <summary>Reads an electronic invoice. It never guesses: what is not said stays empty.</summary>
internal static class StructuredReader
{
    /// <summary>Never throws for what a file contains.</summary>
    public static (StructuredInvoice? Invoice, StructuredTrouble Trouble) Read(ReadOnlyMemory<byte> xml)
    {
        if (xml.Length > PaperInspector.MaxBytes) return (null, StructuredTrouble.TooMuch);
        var (root, trouble) = XmlDoor.Open(xml);
        // Peppol's envelope holds the invoice beside its addresses.
        var document = root is { Name: "StandardBusinessDocument" } ? root.Children.FirstOrDefault(c => ReaderOf(c) is not null) : root;
        if (document is null || ReaderOf(document) is not { } read) return (null, trouble is XmlTrouble.None or XmlTrouble.Damaged ? StructuredTrouble.NotAnInvoice : Of(trouble));
        return trouble is XmlTrouble.None ? (read(document), StructuredTrouble.None) : (null, Of(trouble));
    }

    private static Func<XmlTag, StructuredInvoice>? ReaderOf(XmlTag root) => root switch
    {
        { Name: "Invoice", Space: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" } => UblReader.Read,
        { Name: "CreditNote", Space: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2" } => UblReader.Read,
        { Name: "CrossIndustryInvoice" } when root.Space.StartsWith("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:", StringComparison.Ordinal) => CiiReader.Read,
        { Name: "CrossIndustryDocument" } when root.Space.StartsWith("urn:ferd:CrossIndustryDocument:invoice:", StringComparison.Ordinal) => CiiReader.Read,
        _ => null,
    };

    private static StructuredTrouble Of(XmlTrouble trouble) => trouble switch
    {
        XmlTrouble.NotXml => StructuredTrouble.NotXml,
        XmlTrouble.HasDocumentType => StructuredTrouble.HasDocumentType,
        XmlTrouble.TooMuch => StructuredTrouble.TooMuch,
        _ => StructuredTrouble.Damaged,
    };
}
