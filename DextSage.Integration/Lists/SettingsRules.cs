using DextSage.Integration.Connections;
using FluentValidation;

namespace DextSage.Integration.Lists;

/// <summary>One change of the settings, with the entries that may be chosen.</summary>
internal sealed record SettingsChange(SettingsValues Before, SettingsValues After, string? Plan, IReadOnlySet<Guid> TaxRates, IReadOnlySet<Guid> AnalysisTypes);

/// <summary>What a change of the settings may be. Only what changes is judged: what stands may be older than the lists.</summary>
internal sealed class SettingsRules : AbstractValidator<SettingsChange>
{
    public const decimal LargestTolerance = 1m;

    public SettingsRules()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        Rule(v => v.Costs, (_, costs) => PublishTos.OfCosts.Contains(costs), "There is no such destination for costs.");
        Rule(v => v.Costs, (c, costs) => c.Plan != "Start" || costs is PublishTo.OtherPayment, "Sage Accounting Start takes costs as Other Expense alone.");
        Rule(v => v.Sales, (_, sales) => PublishTos.OfSales.Contains(sales), "There is no such destination for sales.");
        Rule(v => v.Sales, (c, sales) => c.Plan != "Start" || sales is not PublishTo.QuickEntry, "Sage Accounting Start takes no quick entries.");
        Rule(v => v.CostsTaxRateId, (c, rate) => rate is null || c.TaxRates.Contains(rate.Value), "That tax rate is not on the list any more. Choose another.");
        Rule(v => v.SalesTaxRateId, (c, rate) => rate is null || c.TaxRates.Contains(rate.Value), "That tax rate is not on the list any more. Choose another.");
        Rule(v => v.CostsTaxRateId, (c, rate) => rate is not null || c.After.UseTaxList, "Without the tax list every item takes this rate: choose another, or use the tax list again.");
        Rule(v => v.UseTaxList, (c, used) => used || c.After.CostsTaxRateId is not null, "Choose a default tax rate for costs first: without the tax list every item takes that one.");
        Rule(v => v.TaxSource, (_, source) => Enum.IsDefined(source), "There is no such choice.");
        Rule(v => v.TaxTolerance, (_, tolerance) => tolerance is >= 0 and <= LargestTolerance && decimal.Round(tolerance, 2) == tolerance, "The tolerance is between 0.00 and 1.00.");
        Rule(v => v.ClassTypeId, (c, type) => type is null || c.AnalysisTypes.Contains(type.Value), "That analysis type is not on the list any more. Choose another.");
        Rule(v => v.LocationTypeId, (c, type) => type is null || c.AnalysisTypes.Contains(type.Value), "That analysis type is not on the list any more. Choose another.");
        Rule(v => (v.ClassTypeId, v.LocationTypeId), (_, types) => types.ClassTypeId is null || types.ClassTypeId != types.LocationTypeId, "Class and Location are two different analysis types.");
        Rule(v => v.AutoRefreshHour, (_, hour) => hour is null or (>= 0 and <= 23), "An hour is between 0 and 23.");
        Rule(v => v.NewSuppliers, (_, choice) => Enum.IsDefined(choice), "There is no such choice.");
        Rule(v => v.Duplicates, (_, choice) => Enum.IsDefined(choice), "There is no such choice.");
    }

    private void Rule<T>(Func<SettingsValues, T> of, Func<SettingsChange, T, bool> holds, string sentence) =>
        RuleFor(c => c).Must(c => holds(c, of(c.After))).When(c => !EqualityComparer<T>.Default.Equals(of(c.Before), of(c.After))).WithMessage(sentence);
}
