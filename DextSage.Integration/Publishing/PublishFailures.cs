using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>Why Sage refused a document. Each kind has its sentence, its field and its action below.</summary>
public enum PublishFailureKind
{
    SupplierNotFound, RecordNotFound, CategoryNotVisible, TaxRateRefused, TaxAmountRefused, NotRegisteredForVat, DateRefused,
    ReferenceRefused, AmountRefused, PlanLacksThis, RightsTooSmall, SupplierRefused, Other,
}

/// <summary>The error catalogue: Sage's refusals (Sage API 6) in a bookkeeper's words.</summary>
internal static class PublishFailures
{
    public static ItemFailure OfInvoice(SageFailure failure) => Describe(KindOf(failure), failure);

    public static ItemFailure OfContact(SageFailure failure) => failure.Kind is SageFailureKind.Rejected
        ? Describe(PublishFailureKind.SupplierRefused, failure)
        : Describe(KindOf(failure), failure);

    private static PublishFailureKind KindOf(SageFailure failure) => failure.Kind switch
    {
        SageFailureKind.NoSubscription => PublishFailureKind.PlanLacksThis,
        SageFailureKind.AccessDenied => PublishFailureKind.RightsTooSmall,
        _ => failure.SageErrors.Select(KindOf).FirstOrDefault(k => k is not PublishFailureKind.Other, PublishFailureKind.Other),
    };

    // Sage names the field in $source, or else nothing but its message tells (Sage API 6).
    private static PublishFailureKind KindOf(SageError error) => error switch
    {
        { Message: "Couldn't find Supplier." } => PublishFailureKind.SupplierNotFound,
        { Message: var text } when text.Contains("not registered for tax", StringComparison.OrdinalIgnoreCase) => PublishFailureKind.NotRegisteredForVat,
        { Source: var source } when Names(source, "ledger_account") => PublishFailureKind.CategoryNotVisible,
        { Source: var source } when Names(source, "tax_rate") => PublishFailureKind.TaxRateRefused,
        { Source: var source } when Names(source, "tax_amount") => PublishFailureKind.TaxAmountRefused,
        { Source: var source } when Names(source, "contact") => PublishFailureKind.SupplierNotFound,
        { Source: var source } when Names(source, "date") => PublishFailureKind.DateRefused,
        { Source: var source } when Names(source, "reference") => PublishFailureKind.ReferenceRefused,
        { Source: var source } when Names(source, "unit_price") || Names(source, "total_amount") || Names(source, "net_amount") => PublishFailureKind.AmountRefused,
        { DataCode: "RecordNotFound" } => PublishFailureKind.RecordNotFound,
        _ => PublishFailureKind.Other,
    };

    private static bool Names(string source, string field) => source.Contains(field, StringComparison.Ordinal);

    private static ItemFailure Describe(PublishFailureKind kind, SageFailure failure)
    {
        var (field, sentence, action) = Words(kind);
        return new ItemFailure(kind.ToString(), field, sentence, action, FromSage(failure));
    }

    private static (ItemField? Field, string Sentence, string Action) Words(PublishFailureKind kind) => kind switch
    {
        PublishFailureKind.SupplierNotFound => (ItemField.Supplier, "Sage does not know this supplier, or knows it only as a customer.", "Choose another supplier, or refresh the lists."),
        PublishFailureKind.RecordNotFound => (ItemField.Category, "Sage no longer has the supplier, category or tax rate that this item points to.", "Refresh integration data, then choose again."),
        PublishFailureKind.CategoryNotVisible => (ItemField.Category, "Sage does not take this category for purchases.", "Choose another category, or tick Expenses for it in Sage's chart of accounts."),
        PublishFailureKind.TaxRateRefused => (ItemField.TaxRate, "Sage did not accept this tax rate here.", "Choose another tax rate."),
        PublishFailureKind.TaxAmountRefused => (ItemField.Tax, "Sage did not accept this tax amount.", "Correct the tax amount."),
        PublishFailureKind.NotRegisteredForVat => (ItemField.TaxRate, "The organisation is not registered for VAT, so Sage takes no tax from it.", "Refresh integration data, then publish without tax."),
        PublishFailureKind.DateRefused => (ItemField.Date, "Sage did not accept this date: it may lie before the accounts start date, or in a closed period.", "Correct the date, or open the period in Sage."),
        PublishFailureKind.ReferenceRefused => (ItemField.Reference, "Sage did not accept this reference.", "Shorten or change the document reference."),
        PublishFailureKind.AmountRefused => (ItemField.Total, "Sage did not accept the amounts.", "Check the total and the tax."),
        PublishFailureKind.PlanLacksThis => (null, "Sage says that the subscription is not active, or that its plan takes no purchase invoices.", "Check the plan in Sage, then publish again."),
        PublishFailureKind.RightsTooSmall => (null, "The person who connected may not create this in Sage.", "Ask the owner in Sage for the Purchases and Contacts rights, or let somebody who has them reconnect."),
        PublishFailureKind.SupplierRefused => (ItemField.Supplier, "Sage did not accept the new supplier.", "Correct its name, or choose a supplier that is there."),
        PublishFailureKind.Other => (null, "Sage refused this document.", "See Sage's own words below, correct the item, and publish again."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static string FromSage(SageFailure failure)
    {
        var words = failure.SageErrors.Select(e => $"{e.DataCode}: {e.Message}{(e.Source.Length > 0 ? $" ({e.Source})" : "")}");
        return string.Join('\n', [$"HTTP {failure.HttpStatus}", .. words, $"Request {failure.RequestId ?? "without an id"}"]);
    }
}
