using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>The settings of the connection: read, and saved one change at a time.</summary>
public sealed class SettingsDesk(BusinessStore store, IEnumerable<IWhenRefreshed> followers, BusinessSignal signal)
{
    private static readonly SettingsRules Rules = new();

    /// <summary>Null before the first connection: there is nothing to choose from.</summary>
    public async Task<SettingsView?> ReadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeConnections, cancellationToken);
        var db = scope.Db;
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { OrganisationId: not null } connection) return null;
        var settings = await RowAsync(db, cancellationToken);
        return new SettingsView(
            Values(connection, settings), connection.OrganisationName, connection.Plan, connection.VatRegistered != false,
            await OfferAsync(db.TaxRates, [settings.CostsTaxRateId, settings.SalesTaxRateId], cancellationToken),
            await OfferAsync(db.AnalysisTypes, [settings.ClassTypeId, settings.LocationTypeId], cancellationToken));
    }

    /// <summary>Saves what differs between the two; what others changed meanwhile stays theirs. The other way round takes it back.</summary>
    public async Task<SettingsOutcome> SaveAsync(Caller caller, SettingsValues before, SettingsValues after, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await db.Connections.AsTracking().SingleOrDefaultAsync(cancellationToken) is not { OrganisationId: not null } connection)
                return new SettingsOutcome("Connect to Sage first: there is nothing to choose from yet.");
            var settings = await RowAsync(db, cancellationToken);
            var current = Values(connection, settings);
            var wanted = Merge(current, before, after);
            var change = new SettingsChange(current, wanted, connection.Plan, await IdsAsync(db.TaxRates, cancellationToken), await IdsAsync(db.AnalysisTypes, cancellationToken));
            if (Rules.Validate(change).Errors is [var error, ..]) return new SettingsOutcome(error.ErrorMessage);

            Write(connection, settings, wanted);
            if (db.Entry(settings).State is EntityState.Detached) db.Add(settings);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        // What stands between an item and Ready may have changed with it.
        foreach (var follower in followers) await follower.RefreshedAsync(caller.BusinessId, CancellationToken.None);
        signal.Raise(caller.BusinessId);
        return new SettingsOutcome(Refusal: null);
    }

    private static async Task<ConnectionSettings> RowAsync(DextSageDb db, CancellationToken cancellationToken) =>
        await db.ConnectionSettings.AsTracking().SingleOrDefaultAsync(cancellationToken) ?? new ConnectionSettings { BusinessId = db.BusinessId };

    private static SettingsValues Values(Connection connection, ConnectionSettings s) => new(
        s.CostsDestination, s.SalesDestination, s.UseTaxList, s.CostsTaxRateId, s.SalesTaxRateId,
        s.TaxSource, s.TaxTolerance, s.ClassTypeId, s.LocationTypeId, connection.AutoRefreshHour, s.NewSuppliers, s.Duplicates);

    private static void Write(Connection connection, ConnectionSettings s, SettingsValues v)
    {
        (s.CostsDestination, s.SalesDestination, s.UseTaxList, s.CostsTaxRateId, s.SalesTaxRateId) = (v.Costs, v.Sales, v.UseTaxList, v.CostsTaxRateId, v.SalesTaxRateId);
        (s.TaxSource, s.TaxTolerance, s.ClassTypeId, s.LocationTypeId, s.NewSuppliers, s.Duplicates) = (v.TaxSource, v.TaxTolerance, v.ClassTypeId, v.LocationTypeId, v.NewSuppliers, v.Duplicates);
        connection.AutoRefreshHour = v.AutoRefreshHour;
    }

    private static SettingsValues Merge(SettingsValues current, SettingsValues before, SettingsValues after)
    {
        return new SettingsValues(
            Pick(v => v.Costs), Pick(v => v.Sales), Pick(v => v.UseTaxList), Pick(v => v.CostsTaxRateId), Pick(v => v.SalesTaxRateId),
            Pick(v => v.TaxSource), Pick(v => v.TaxTolerance), Pick(v => v.ClassTypeId), Pick(v => v.LocationTypeId), Pick(v => v.AutoRefreshHour), Pick(v => v.NewSuppliers), Pick(v => v.Duplicates));

        T Pick<T>(Func<SettingsValues, T> of) => of(EqualityComparer<T>.Default.Equals(of(before), of(after)) ? current : after);
    }

    private static async Task<IReadOnlyList<PickerEntry>> OfferAsync<T>(IQueryable<T> entries, Guid?[] chosen, CancellationToken cancellationToken) where T : ListEntry =>
        await entries.AsNoTracking().Where(e => e.RetiredAt == null || chosen.Contains(e.Id)).OrderBy(e => e.DisplayName)
            .Select(e => new PickerEntry(e.Id, e.DisplayName, e.RetiredAt == null ? null : "no longer in Sage")).ToListAsync(cancellationToken);

    private static async Task<IReadOnlySet<Guid>> IdsAsync<T>(IQueryable<T> entries, CancellationToken cancellationToken) where T : ListEntry =>
        await entries.Where(e => e.RetiredAt == null).Select(e => e.Id).ToHashSetAsync(cancellationToken);
}
