using System.Net.Http.Headers;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Simulation.Sabotages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace DextSage.Tests.Simulation;

/// <summary>
/// A process of ours: every service that the app has, on the world's database, clock and wire. It can be killed at any moment; what it had in memory is gone.
/// </summary>
internal sealed class OurProcess : IAwake, IDisposable
{
    // The keys lie outside of the database and outlive every process.
    private static readonly IDataProtectionProvider Keys = new EphemeralDataProtectionProvider();

    private readonly World world;
    private readonly ServiceProvider services;
    private readonly Mortality mortality;
    private readonly CancellationTokenSource stopping = new();
    private const int MostBoundaries = 20_000;

    private int boundariesLeft;
    private int boundaries;

    /// <param name="boundariesToLive">Before or after how many durable writes it dies by itself; null for never.</param>
    public OurProcess(World world, string name, int? boundariesToLive)
    {
        (this.world, Name, boundariesLeft) = (world, name, boundariesToLive ?? int.MaxValue);
        mortality = new Mortality(this);
        services = Furnish().BuildServiceProvider();
    }

    public string Name { get; }
    public bool IsDead { get; private set; }

    public DateTimeOffset? SleepsUntil { get; set; }
    public bool IsAwake => !IsDead && SleepsUntil is null;
    public JobsInHand Jobs { get; } = new();
    public CancellationToken Stopping => stopping.Token;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        if (!world.Sabotage.Is(Planted.NobodyAsks)) await AskForAsync<PublishWork>();
        await AskForAsync<RefreshWork>();
        await AskForAsync<ConnectionUpkeep>();
    }

    /// <summary>Starts what is due.</summary>
    public void Run(JobsInHand.Asked job) => world.Watch(this, job.Name, Jobs.RunAsync(job, services, stopping.Token));

    /// <summary>A moment at which it may die: right before or right after something durable.</summary>
    public void ComeTo(string boundary)
    {
        if (!IsDead && ++boundaries > MostBoundaries)
        {
            world.Witnessed.Add($"[rest] {Name} writes without end");
            Die();
        }

        if (!IsDead && !world.IsHealing && boundariesLeft-- == 0)
        {
            world.Note($"{Name} dies {boundary}");
            Die();
        }

        if (IsDead) throw new ProcessDiedException();
    }

    public void Die()
    {
        IsDead = true;
        mortality.CloseAll();
        world.Wire.SenderDied(this);
        // Only so that nothing of it lingers: whatever still runs finds neither database nor wire.
        stopping.Cancel();
    }

    public void Dispose() => stopping.Dispose();

    private async Task AskForAsync<TWork>() where TWork : class, IBusinessWork =>
        await ActivatorUtilities.CreateInstance<UnfinishedWork<TWork>>(services).StartAsync(stopping.Token);

    private ServiceCollection Furnish()
    {
        var ours = new ServiceCollection();
        ours.AddLogging(logging => logging.AddProvider(new TroubleLog(world, this)).SetMinimumLevel(LogLevel.Warning));
        ours.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        ours.AddSingleton(world.Clock.For(this));
        ours.AddSingleton(Keys).AddSingleton(new Random(world.Seed));
        ours.AddDextSage(new DatabaseOptions(world.Folder), new SageRedirect(PretendSage.Callback));
        ours.AddSingleton(Jobs.Schedulers);
        ours.Configure<SageOptions>(PretendSage.Introduce);
        ours.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors([mortality, .. world.Sabotage.Interceptors()]));
        foreach (var client in (string[])[SageRegistration.HttpClientName, SageOAuth.HttpClientName])
        {
            var http = ours.AddHttpClient(client).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            if (world.Sabotage.Handler() is { } bad) http.AddHttpMessageHandler(() => bad);
            http.ConfigurePrimaryHttpMessageHandler(() => new WireEnd(this, world.Wire));
        }

        world.Sabotage.Furnish(ours);
        return ours;
    }

    private sealed class WireEnd(OurProcess process, Wire wire) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (process.IsDead) throw new ProcessDiedException();
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            return await wire.SendAsync(process, request, Headers(request), body, cancellationToken);
        }

        private static List<KeyValuePair<string, string>> Headers(HttpRequestMessage request)
        {
            IEnumerable<KeyValuePair<string, IEnumerable<string>>> all = request.Headers;
            if (request.Content is { } content) all = all.Concat(content.Headers);
            return [.. all.Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value)))];
        }
    }
}
