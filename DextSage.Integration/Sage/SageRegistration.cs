using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;
using Refit;

namespace DextSage.Integration.Sage;

/// <summary>Makes Sage's client known to the container.</summary>
public static class SageRegistration
{
    internal const string HttpClientName = "sage-api";

    // A token answer is two tokens of 2 kB and a few numbers.
    private const int MaxTokenAnswerBytes = 64 * 1024;

    /// <summary>Adds <see cref="ISageClient"/> and <see cref="SageOAuth"/>, both singletons. The host binds <see cref="SageOptions"/> and adds <see cref="ISageTokens"/>
    /// as a singleton: handlers outlive every scope.</summary>
    public static IServiceCollection AddSage(this IServiceCollection services)
    {
        services.AddOptions<SageOptions>().ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SageAnswerReader>();
        services.AddSingleton<SagePacer>();
        services.AddSingleton<ISageClient>(s => new SageClient(s.GetRequiredService<ISageApi>(), s.GetRequiredService<SageAnswerReader>(), s.GetServices<ISageListener>()));
        services.AddSingleton(s => new SageOAuth(
            s.GetRequiredService<IHttpClientFactory>(), s.GetRequiredService<SageAnswerReader>(),
            s.GetRequiredService<IOptions<SageOptions>>(), s.GetRequiredService<TimeProvider>()));

        AddApi(services);
        AddOAuth(services);
        return services;
    }

    // From the caller inwards: repeats and the time for all; the token; the business's turn, which a request whose token
    // was refused waits for anew; the time for one attempt; the wire.
    private static void AddApi(IServiceCollection services)
    {
        var api = services.AddRefitGeneratedClient<ISageApi>(_ => new RefitSettings(), HttpClientName);
        api.ConfigureHttpClient((s, client) => (client.BaseAddress, client.Timeout) = (Options(s).ApiUrl, Timeout.InfiniteTimeSpan));
        api.AddResilienceHandler("all", (pipeline, context) => Repeat(pipeline, context.ServiceProvider));
        api.AddHttpMessageHandler(s => new SageAuthorisationHandler(s.GetRequiredService<ISageTokens>()));
        api.AddHttpMessageHandler(s => new SagePacingHandler(s.GetRequiredService<SagePacer>(), Clock(s)));
        api.AddResilienceHandler("attempt", (pipeline, context) => LimitAttempt(pipeline, context.ServiceProvider));
        api.AddHttpMessageHandler(s => new SageWireHandler(Options(s).MaxAnswerBytes, Clock(s), Logger(s)));
        KeepToTheWire(api);
    }

    private static void AddOAuth(IServiceCollection services)
    {
        var oauth = services.AddHttpClient(SageOAuth.HttpClientName);
        oauth.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        oauth.AddResilienceHandler("attempt", (pipeline, context) => LimitAttempt(pipeline, context.ServiceProvider));
        oauth.AddHttpMessageHandler(s => new SageWireHandler(MaxTokenAnswerBytes, Clock(s), Logger(s)));
        KeepToTheWire(oauth);
    }

    private static void Repeat(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider services)
    {
        var (options, clock) = (Options(services), Clock(services));
        pipeline.TimeProvider = clock;
        pipeline.AddTimeout(options.TotalTimeout);
        if (options.ReadRetries == 0) return;
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = options.ReadRetries,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldRetryAfterHeader = false,
            ShouldHandle = args => ValueTask.FromResult(!IsRepeatedByCaller(args.Context) && args.Outcome switch
            {
                { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
                // The wait itself happens in the business's lane, for everybody in it.
                { Result: { StatusCode: HttpStatusCode.TooManyRequests } busy } => (SageRetryAfter.Read(busy, clock) ?? SageRetryAfter.Unsaid) <= options.LongestWait,
                { Result.StatusCode: var status } => (int)status is 500 or 502 or 503 or 504 or 525,
                _ => false,
            }),
            DelayGenerator = args => ValueTask.FromResult(
                args.Outcome.Result is { } answer ? SageRetryAfter.Read(answer, clock) is { } wait && wait <= options.LongestWait ? wait : null : (TimeSpan?)null),
        };
        // A simulation has dice of its own, so that the same seed waits as long again.
        if (services.GetService<Random>() is { } dice) retry.Randomizer = dice.NextDouble;
        retry.DisableForUnsafeHttpMethods();
        pipeline.AddRetry(retry);
    }

    private static bool IsRepeatedByCaller(ResilienceContext context) => context.GetRequestMessage() is { } request && SageCall.Of(request).IsRepeatedByCaller;

    private static void LimitAttempt(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider services)
    {
        var options = Options(services);
        pipeline.TimeProvider = Clock(services);
        pipeline.AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = args => ValueTask.FromResult(
                args.Context.GetRequestMessage()?.Method == HttpMethod.Get ? options.ReadTimeout : options.WriteTimeout),
        });
    }

    private static void KeepToTheWire(IHttpClientBuilder client)
    {
        // The factory's own log would have whole addresses, and at its lowest level the headers.
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }

    private static SageOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<SageOptions>>().Value;

    private static TimeProvider Clock(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    private static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("DextSage.Sage");
}
