using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>An item as a purchase invoice of Sage's (Sage API 9.1, 14).</summary>
internal static class PurchaseInvoiceMapping
{
    /// <summary>What we recognise our own documents in Sage by.</summary>
    public static string Marker(Item item) => $"DextSage item {item.Code}";

    public static SageBody Invoice(StepWork work, string idempotencyId)
    {
        var item = work.Item;
        return SageBodies.PurchaseInvoice(new NewPurchaseInvoice
        {
            ContactId = item.Supplier!.SageId,
            Date = item.Date!.Value,
            DueDate = DueDate(item),
            Reference = Cut(item.Reference, SageLimits.Reference),
            VendorReference = Cut(item.Reference, SageLimits.VendorReference),
            Notes = Notes(item),
            InvoiceLines = item.Lines.Count == 0 ? [TheWhole(item, work.Context.UsesTax)] : [.. item.Lines.Select(line => Line(line, work.Context.UsesTax))],
        }, idempotencyId);
    }

    private static NewPurchaseInvoiceLine TheWhole(Item item, bool usesTax)
    {
        var total = item.Total!.Value;
        var tax = usesTax ? item.Tax ?? 0 : (decimal?)null;
        var net = total - (tax ?? 0);
        return new NewPurchaseInvoiceLine
        {
            Description = item.Description ?? string.Join(' ', item.Supplier!.Name, item.Reference).Trim(),
            LedgerAccountId = item.Category!.SageId,
            // Net and one of it: how a price that includes tax is taken is nowhere said (Sage API 9.2).
            Quantity = 1, UnitPrice = net, NetAmount = net,
            TaxRateId = usesTax ? item.TaxRate!.SageId : null, TaxAmount = tax, TotalAmount = total,
            AnalysisTypeCategories = Analysis(item.Class, item.Location),
        };
    }

    private static NewPurchaseInvoiceLine Line(ItemLine line, bool usesTax) => new()
    {
        Description = line.Description!,
        LedgerAccountId = line.Category!.SageId,
        // One of its net amount: Sage rounds a price before it multiplies, and the pennies are settled here (Sage API 9.1).
        Quantity = 1, UnitPrice = line.Net, NetAmount = line.Net,
        TaxRateId = usesTax ? line.TaxRate!.SageId : null, TaxAmount = usesTax ? line.Tax : null, TotalAmount = line.Gross,
        ProductId = line.Product is { Kind: ProductKind.Product } product ? product.SageId : null,
        ServiceId = line.Product is { Kind: ProductKind.Service } service ? service.SageId : null,
        AnalysisTypeCategories = Analysis(line.Class, line.Location),
    };

    private static List<SageId>? Analysis(params AnalysisCategory?[] entries) =>
        entries.OfType<AnalysisCategory>().Select(e => new SageId(e.SageId)).ToList() is { Count: > 0 } ids ? ids : null;

    public static SageBody Contact(Item item, string idempotencyId) =>
        SageBodies.Contact(new NewContact { Name = item.SupplierName!, Type = SageContactType.Vendor }, idempotencyId);

    public static SageBody Attachment(Item item, byte[] content) =>
        SageBodies.Attachment(new NewAttachment
        {
            FileName = item.Document!.FileName,
            MimeType = item.Document.ContentType,
            AttachmentContextTypeId = SageIds.PurchaseInvoice,
            AttachmentContextId = item.SageDocumentId!,
        }, content);

    /// <summary>Sage wants one: the paper's, or the supplier's terms, or else the same day.</summary>
    private static DateOnly DueDate(Item item) => item.DueDate ?? item.Date!.Value.AddDays(item.Supplier!.CreditDays ?? 0);

    /// <summary>The whole reference is kept here, however much of it was cut, and the note behind it.</summary>
    private static string Notes(Item item)
    {
        var notes = Marker(item);
        if (item.Reference is { Length: > SageLimits.Reference } whole) notes += $"\nDocument reference: {whole}";
        if (item.Note is { Length: > 0 } note) notes += "\n" + note;
        return Cut(notes, SageLimits.Notes)!;
    }

    private static string? Cut(string? text, int longest) => text?.Length > longest ? text[..longest] : text;
}
