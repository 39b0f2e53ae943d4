using System.Globalization;
using DextSage.App.Account;
using DextSage.Integration.Intake.Doors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DextSage.App.Api;

/// <summary>
/// Stands before every address of the API that is about a business: a key in the header Authorization, and nothing else, says who asks. Cookies
/// open nothing here, so that no other site can make a browser send something.
/// </summary>
internal sealed class ApiGate(ApiDoor door, ApiLimits limits) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private const int RetryAfterSeconds = 10;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (KeyIn(context.Request) is not { } key) return Unknown(context, ApiProblems.NoKey());
        if (await door.FindAsync(key, context.RequestAborted) is not { } caller || !await MaySignInAsync(context, caller))
            return limits.MayTry(context.Connection.RemoteIpAddress) ? Unknown(context, ApiProblems.UnknownKey()) : TooOften(context);
        if (limits.Enter(caller.KeyId) is not { } place) return TooOften(context);
        using (place)
        {
            context.Features.Set(caller);
            return await next(invocation);
        }
    }

    public static ApiCaller CallerOf(HttpContext context) => context.Features.Get<ApiCaller>()!;

    /// <summary>For what is not the time to be done.</summary>
    public static IResult Later(HttpContext context, ApiProblem problem, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblems.Answer(problem);
    }

    private static string? KeyIn(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;

    // Somebody who was locked out does not come back as a script.
    private static async Task<bool> MaySignInAsync(HttpContext context, ApiCaller caller)
    {
        var people = context.RequestServices.GetRequiredService<Doorkeeper>();
        return await people.UserManager.FindByIdAsync(caller.Caller.PersonId.ToString()) is { } person && await people.CanSignInAsync(person);
    }

    private static JsonHttpResult<ApiProblem> Unknown(HttpContext context, ApiProblem problem)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblems.Answer(problem);
    }

    private static IResult TooOften(HttpContext context) => Later(context, ApiProblems.TooOften(), RetryAfterSeconds);
}
