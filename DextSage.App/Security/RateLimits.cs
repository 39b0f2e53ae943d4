using System.Globalization;
using System.Threading.RateLimiting;
using DextSage.App.Hosting;

namespace DextSage.App.Security;

/// <summary>How often one address may try to become somebody (OWASP ASVS 5.0: 2.4.1). An account's own lockout comes on top.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const int TriesPerMinute = 20;

    // Everybody is on this machine then, tests among them.
    private const int SandboxTriesPerMinute = 600;

    public static void AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => Window(context))
            : RateLimitPartition.GetNoLimiter(""));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
            rejected.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await PlainPage.WriteStatusAsync(rejected.HttpContext);
        };
    });

    private static SlidingWindowRateLimiterOptions Window(HttpContext context) => new()
    {
        PermitLimit = context.RequestServices.GetRequiredService<SandboxMode>().IsOn ? SandboxTriesPerMinute : TriesPerMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 6,
    };
}
