using DextSage.App.Api;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Diagnostics;

namespace DextSage.App.Security;

/// <summary>An exception that left an endpoint: a sentence and a reference for the person, the whole of it for the log.</summary>
internal static partial class Mishaps
{
    public static void UseMishaps(this WebApplication app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerAsync,
            SuppressDiagnosticsCallback = _ => true, // Logged below, with its reference.
            AllowStatusCode404Response = true,
        });

    /// <summary>/error itself, for whoever is sent there by a link.</summary>
    public static Task ShowAsync(HttpContext context) =>
        PlainPage.WriteAsync(context, StatusCodes.Status200OK, "Something went wrong", "DextSage could not do this. Go back and try again.");

    private static Task AnswerAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        // Machines get the same in their own words.
        var isApi = context.Request.Path.StartsWithSegments(Urls.Api, StringComparison.OrdinalIgnoreCase);
        switch (exception)
        {
            case AccessDeniedException denied:
                context.Response.StatusCode = denied.IsMember ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
                return isApi ? ApiProblems.WriteAsync(context, ApiProblems.NotAllowed(context.Response.StatusCode)) : PlainPage.WriteStatusAsync(context);
            case BadHttpRequestException bad:
                context.Response.StatusCode = bad.StatusCode;
                return isApi ? ApiProblems.WriteAsync(context, ApiProblems.Unreadable(bad.StatusCode)) : PlainPage.WriteStatusAsync(context);
            default:
                var reference = References.Next();
                Log.Failed(context.RequestServices.GetRequiredService<ILogger<SecurityHeaders>>(), reference, context.User.PersonId(), context.Request.Method, context.Request.Path, exception);
                if (isApi) return ApiProblems.WriteAsync(context, ApiProblems.Broken(reference));
                return PlainPage.WriteAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong",
                    "DextSage could not do this. Nothing you entered elsewhere is lost. Try again; if it happens again, tell the person who runs DextSage this reference.", reference);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Reference}: {Method} {Path} by person {PersonId} failed")]
        public static partial void Failed(ILogger logger, string reference, Guid? personId, string method, string path, Exception exception);
    }
}
