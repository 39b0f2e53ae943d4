using System.Reflection;
using DextSage.Integration.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace DextSage.Tests.Simulation;

/// <summary>
/// In Quartz's place: keeps what was asked for and runs nothing by itself. The schedule starts what is due, in an order of its own. What was kept goes with
/// its process, as if the job store were lost: the rows alone have to be enough.
/// </summary>
internal sealed class JobsInHand
{
    private readonly List<Asked> asked = [];
    private readonly Dictionary<JobKey, IJobDetail> known = [];

    public JobsInHand()
    {
        var scheduler = Standing<IScheduler>.On((method, args) => method.Name switch
        {
            nameof(IScheduler.GetJobDetail) => known.GetValueOrDefault((JobKey)args[0]!),
            nameof(IScheduler.AddJob) => Add((IJobDetail)args[0]!),
            nameof(IScheduler.ScheduleJob) => Schedule((ITrigger)args[0]!),
            nameof(IScheduler.QueryTriggers) => new PagedResult<TriggerHeader>([.. Of(((TriggerQuery)args[0]!).Job!).Select(a => Header(a.Trigger))], false, null),
            nameof(IScheduler.GetTriggers) => asked.Where(a => ((IReadOnlyCollection<TriggerKey>)args[0]!).Contains(a.Trigger.Key)).Select(a => a.Trigger).ToList(),
            _ => throw new NotSupportedException($"Nobody asked the scheduler for {method.Name} before."),
        });
        Schedulers = Standing<ISchedulerFactory>.On((_, _) => scheduler);
    }

    public ISchedulerFactory Schedulers { get; }

    /// <summary>What may be started now: of a job that is running nothing.</summary>
    public IReadOnlyList<Asked> Due(DateTimeOffset now) =>
        [.. asked.Where(a => a.At <= now && !IsRunning(a.Job)).DistinctBy(a => a.Job)];

    public DateTimeOffset? NextAfter(DateTimeOffset now) => asked.Where(a => a.At > now).Select(a => (DateTimeOffset?)a.At).Min();

    public bool IsRunning(JobKey job) => asked.Exists(a => a.IsRunning && a.Job.Equals(job));

    public async Task RunAsync(Asked one, IServiceProvider services, CancellationToken stopping)
    {
        one.IsRunning = true;
        try
        {
            var detail = known[one.Job];
            var job = (IJob)ActivatorUtilities.CreateInstance(services, detail.JobType.Type);
            await job.Execute(Standing<IJobExecutionContext>.On((method, _) => method.Name == "get_JobDetail" ? detail : throw new NotSupportedException(method.Name)), stopping);
        }
        finally
        {
            asked.Remove(one);
        }
    }

    private object? Add(IJobDetail job)
    {
        known[job.Key] = job;
        return null;
    }

    private DateTimeOffset Schedule(ITrigger trigger)
    {
        asked.RemoveAll(a => a.Trigger.Key.Equals(trigger.Key) && !a.IsRunning);
        asked.Add(new Asked(trigger));
        return trigger.StartTimeUtc;
    }

    private IEnumerable<Asked> Of(JobKey job) => asked.Where(a => a.Job.Equals(job));

    private static TriggerHeader Header(ITrigger trigger) =>
        new(trigger.Key, trigger.JobKey, null, "", TriggerState.Normal, trigger.StartTimeUtc, null, trigger.StartTimeUtc, null, null, 0, null, null, 0);

    internal sealed class Asked(ITrigger trigger)
    {
        public ITrigger Trigger => trigger;
        public JobKey Job => trigger.JobKey;
        public DateTimeOffset At => trigger.StartTimeUtc;
        public bool IsRunning { get; set; }

        /// <summary>"PublishWork of business 1".</summary>
        public string Name => $"{Job.Group} of business {Job.Name[..8].TrimStart('0')}";
    }
}

/// <summary>Stands in for an interface of which few members are used.</summary>
#pragma warning disable CA1852 // The runtime derives the proxy from it.
internal class Standing<T> : DispatchProxy where T : class
#pragma warning restore CA1852
{
    private Func<MethodInfo, object?[], object?> answer = null!;

    public static T On(Func<MethodInfo, object?[], object?> answer)
    {
        var proxy = Create<T, Standing<T>>();
        ((Standing<T>)(object)proxy).answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var (value, type) = (answer(targetMethod!, args ?? []), targetMethod!.ReturnType);
        if (type == typeof(ValueTask)) return default(ValueTask);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? type.GetConstructor(type.GetGenericArguments())!.Invoke([value]) : value;
    }
}
