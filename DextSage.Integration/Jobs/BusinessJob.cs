using Microsoft.Extensions.Logging;
using Quartz;

namespace DextSage.Integration.Jobs;

/// <summary>Runs one kind of work for the business that its job key names; never twice at a time for one business.</summary>
[DisallowConcurrentExecution]
public sealed partial class BusinessJob<TWork>(TWork work, JobQueue queue, ILogger<BusinessJob<TWork>> logger) : IJob
    where TWork : class, IBusinessWork
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var businessId = Guid.Parse(context.JobDetail.Key.Name);
        try
        {
            if (await work.RunAsync(businessId, cancellationToken) is { } again)
                await queue.EnqueueAtAsync<TWork>(businessId, again, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process is stopping; the rows say what is left to do.
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, typeof(TWork).Name, businessId);
            await queue.EnqueueLaterAsync<TWork>(businessId, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Work} for business {BusinessId} broke off and will be tried again")]
        public static partial void Failed(ILogger logger, Exception exception, string work, Guid businessId);
    }
}
