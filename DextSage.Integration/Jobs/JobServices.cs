using DextSage.Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace DextSage.Integration.Jobs;

internal static class JobServices
{
    /// <summary>Of all kinds and businesses together.</summary>
    private const int MostAtOnce = 100;

    /// <summary>Quartz on our own database, which must be migrated before the host starts: Quartz must not be the one to make the file.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o => o.InstanceName = "DextSage");
            // Jobs wait for Sage most of their time: a business whose Sage is slow must not keep others from theirs.
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = MostAtOnce);
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(o => o.SchemaProvisioning = SchemaProvisioning.CreateIfMissing);
                store.UseSqlite(database.ConnectionString);
                store.UseSystemTextJsonSerializer();
            });
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services.AddSingleton<JobQueue>();
    }

    public static IServiceCollection AddWork<TWork>(this IServiceCollection services)
        where TWork : class, IBusinessWork =>
        services.AddSingleton<TWork>().AddHostedService<UnfinishedWork<TWork>>();
}
