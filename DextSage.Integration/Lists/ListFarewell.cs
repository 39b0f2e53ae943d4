using System.Reflection;
using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Puts the lists of an organisation away when it is left: retired, so that items that point to them still read well.</summary>
public sealed class ListFarewell(BusinessStore store, IEnumerable<IWhenRefreshed> followers, TimeProvider time) : IWhenLeft
{
    private static readonly MethodInfo RetireOf = typeof(ListFarewell).GetMethod(nameof(RetireAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public async Task LeftAsync(Leaving leaving)
    {
        await using (var db = store.OpenForJob(leaving.BusinessId))
        {
            await EndRefreshAsync(db, leaving.Organisation);
            if (leaving.KeepsLists) return;
            await using var transaction = await db.Database.BeginTransactionAsync();
            foreach (var list in db.Model.GetEntityTypes().Where(e => typeof(ListEntry).IsAssignableFrom(e.ClrType) && !e.ClrType.IsAbstract))
                await (Task)RetireOf.MakeGenericMethod(list.ClrType).Invoke(null, [db, time.GetUtcNow()])!;
            await transaction.CommitAsync();
        }
        foreach (var follower in followers) await follower.RefreshedAsync(leaving.BusinessId, CancellationToken.None);
    }

    // Otherwise the refresh of the next organisation would join one that reads from this one.
    private Task<int> EndRefreshAsync(DextSageDb db, string organisation)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var problem = $"The connection to {organisation} was ended meanwhile. Nothing was lost: what came in before stays in force.";
        return db.RefreshRuns.Live().ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, RefreshStatus.Failed).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Problem, problem));
    }

    private static Task<int> RetireAsync<T>(DextSageDb db, DateTimeOffset at) where T : ListEntry =>
        db.Set<T>().Where(e => e.RetiredAt == null && !e.IsOwn).ExecuteUpdateAsync(set => set.SetProperty(e => e.RetiredAt, (DateTimeOffset?)at));
}
