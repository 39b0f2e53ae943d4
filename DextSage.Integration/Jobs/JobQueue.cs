using Microsoft.Extensions.Logging;
using Quartz;

namespace DextSage.Integration.Jobs;

/// <summary>Asks for work, once the rows that it is about are committed. They are what counts: a job only says that there is something to read.</summary>
public sealed partial class JobQueue(ISchedulerFactory schedulers, TimeProvider time, ILogger<JobQueue> logger)
{
    private static readonly TimeSpan AfterAnUnexpectedError = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Now, for rows that are committed already. Never fails for a reason of its own: <see cref="UnfinishedWork{TWork}"/> finds rows that nobody asked for.
    /// </summary>
    public async Task EnqueueAsync<TWork>(Guid businessId)
        where TWork : class, IBusinessWork
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            var key = await KnownJobAsync<TWork>(scheduler, businessId, CancellationToken.None);
            await scheduler.ScheduleJob(Trigger(key, Guid.NewGuid().ToString("N"), time.GetUtcNow()));
        }
        catch (SchedulerException e)
        {
            Log.NotAsked(logger, e, typeof(TWork).Name, businessId);
        }
    }

    /// <summary>At a time of the work's own choosing; a later call moves it.</summary>
    public async Task EnqueueAtAsync<TWork>(Guid businessId, DateTimeOffset at, CancellationToken cancellationToken = default)
        where TWork : class, IBusinessWork
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = await KnownJobAsync<TWork>(scheduler, businessId, cancellationToken);
        var trigger = Trigger(key, "again-" + businessId.ToString("N"), at);
        // In one step: whoever asks in the same moment is replaced, or replaces.
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    internal Task EnqueueLaterAsync<TWork>(Guid businessId, CancellationToken cancellationToken)
        where TWork : class, IBusinessWork =>
        EnqueueAtAsync<TWork>(businessId, time.GetUtcNow() + AfterAnUnexpectedError, cancellationToken);

    /// <summary>Whether it is going on, about to begin, or planned for later.</summary>
    internal async Task<bool> IsAskedForAsync<TWork>(Guid businessId, CancellationToken cancellationToken)
        where TWork : class, IBusinessWork
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        return (await scheduler.GetTriggersOfJob(KeyOf<TWork>(businessId), cancellationToken)).Count > 0;
    }

    private static async Task<JobKey> KnownJobAsync<TWork>(IScheduler scheduler, Guid businessId, CancellationToken cancellationToken)
        where TWork : class, IBusinessWork
    {
        var key = KeyOf<TWork>(businessId);
        if (await scheduler.GetJobDetail(key, cancellationToken) is not null) return key;
        var job = JobBuilder.Create<BusinessJob<TWork>>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        return key;
    }

    private static JobKey KeyOf<TWork>(Guid businessId) => new(businessId.ToString("N"), typeof(TWork).Name);

    private static ITrigger Trigger(JobKey job, string name, DateTimeOffset at) =>
        TriggerBuilder.Create().WithIdentity(name, job.Group).ForJob(job).StartAt(at).Build();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Work} for business {BusinessId} could not be asked for now; its rows are committed and will be found")]
        public static partial void NotAsked(ILogger logger, Exception exception, string work, Guid businessId);
    }
}
