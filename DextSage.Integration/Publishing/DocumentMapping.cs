using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>An item as a document of Sage's, of the kind that its destination is (Sage API 9 to 11, 14).</summary>
internal static class DocumentMapping
{
    /// <summary>What we recognise our own documents in Sage by.</summary>
    public static string Marker(Item item) => Mark + item.Code;

    private const string Mark = "DextSage item ";

    /// <summary>The Item ID that a document in Sage carries; null where it is none of ours.</summary>
    public static string? CodeIn(SageDocument document)
    {
        // An other payment has neither notes nor details of its own, but those of its first line.
        var text = document.Notes ?? document.Details ?? (document.PaymentLines is [var first, ..] ? first.Details : null) ?? "";
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && text.Length >= at + Mark.Length + ItemCode.Length ? text.Substring(at + Mark.Length, ItemCode.Length) : null;
    }

    /// <summary>The date that the document has in Sage: an other payment's is the day on which it was paid.</summary>
    public static DateOnly DateOf(StepWork work) => (work.Destination is Destination.OtherPayment ? work.Item.PaidOn : null) ?? work.Item.Date!.Value;

    public static SageDocumentKind KindOf(Destination destination) => destination switch
    {
        Destination.PurchaseInvoice => SageDocumentKind.PurchaseInvoice,
        Destination.PurchaseCreditNote => SageDocumentKind.PurchaseCreditNote,
        Destination.PurchaseQuickEntry => SageDocumentKind.PurchaseQuickEntry,
        Destination.OtherPayment => SageDocumentKind.OtherPayment,
        Destination.SalesInvoice => SageDocumentKind.SalesInvoice,
        Destination.SalesCreditNote => SageDocumentKind.SalesCreditNote,
        Destination.SalesQuickEntry => SageDocumentKind.SalesQuickEntry,
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, message: null),
    };

    public static SageBody Document(StepWork work, string idempotencyId) => work.Destination switch
    {
        Destination.OtherPayment => SageBodies.OtherPayment(OtherPayment(work), idempotencyId),
        Destination.PurchaseQuickEntry or Destination.SalesQuickEntry => SageBodies.QuickEntry(work.Kind, QuickEntry(work), idempotencyId),
        _ => SageBodies.Document(work.Kind, Trade(work), idempotencyId),
    };

    public static SageBody Contact(StepWork work, string idempotencyId) => SageBodies.Contact(new NewContact
    {
        Name = work.ContactName!,
        Type = work.ContactType,
        // A contact has one currency, and this is what it will be billed in (Sage API 13).
        CurrencyId = work.IsForeign ? work.Item.Currency : null,
    }, idempotencyId);

    public static SageBody Payment(StepWork work, string idempotencyId)
    {
        var item = work.Item;
        var amount = item.PaidAmount ?? item.Total!.Value;
        return SageBodies.ContactPayment(new NewContactPayment
        {
            TransactionTypeId = (work.IsSale, work.IsCredit) switch
            {
                (false, false) => SageIds.VendorPayment,
                (false, true) => SageIds.VendorRefund,
                (true, false) => SageIds.CustomerReceipt,
                (true, true) => SageIds.CustomerRefund,
            },
            ContactId = work.Contact!.SageId,
            BankAccountId = work.PaidWith!.BankAccountSageId!,
            Date = item.PaidOn ?? item.Date!.Value,
            TotalAmount = amount,
            CurrencyId = work.IsForeign ? item.Currency : null,
            ExchangeRate = work.IsForeign ? item.ExchangeRate : null,
            Reference = Cut(item.Reference, SageLimits.Reference),
            AllocatedArtefacts = [new(item.SageDocumentId!, amount)],
        }, idempotencyId);
    }

    public static NewAttachment Attachment(StepWork work) => new()
    {
        FileName = work.Item.Document!.Sent.FileName,
        MimeType = work.Item.Document.Sent.ContentType,
        AttachmentContextTypeId = work.Kind.AttachmentContext!,
        AttachmentContextId = work.Item.SageDocumentId!,
    };

    private static NewDocument Trade(StepWork work)
    {
        var item = work.Item;
        return new NewDocument
        {
            ContactId = work.Contact!.SageId,
            Date = item.Date!.Value,
            DueDate = work.IsCredit ? null : DueDate(item, work.Contact),
            Reference = Cut(item.Reference, SageLimits.Reference),
            VendorReference = work.IsSale ? null : Cut(item.Reference, SageLimits.VendorReference),
            Notes = Notes(work),
            CurrencyId = work.IsForeign ? item.Currency : null,
            ExchangeRate = work.IsForeign ? item.ExchangeRate : null,
            VatReverseCharge = item.ReverseCharge && work.Context.UsesTax ? true : null,
            Lines = [.. Parts(work).Select(part => new NewDocumentLine
            {
                Description = part.Description,
                LedgerAccountId = part.Category.SageId,
                // Net and one of it: how a price that includes tax is taken is nowhere said, and Sage rounds a price before it multiplies (Sage API 9.1, 9.2).
                Quantity = 1, UnitPrice = part.Net, NetAmount = part.Net,
                TaxRateId = part.Rate?.SageId, TaxAmount = part.Tax, TotalAmount = part.Gross,
                ProductId = part.Product is { Kind: ProductKind.Product } product ? product.SageId : null,
                ServiceId = part.Product is { Kind: ProductKind.Service } service ? service.SageId : null,
                AnalysisTypeCategories = part.Analysis?.ConvertAll(id => new SageId(id)),
            })],
        };
    }

    private static NewQuickEntry QuickEntry(StepWork work)
    {
        var part = Parts(work).Single();
        return new NewQuickEntry
        {
            QuickEntryTypeId = work.IsCredit ? SageIds.QuickCreditNote : SageIds.QuickInvoice,
            ContactId = work.Contact!.SageId,
            Date = work.Item.Date!.Value,
            Reference = Cut(work.Item.Reference, SageLimits.Reference)!,
            LedgerAccountId = part.Category.SageId,
            // What must stay whole comes first.
            Details = Cut($"{Marker(work.Item)} {work.ItemAddress} {part.Description}", SageLimits.Details),
            NetAmount = part.Net, TaxRateId = part.Rate?.SageId, TaxAmount = part.Tax, TotalAmount = part.Gross,
            AnalysisTypeCategories = part.Analysis?.ConvertAll(id => new SageAnalysisId(id)),
        };
    }

    private static NewOtherPayment OtherPayment(StepWork work)
    {
        var item = work.Item;
        var parts = Parts(work);
        return new NewOtherPayment
        {
            TransactionTypeId = work.IsCredit ? SageIds.OtherPaymentRefund : SageIds.OtherPayment,
            ContactId = work.Contact!.SageId,
            BankAccountId = work.PaidWith!.BankAccountSageId!,
            Date = DateOf(work),
            NetAmount = parts.Sum(p => p.Net), TaxAmount = work.Context.UsesTax ? parts.Sum(p => p.Tax ?? 0) : null, TotalAmount = item.Total!.Value,
            Reference = Cut(item.Reference, SageLimits.Reference),
            PaymentLines = [.. parts.Select((part, i) => new NewPaymentLine
            {
                LedgerAccountId = part.Category.SageId,
                // It has no notes: the first line carries the marker.
                Details = Cut(i == 0 ? $"{Marker(item)} {part.Description}" : part.Description, SageLimits.Details),
                TaxRateId = part.Rate?.SageId, NetAmount = part.Net, TaxAmount = part.Tax, TotalAmount = part.Gross,
                AnalysisTypeCategories = part.Analysis?.ConvertAll(id => new SageId(id)),
            })],
        };
    }

    /// <summary>What an item is made of: its lines, or itself as the only one. Without VAT there is no rate and no tax, and all of it is net.</summary>
    internal static IReadOnlyList<Part> Parts(StepWork work)
    {
        var (item, usesTax) = (work.Item, work.Context.UsesTax);
        if (item.Lines.Count > 0)
            return item.Lines.ConvertAll(l => new Part(l.Description!, l.Category!, usesTax ? l.TaxRate : null, l.Net, usesTax ? l.Tax : null, l.Gross, l.Product, Analysis(l.Class, l.Location)));
        var (total, tax) = (item.Total!.Value, usesTax ? item.Tax ?? 0 : (decimal?)null);
        var description = item.Description ?? string.Join(' ', work.Contact!.Name, item.Reference).Trim();
        return [new(description, item.Category!, usesTax ? item.TaxRate : null, total - (tax ?? 0), tax, total, Product: null, Analysis(item.Class, item.Location))];
    }

    private static List<string>? Analysis(params AnalysisCategory?[] entries) =>
        entries.OfType<AnalysisCategory>().Select(e => e.SageId).ToList() is { Count: > 0 } ids ? ids : null;

    /// <summary>Sage wants one: the paper's, or the contact's terms, or else the same day.</summary>
    internal static DateOnly DueDate(Item item, ContactEntry contact) => item.DueDate ?? item.Date!.Value.AddDays(contact.CreditDays ?? 0);

    /// <summary>The whole reference is kept here, however much of it was cut, and the note behind it; on a sale, whose notes its customer may read, no note of ours.</summary>
    private static string Notes(StepWork work)
    {
        var item = work.Item;
        var notes = Marker(item);
        if (!work.Destination.TakesFiles() && item.DocumentId is not null) notes += $"\nDocument: {work.ItemAddress}";
        if (item.Reference is { Length: > SageLimits.Reference } whole) notes += $"\nDocument reference: {whole}";
        if (item.Note is { Length: > 0 } note && !work.IsSale) notes += "\n" + note;
        return Cut(notes, SageLimits.Notes)!;
    }

    internal static string? Cut(string? text, int longest) => text?.Length > longest ? text[..longest] : text;

    /// <param name="Tax">Null in an organisation that is not registered for VAT.</param>
    /// <param name="Analysis">Sage ids.</param>
    internal sealed record Part(string Description, Category Category, TaxRate? Rate, decimal Net, decimal? Tax, decimal Gross, Product? Product, List<string>? Analysis);
}
