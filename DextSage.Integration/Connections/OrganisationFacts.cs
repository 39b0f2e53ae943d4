using DextSage.Integration.Sage;

namespace DextSage.Integration.Connections;

/// <summary>What Sage says of the organisation, found out and never guessed: what could not be read stays as it was.</summary>
internal static class OrganisationFacts
{
    public static void Apply(Connection connection, SageBusiness business, SageFinancialSettings? settings)
    {
        connection.OrganisationName = business.Name ?? business.DisplayedAs ?? connection.OrganisationName;
        connection.Country = business.Country?.Id ?? connection.Country;
        connection.Plan = business.Plan?.ToString() ?? connection.Plan;
        connection.BaseCurrency = settings?.BaseCurrency?.Id ?? connection.BaseCurrency;
        connection.VatRegistered = settings?.IsVatRegistered ?? connection.VatRegistered;
        connection.MultiCurrency = settings?.MultiCurrencyEnabled ?? connection.MultiCurrency;
        connection.AccountsStartDate = settings?.AccountsStartDate ?? connection.AccountsStartDate;
    }
}
