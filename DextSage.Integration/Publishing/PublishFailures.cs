using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>Sage's refusals (Sage API 6), and what else ends a publication, in a bookkeeper's words: the words of one document. What a kind means in general is in <see cref="FailureCatalogue"/>.</summary>
internal static class PublishFailures
{
    public static ItemFailure OfDocument(SageFailure failure, Destination destination) => Describe(KindOf(failure), failure, destination);

    public static ItemFailure OfContact(SageFailure failure, StepWork work) =>
        Describe(failure.Kind is SageFailureKind.Rejected ? PublishFailureKind.ContactRefused : KindOf(failure), failure, work.Destination);

    /// <summary>The contact that was found or made trades in another currency than the document.</summary>
    public static ItemFailure OtherCurrency(StepWork work, string contact, string currency) => new(
        nameof(PublishFailureKind.OtherCurrency), ItemField.Currency, $"In Sage {contact} trades in {currency}, and this document is in {work.Item.Currency}.",
        $"Choose another {ItemContact.Of(work.Item).Word}, or correct the currency.", FromSage: null);

    public static ItemFailure InSageAlready(StepWork work, List<SageTwin> alike) => new(
        nameof(PublishFailureKind.InSageAlready), Field: null, $"Sage has {(alike.Count == 1 ? "a document" : $"{alike.Count} documents")} of this {ItemContact.Of(work.Item).Word} already that may be the same.",
        "Look at it, then attach this item to it, or publish it all the same.", FromSage: null)
    {
        InSage = alike,
    };

    public static ItemFailure AnswerLost(StepWork work, DateTimeOffset sent, List<SageTwin> alike) => new(
        nameof(PublishFailureKind.AnswerLost), Field: null,
        $"It is unclear whether Sage has this: it was sent on {sent:d MMMM yyyy} without an answer, and Sage no longer remembers it.",
        $"Look for “{DocumentMapping.Marker(work.Item)}” in Sage. Publish again if it is not there.", FromSage: null)
    {
        InSage = alike,
    };

    /// <summary>Sage was asked to let go of a document or of its payment, and does not.</summary>
    public static ItemFailure OfRemoval(SageFailure failure, Destination destination, bool isPayment)
    {
        var kind = failure.Kind switch
        {
            SageFailureKind.AccessDenied => PublishFailureKind.RightsToDelete,
            SageFailureKind.NoSubscription => PublishFailureKind.PlanLacksThis,
            _ => failure.SageErrors.Select(e => KeptBy(e.Message)).FirstOrDefault(k => k is not null) ?? (isPayment ? PublishFailureKind.PaymentKept : PublishFailureKind.KeptBySage),
        };
        return Describe(kind, failure, destination);
    }

    /// <summary>Sage was asked to change a document, and did not.</summary>
    public static ItemFailure OfCorrection(SageFailure failure, Destination destination) =>
        failure.SageErrors.Select(e => KeptBy(e.Message) ?? (e.Message.Contains("cannot edit", StringComparison.OrdinalIgnoreCase) ? PublishFailureKind.KeptBySage : null)).FirstOrDefault(k => k is not null) is { } kept
            // A date that is refused is the new one, which can be corrected.
            && !(kept is PublishFailureKind.PeriodClosed && failure.SageErrors.Any(e => e.Source == "date"))
            ? Describe(kept, failure, destination) : OfDocument(failure, destination);

    public static ItemFailure GoneFromSage(Destination destination) => new(
        nameof(PublishFailureKind.KeptBySage), Field: null, $"Sage does not have this {destination.Words()} any more, so there is nothing to correct.",
        "Withdraw the item, which then deletes nothing, and publish it again.", FromSage: null);

    /// <summary>Lines that a change leaves out stay as they are (Sage API 9.3).</summary>
    public static ItemFailure FewerLines(Destination destination) => new(
        nameof(PublishFailureKind.KeptBySage), Field: null, $"This {destination.Words()} has more lines in Sage than here, and Sage takes no line away.",
        "Withdraw the item, and publish it again as it is now.", FromSage: null);

    public static ItemFailure CorrectionLost(StepWork work, DateTimeOffset sent) => new(
        nameof(PublishFailureKind.AnswerLost), Field: null, $"It is unclear whether Sage has this correction: it was sent on {sent:d MMMM yyyy} without an answer.",
        $"Look at the {work.Destination.Words()} in Sage, then send the correction again or discard it.", FromSage: null);

