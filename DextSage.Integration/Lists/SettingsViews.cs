using DextSage.Integration.Connections;

namespace DextSage.Integration.Lists;

/// <summary>The settings of a connection; each is told apart from another by its value alone, so that two people can change two of them.</summary>
/// <param name="TaxTolerance">In the document's currency.</param>
/// <param name="AutoRefreshHour">0 to 23, UTC; null for never.</param>
public sealed record SettingsValues(
    PublishTo Costs, PublishTo Sales, bool UseTaxList, Guid? CostsTaxRateId, Guid? SalesTaxRateId,
    TaxSource TaxSource, decimal TaxTolerance, Guid? ClassTypeId, Guid? LocationTypeId, int? AutoRefreshHour, NewSuppliers NewSuppliers, DuplicateCheck Duplicates);

/// <summary>The settings with what can be chosen.</summary>
/// <param name="UsesTax">False in an organisation that is not registered for VAT.</param>
/// <param name="TaxRates">Those of Sage, and a chosen one that Sage no longer has, named so.</param>
/// <param name="AnalysisTypes">By their names in Sage; empty on the Start plan, and where this sign-in may not read them.</param>
public sealed record SettingsView(
    SettingsValues Values, string? OrganisationName, string? Plan, bool UsesTax, IReadOnlyList<PickerEntry> TaxRates, IReadOnlyList<PickerEntry> AnalysisTypes);

/// <summary>What saving came to. Refused, nothing has changed.</summary>
/// <param name="Refusal">Why, as a sentence.</param>
public sealed record SettingsOutcome(string? Refusal);
