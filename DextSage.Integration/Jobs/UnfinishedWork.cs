using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace DextSage.Integration.Jobs;

/// <summary>At start, asks again for all work whose rows are unfinished: whatever killed the process, and wherever.</summary>
public sealed class UnfinishedWork<TWork>(BusinessStore store, TWork work, JobQueue queue) : IHostedService
    where TWork : class, IBusinessWork
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        foreach (var businessId in await work.Pending(db).Distinct().ToListAsync(cancellationToken))
            await queue.EnqueueAsync<TWork>(businessId, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
