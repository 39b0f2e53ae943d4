using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>Every request of the wire passes here: it is written into the journal, and a fault that waits for it strikes.</summary>
internal sealed class Gate(Faults faults, Journal journal, SandboxClock clock)
{
    public async Task PassAsync(HttpContext http, string path, Func<Seen, Task<Answer>> work)
    {
        var request = http.Request;
        // The query of the wire endpoints carries no secret; that of the authorisation pages does, and they do not pass here.
        var seen = new Seen(clock.Stamp, request.Method, path, request.QueryString.ToString());
        var fault = faults.Meet(request.Method, path, request.QueryString.ToString(), request.Headers["X-Business"].ToString());
        seen.Fault = fault?.Kind.ToString();
        journal.Add(seen);

        if (fault is null)
        {
            await SendAsync(http, seen, await work(seen));
            return;
        }
        await clock.WaitAsync(TimeSpan.FromMilliseconds(fault.DelayMs), http.RequestAborted);
        if (await StrikeAsync(fault, seen, work) is { } answer) await SendAsync(http, seen, answer);
        else http.Abort();
    }

    /// <summary>The answer that the fault leaves, or null for a dropped connection.</summary>
    private static async Task<Answer?> StrikeAsync(Fault fault, Seen seen, Func<Seen, Task<Answer>> work)
    {
        switch (fault.Kind)
        {
            case FaultKind.Status:
                if (fault.AfterCommit) await work(seen);
                return WithRetryAfter(fault.DataCode is { } code ? Answer.Refused(fault.Status, new SageError(code, fault.Message ?? "")) : Bodies.Of(fault.Status), fault);
            case FaultKind.Throttle:
                return WithRetryAfter(Bodies.Of(StatusCodes.Status429TooManyRequests), fault);
            case FaultKind.ErrorAfterCommit:
                await work(seen);
                return Bodies.Of(StatusCodes.Status500InternalServerError);
            case FaultKind.AnswerLostAfterCommit:
                await work(seen);
                return null;
            case FaultKind.LostBefore:
                return null;
            case FaultKind.HtmlWith200:
                return new Answer(StatusCodes.Status200OK, Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body><h1>Please sign in to the network</h1></body></html>"), "text/html");
            case FaultKind.TruncatedJson:
                var whole = await work(seen);
                return whole with { Body = whole.Body[..(whole.Body.Length / 2)] };
            case FaultKind.Slow:
                return await work(seen);
            default:
                throw new InvalidOperationException($"The sandbox does not know the fault {fault.Kind}.");
        }
    }

    private Task SendAsync(HttpContext http, Seen seen, Answer answer)
    {
        http.Response.Headers.Date = clock.Now.ToString("R", CultureInfo.InvariantCulture);
        seen.Status = answer.Status;
        return answer.WriteAsync(http.Response);
    }

    private static Answer WithRetryAfter(Answer answer, Fault fault)
    {
        if (fault.RetryAfter is { } wait) answer.Headers["Retry-After"] = wait;
        return answer;
    }
}

/// <summary>The body that Sage sends with a status when nothing better is known of the request.</summary>
internal static class Bodies
{
    public static Answer Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Answer.Json(status, new System.Text.Json.Nodes.JsonObject { ["error"] = "invalid_grant" }),
        StatusCodes.Status401Unauthorized => Answer.Refused(status, SageError.BadToken),
        StatusCodes.Status403Forbidden => Answer.Refused(status, SageError.AccessDenied),
        StatusCodes.Status404NotFound => Answer.Refused(status, SageError.NotFound),
        StatusCodes.Status405MethodNotAllowed => Answer.Refused(status, SageError.WrongVerb),
        StatusCodes.Status415UnsupportedMediaType => Answer.Refused(status, SageError.WrongContentType),
        StatusCodes.Status422UnprocessableEntity => Answer.Refused(status, SageError.NoSupplier),
        StatusCodes.Status429TooManyRequests => Answer.Refused(status, SageError.Throttled),
        // A gateway between us answers in HTML (Sage API 15).
        StatusCodes.Status502BadGateway or StatusCodes.Status504GatewayTimeout =>
            new Answer(status, Encoding.UTF8.GetBytes("<html><head><title>Gateway</title></head><body></body></html>"), "text/html"),
        _ => Answer.Refused(status, SageError.Unexpected),
    };
}
