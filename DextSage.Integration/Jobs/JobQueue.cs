using DextSage.Integration.Storage;
using Microsoft.Data.Sqlite;
using Quartz;

namespace DextSage.Integration.Jobs;

/// <summary>Asks for work. The asking is a row in our own database and commits together with the rows it is about.</summary>
public sealed class JobQueue(ISchedulerFactory schedulers, TimeProvider time)
{
    private const int MostTries = 20;
    private static readonly TimeSpan AfterAnUnexpectedError = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Begins a transaction in which the work is asked for already: what is written next commits, or rolls back, with it.
    /// </summary>
    /// <remarks>
    /// Asked first, and in a deferred transaction, for the sake of the order of locks: Quartz takes its own lock and then the database's.
    /// Whoever held the database's and then waited for Quartz's would wait for somebody who waits for them.
    /// </remarks>
    public async Task<JobTransaction> BeginWithAsync<TWork>(DextSageDb db, CancellationToken cancellationToken = default)
        where TWork : class, IBusinessWork
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = await KnownJobAsync<TWork>(scheduler, db.BusinessId, cancellationToken);
        var trigger = Trigger(key, Guid.NewGuid().ToString("N"), time.GetUtcNow());
        for (var tries = 1; ; tries++)
        {
            var transaction = await JobTransaction.BeginAsync(db, cancellationToken);
            try
            {
                using (scheduler.EnlistTransaction(transaction.Underlying))
                    await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
                return transaction;
            }
            // Somebody wrote between Quartz's first look and its first write. Nothing of ours is in the transaction yet.
            catch (Exception e) when (tries < MostTries && IsBusy(e))
            {
                await transaction.DisposeAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(10 * tries), time, cancellationToken);
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Now, for rows that are committed already.</summary>
    public Task EnqueueAsync<TWork>(Guid businessId, CancellationToken cancellationToken = default)
        where TWork : class, IBusinessWork =>
        EnqueueAtAsync<TWork>(businessId, time.GetUtcNow(), cancellationToken);

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

    private static async Task<JobKey> KnownJobAsync<TWork>(IScheduler scheduler, Guid businessId, CancellationToken cancellationToken)
        where TWork : class, IBusinessWork
    {
        var key = new JobKey(businessId.ToString("N"), typeof(TWork).Name);
        if (await scheduler.GetJobDetail(key, cancellationToken) is not null) return key;
        var job = JobBuilder.Create<BusinessJob<TWork>>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        return key;
    }

    private static ITrigger Trigger(JobKey job, string name, DateTimeOffset at) =>
        TriggerBuilder.Create().WithIdentity(name, job.Group).ForJob(job).StartAt(at).Build();

    private static bool IsBusy(Exception e) => e is SqliteException { SqliteErrorCode: 5 } || (e.InnerException is { } inner && IsBusy(inner));
}
