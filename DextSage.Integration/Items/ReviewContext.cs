using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the review of an item must know of its organisation.</summary>
/// <param name="HasOrganisation">False before the first connection: there are no lists to choose from.</param>
/// <param name="UsesTax">False in an organisation that is not registered for VAT.</param>
internal sealed record ReviewContext(
    bool HasOrganisation, string OrganisationName, string BaseCurrency, bool UsesTax, bool TakesPurchaseInvoices, DateOnly? AccountsStartDate)
{
    public static async Task<ReviewContext> ReadAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return Of(connection, await db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.BaseCurrency).SingleAsync(cancellationToken));
    }

    public static ReviewContext Of(Connection? connection, string fallbackCurrency) => new(
        HasOrganisation: connection?.OrganisationId is not null,
        OrganisationName: connection?.OrganisationName ?? "",
        BaseCurrency: connection?.BaseCurrency ?? fallbackCurrency,
        UsesTax: connection?.VatRegistered != false,
        TakesPurchaseInvoices: connection?.Plan != "Start",
        AccountsStartDate: connection?.AccountsStartDate);
}
