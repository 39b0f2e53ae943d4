using System.Reflection;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>The database's own line between businesses, over every entity that belongs to one, found by reflection.</summary>
public sealed class RowsOfABusiness
{
    private static readonly MethodInfo CountOf = typeof(RowsOfABusiness).GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo FirstOf = typeof(RowsOfABusiness).GetMethod(nameof(FirstAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly string[] AboveBusinesses = ["Business", "Person"];

    [Fact]
    public async Task A_context_without_a_business_sees_no_row_and_one_with_a_business_its_own_alone()
    {
        await using var quarter = await Quarter.OpenAsync();
        await using var nobody = await quarter.Get<BusinessStore>().OpenForEveryoneAsync();
        await using var marsh = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        foreach (var entity in Owned(nobody))
        {
            var all = await RowsAsync(nobody, entity, filtered: false);
            var own = await RowsAsync(marsh, entity, filtered: true);
            Assert.True(all > own && own > 0, $"{entity.Name}: {own} of {all} rows; both businesses of the test must have one.");
            Assert.Equal((entity.Name, 0), (entity.Name, await RowsAsync(nobody, entity, filtered: true)));
            Assert.Equal(quarter.Town.Marsh.Id, ((IBusinessOwned)await RowAsync(marsh, entity)).BusinessId);
        }
    }

    [Fact]
    public async Task A_row_of_another_business_is_never_written()
    {
        await using var quarter = await Quarter.OpenAsync();
        await using var brook = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Brook.Id);
        foreach (var entity in Owned(brook))
        {
            var row = await RowAsync(brook, entity);
            foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
            {
                await using var marsh = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
                marsh.Entry(row).State = state;
                var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => marsh.SaveChangesAsync());
                Assert.Contains("of another business", refused.Message, StringComparison.Ordinal);
                Assert.Contains("of another business", Assert.Throws<InvalidOperationException>(() => marsh.SaveChanges()).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_table_of_ours_belongs_to_a_business_or_is_known_to_stand_above_them()
    {
        await using var quarter = await Quarter.OpenAsync();
        await using var db = await quarter.Get<BusinessStore>().OpenForEveryoneAsync();
        var above = db.Model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.ClrType.Assembly == typeof(DextSageDb).Assembly && !typeof(IBusinessOwned).IsAssignableFrom(e.ClrType))
            .Select(e => e.ClrType.Name).Order(StringComparer.Ordinal);
        Assert.Equal(AboveBusinesses, above);
        Assert.All(Owned(db), e => Assert.Contains(e.GetDeclaredQueryFilters(), f => f.Key == "business"));
    }

    private static List<IEntityType> Owned(DextSageDb db) => [.. db.Model.GetEntityTypes().Where(e => typeof(IBusinessOwned).IsAssignableFrom(e.ClrType))];

    private static Task<int> RowsAsync(DextSageDb db, IEntityType entity, bool filtered) => (Task<int>)CountOf.MakeGenericMethod(entity.ClrType).Invoke(null, [db, filtered])!;

    private static Task<object> RowAsync(DextSageDb db, IEntityType entity) => (Task<object>)FirstOf.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;

    private static Task<int> CountAsync<T>(DextSageDb db, bool filtered) where T : class => filtered ? db.Set<T>().CountAsync() : db.Set<T>().IgnoreQueryFilters().CountAsync();

    private static async Task<object> FirstAsync<T>(DextSageDb db) where T : class => await db.Set<T>().AsNoTracking().FirstAsync();
}
