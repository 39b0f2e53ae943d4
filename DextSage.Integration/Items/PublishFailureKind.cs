namespace DextSage.Integration.Items;

/// <summary>Why a publication failed, by name with the item. What each kind means and what mends it is in the error catalogue (Publishing/FailureCatalogue).</summary>
public enum PublishFailureKind
{
    ContactNotFound, RecordNotFound, CategoryNotVisible, TaxRateRefused, TaxAmountRefused, NotRegisteredForVat, DateRefused, ReferenceRefused, AmountRefused,
    CurrencyRefused, BankAccountRefused, AnalysisRefused, PlanLacksThis, RightsTooSmall, ContactRefused, OtherCurrency, InSageAlready, AnswerLost, Other,

    /// <summary>The connection moved to another organisation before anything was sent.</summary>
    OrganisationChanged,

    /// <summary>The connection moved while it was on its way: it may stand in the former organisation.</summary>
    SentElsewhere,

    // Of a document that is in Sage, and of which Sage does not let go.
    SettledElsewhere, VatReturnFiled, PeriodClosed, KeptBySage, PaymentKept, RightsToDelete,
}