    /// <summary>The same, seen before Sage was asked for it.</summary>
    public static ItemFailure Kept(PublishFailureKind reason, Standing standing, Item item, Destination destination)
    {
        var (field, sentence, action) = Words(reason, destination);
        if (reason is PublishFailureKind.SettledElsewhere) sentence = $"{Standing.Money(standing.SettledElsewhere, item.Currency)} of it is paid or allocated in Sage, and that was not done from here.";
        return new ItemFailure(reason.ToString(), field, sentence, action, FromSage: null);
    }

    // Only one of these wordings is documented (Sage API 6); each names what it is about.
    private static PublishFailureKind? KeptBy(string message)
    {
        if (Says("VAT reconciled") || Says("VAT return")) return PublishFailureKind.VatReturnFiled;
        if (Says("locked period") || Says("closed period")) return PublishFailureKind.PeriodClosed;
        if (Says("reconciled")) return PublishFailureKind.PaymentKept;
        return Says("payments or allocations") ? PublishFailureKind.SettledElsewhere : null;

        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    private static PublishFailureKind KindOf(SageFailure failure) => failure.Kind switch
    {
        SageFailureKind.NoSubscription => PublishFailureKind.PlanLacksThis,
        SageFailureKind.AccessDenied => PublishFailureKind.RightsTooSmall,
        _ => failure.SageErrors.Select(KindOf).FirstOrDefault(k => k is not PublishFailureKind.Other, PublishFailureKind.Other),
    };

    // Sage names the field in $source, or else nothing but its message tells (Sage API 6).
    private static PublishFailureKind KindOf(SageError error) => error switch
    {
        { Message: "Couldn't find Supplier." or "Couldn't find Customer." } => PublishFailureKind.ContactNotFound,
        { Message: var text } when text.Contains("not registered for tax", StringComparison.OrdinalIgnoreCase) => PublishFailureKind.NotRegisteredForVat,
        { Source: var source } when Names(source, "ledger_account") => PublishFailureKind.CategoryNotVisible,
        { Source: var source } when Names(source, "tax_rate") => PublishFailureKind.TaxRateRefused,
        { Source: var source } when Names(source, "tax_amount") => PublishFailureKind.TaxAmountRefused,
        { Source: var source } when Names(source, "analysis_type") => PublishFailureKind.AnalysisRefused,
        { Source: var source } when Names(source, "bank_account") => PublishFailureKind.BankAccountRefused,
        { Source: var source } when Names(source, "currency_id") || Names(source, "exchange_rate") => PublishFailureKind.CurrencyRefused,
        { Source: var source } when Names(source, "contact") => PublishFailureKind.ContactNotFound,
        { Source: var source } when Names(source, "date") => PublishFailureKind.DateRefused,
        { Source: var source } when Names(source, "reference") => PublishFailureKind.ReferenceRefused,
        { Source: var source } when Names(source, "unit_price") || Names(source, "total_amount") || Names(source, "net_amount") => PublishFailureKind.AmountRefused,
        { DataCode: "RecordNotFound" } => PublishFailureKind.RecordNotFound,
        _ => PublishFailureKind.Other,
    };

    private static bool Names(string source, string field) => source.Contains(field, StringComparison.Ordinal);

    private static ItemFailure Describe(PublishFailureKind kind, SageFailure failure, Destination destination)
    {
        var (field, sentence, action) = Words(kind, destination);
        return new ItemFailure(kind.ToString(), field, sentence, action, FromSage(failure));
    }

    private static (ItemField? Field, string Sentence, string Action) Words(PublishFailureKind kind, Destination destination)
    {
        var isSale = destination is Destination.SalesInvoice or Destination.SalesCreditNote or Destination.SalesQuickEntry;
        var (contact, word, other) = isSale ? (ItemField.Customer, "customer", "supplier") : (ItemField.Supplier, "supplier", "customer");
        var (use, tick) = destination is Destination.OtherPayment ? ("other payments", "Other Payments") : isSale ? ("sales", "Sales") : ("purchases", "Expenses");
        return kind switch
        {
            PublishFailureKind.ContactNotFound => (contact, $"Sage does not know this {word}, or knows it only as a {other}.", $"Choose another {word}, or refresh the lists."),
            PublishFailureKind.RecordNotFound => (ItemField.Category, $"Sage no longer has the {word}, category or tax rate that this item points to.", "Refresh integration data, then choose again."),
            PublishFailureKind.CategoryNotVisible => (ItemField.Category, $"Sage does not take this category for {use}.", $"Choose another category, or tick {tick} for it in Sage's chart of accounts."),
            PublishFailureKind.TaxRateRefused => (ItemField.TaxRate, "Sage did not accept this tax rate here.", "Choose another tax rate."),
            PublishFailureKind.TaxAmountRefused => (ItemField.Tax, "Sage did not accept this tax amount.", "Correct the tax amount."),
            PublishFailureKind.NotRegisteredForVat => (ItemField.TaxRate, "The organisation is not registered for VAT, so Sage takes no tax from it.", "Refresh integration data, then publish without tax."),
            PublishFailureKind.DateRefused => (ItemField.Date, "Sage did not accept this date: it may lie before the accounts start date, or in a closed period.", "Correct the date, or open the period in Sage."),
            PublishFailureKind.ReferenceRefused => (ItemField.Reference, "Sage did not accept this reference.", "Shorten or change the document reference."),
            PublishFailureKind.AmountRefused => (ItemField.Total, "Sage did not accept the amounts.", "Check the total and the tax."),
            PublishFailureKind.CurrencyRefused => (ItemField.Currency, "Sage did not accept this currency or its exchange rate.", "Check the currency and the exchange rate, and whether other currencies are switched on in Sage."),
            PublishFailureKind.BankAccountRefused => (ItemField.PaymentMethod, "Sage did not accept the bank account of this payment method.", "Choose another payment method, or link this one to another bank account."),
            PublishFailureKind.AnalysisRefused => (ItemField.Class, "Sage did not accept the class or location here.", "Switch its analysis type on for this area in Sage, or leave it empty."),
            PublishFailureKind.PlanLacksThis => (null, $"Sage says that the subscription is not active, or that its plan takes no {destination.Plural()}.", "Check the plan in Sage, or publish to another destination."),
            PublishFailureKind.RightsTooSmall => (null, "The person who connected may not create this in Sage.", $"Ask the owner in Sage for the {(destination is Destination.OtherPayment ? "Bank" : isSale ? "Sales" : "Purchases")} and Contacts rights, or let somebody who has them reconnect."),
            PublishFailureKind.ContactRefused => (contact, $"Sage did not accept the new {word}.", $"Correct its name, or choose a {word} that is there."),
            PublishFailureKind.SettledElsewhere => (null, "It is paid or allocated in Sage, and that was not done from here.", "Remove the payment or the allocation in Sage, which also tells whoever made it; then withdraw it here."),
            PublishFailureKind.VatReturnFiled => (null, $"This {destination.Words()} is part of a VAT return that was filed, so Sage keeps it as it is.", "Correct it by a credit note, or by an adjustment on the next return."),
            PublishFailureKind.PeriodClosed => (null, $"This {destination.Words()} or its payment lies in a period that is closed in Sage.", "Open the period in Sage, or correct it by a credit note of today."),
            PublishFailureKind.PaymentKept => (null, "Sage keeps its payment: it may be reconciled with the bank's statement.", "Undo the bank reconciliation of this payment in Sage, then withdraw again."),
            PublishFailureKind.KeptBySage => (null, $"Sage keeps this {destination.Words()} as it is.", "See Sage's own words below where there are any, or look at it in Sage."),
            PublishFailureKind.RightsToDelete => (null, "The person who connected may not delete this in Sage.", $"Ask the owner in Sage for Full rights in {(destination is Destination.OtherPayment ? "Bank" : isSale ? "Sales and Bank" : "Purchases and Bank")}, or let somebody who has them reconnect."),
            PublishFailureKind.Other => (null, "Sage refused this document.", "See Sage's own words below, correct the item, and publish again."),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is not what Sage refuses."),
        };
    }

    private static string FromSage(SageFailure failure)
    {
        var words = failure.SageErrors.Select(e => $"{e.DataCode}: {e.Message}{(e.Source.Length > 0 ? $" ({e.Source})" : "")}");
        return string.Join('\n', [$"HTTP {failure.HttpStatus}", .. words, $"Request {failure.RequestId ?? "without an id"}"]);
    }
}
