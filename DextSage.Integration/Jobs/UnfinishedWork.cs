using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Jobs;

/// <summary>
/// Asks again for work whose rows are unfinished: at start, whatever killed the process and wherever, and whatever was planned by a clock that may have
/// been put back since; and now and then, where nobody has asked, should the asking itself have failed.
/// </summary>
public sealed partial class UnfinishedWork<TWork>(BusinessStore store, TWork work, JobQueue queue, TimeProvider time, ILogger<UnfinishedWork<TWork>> logger)
    : BackgroundService
    where TWork : class, IBusinessWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var isStart = true;
        do
        {
            try
            {
                await AskAsync(isStart, stoppingToken);
                isStart = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e, typeof(TWork).Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AskAsync(bool evenIfPlanned, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        foreach (var businessId in await work.Pending(db).Distinct().ToListAsync(cancellationToken))
            if (evenIfPlanned || !await queue.IsAskedForAsync<TWork>(businessId, cancellationToken)) await queue.EnqueueAsync<TWork>(businessId);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Unfinished rows of {Work} could not be looked for")]
        public static partial void Failed(ILogger logger, Exception exception, string work);
    }
}
