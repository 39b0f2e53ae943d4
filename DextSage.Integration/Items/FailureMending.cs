namespace DextSage.Integration.Items;

/// <summary>
/// Which fields a failure is about: it is over as soon as one of them holds something else. Another destination is another question to Sage. What nobody can tell
/// from here, whether Sage has a document, no edit answers.
/// </summary>
internal static class FailureMending
{
    private static readonly ItemField[] Destination = [ItemField.PublishTo, ItemField.Type, ItemField.Workspace];
    private static readonly ItemField[] Contact = [ItemField.Supplier, ItemField.Customer, ItemField.Workspace];
    private static readonly ItemField[] Amounts = [ItemField.Total, ItemField.Tax, ItemField.TaxRate, ItemField.Lines];

    /// <summary>Of a refusal that nobody understood: all that is sent.</summary>
    private static readonly ItemField[] Sent =
        [.. Enum.GetValues<ItemField>().Except([ItemField.Place, ItemField.Owner, ItemField.Duplicate, ItemField.Pages, ItemField.Flag, ItemField.Held])];

    public static IReadOnlyList<ItemField> Fields(PublishFailureKind kind) => kind switch
    {
        PublishFailureKind.ContactNotFound or PublishFailureKind.ContactRefused => Contact,
        PublishFailureKind.RecordNotFound => [.. Contact, ItemField.Category, ItemField.TaxRate, ItemField.Class, ItemField.Location, ItemField.Lines],
        PublishFailureKind.CategoryNotVisible => [ItemField.Category, ItemField.Lines, .. Destination],
        PublishFailureKind.TaxRateRefused => [ItemField.TaxRate, ItemField.Category, ItemField.ReverseCharge, ItemField.Lines],
        PublishFailureKind.TaxAmountRefused or PublishFailureKind.AmountRefused => Amounts,
        PublishFailureKind.NotRegisteredForVat => [ItemField.TaxRate, ItemField.Tax, ItemField.Lines],
        PublishFailureKind.DateRefused => [ItemField.Date, ItemField.DueDate, ItemField.PaidOn],
        PublishFailureKind.ReferenceRefused => [ItemField.Reference],
        PublishFailureKind.CurrencyRefused => [ItemField.Currency, ItemField.ExchangeRate, .. Contact],
        PublishFailureKind.OtherCurrency => [ItemField.Currency, .. Contact],
        PublishFailureKind.BankAccountRefused => [ItemField.PaymentMethod, ItemField.Paid, .. Destination],
        PublishFailureKind.AnalysisRefused => [ItemField.Class, ItemField.Location, ItemField.Lines, .. Destination],
        PublishFailureKind.PlanLacksThis or PublishFailureKind.RightsTooSmall => Destination,
        PublishFailureKind.InSageAlready => [ItemField.Reference, ItemField.Date, ItemField.Total, ItemField.Currency, .. Contact, ItemField.PublishTo, ItemField.Type],
        PublishFailureKind.OrganisationChanged => [ItemField.Supplier, ItemField.Customer, ItemField.Category, ItemField.TaxRate, ItemField.Lines],
        PublishFailureKind.AnswerLost or PublishFailureKind.SentElsewhere => [],
        PublishFailureKind.SettledElsewhere or PublishFailureKind.VatReturnFiled or PublishFailureKind.PeriodClosed or PublishFailureKind.KeptBySage or PublishFailureKind.PaymentKept or PublishFailureKind.RightsToDelete => [],
        PublishFailureKind.Other => Sent,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static bool IsMendedBy(this ItemFailure failure, ItemField field) =>
        Enum.TryParse<PublishFailureKind>(failure.Kind, out var kind) ? Fields(kind).Contains(field) : failure.Field == field;

    /// <summary>Lets go of what the changes have mended.</summary>
    public static void MendedBy(this Item item, IEnumerable<ItemField> changed)
    {
        if (item.Failure is { } failure && changed.Any(failure.IsMendedBy)) item.Failure = null;
    }
}
