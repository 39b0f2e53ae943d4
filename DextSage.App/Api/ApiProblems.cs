using System.Globalization;
using System.Text.Json.Serialization;
using DextSage.Integration.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DextSage.App.Api;

/// <summary>An error as RFC 9457 has it, with a sentence to show and a way out.</summary>
/// <param name="Type">What to tell it by: "/problems/file-refused".</param>
/// <param name="Detail">What happened, as a sentence.</param>
/// <param name="Action">What the sender can do.</param>
/// <param name="Reference">What the log is searched for.</param>
internal sealed record ApiProblem(
    string Type, string Title, int Status, string Detail, string Action, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference = null);

/// <summary>Every error of the API.</summary>
internal static class ApiProblems
{
    public const string ContentType = "application/problem+json";

    public static JsonHttpResult<ApiProblem> Answer(ApiProblem problem) => TypedResults.Json(problem, contentType: ContentType, statusCode: problem.Status);

    public static Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: ContentType);
    }

    public static ApiProblem NoKey() => new("/problems/no-key", "No key", 401,
        "The request carries no API key.", "Send the header “Authorization: Bearer” followed by a key. An Admin makes keys in Business settings, API keys.");

    public static ApiProblem UnknownKey() => new("/problems/unknown-key", "This key opens nothing", 401,
        "The API key is mistyped, was revoked, or was made by somebody who is no member of the business any more.", "Ask an Admin of the business for a new one: Business settings, API keys.");

    public static ApiProblem TooOften() => new("/problems/too-often", "Too many requests", 429,
        $"A key may ask {ApiLimits.PerMinute.ToString(CultureInfo.InvariantCulture)} times a minute, and {ApiLimits.AtOnce.ToString(CultureInfo.InvariantCulture)} times at once.", "Wait for as long as the header Retry-After says, then go on.");

    public static ApiProblem NotAllowed(int status) => new("/problems/not-allowed", "Not allowed", status,
        "The person in whose name this key acts may not do that in this business.", "Ask an Admin of the business for a key of their own.");

    public static ApiProblem Unreadable(int status) => new("/problems/unreadable", "Not understood", status,
        status is StatusCodes.Status413PayloadTooLarge ? $"The request is larger than {ApiEndpoints.LargestBody / 1024 / 1024} MB." : "The request was not understood, or broke off.",
        $"Send one file as multipart/form-data, as {Urls.ApiDocument} describes it, and repeat it with the same Idempotency-Key.");

    public static ApiProblem NoForm() => Unreadable(StatusCodes.Status400BadRequest) with { Detail = "A file is sent as multipart/form-data, in a part called “file”." };

    public static ApiProblem NotOneFile(int files) => new("/problems/not-one-file", "Not one file", 422,
        files == 0 ? "The form carries no file." : "The form carries several files.", "Send each file in a request of its own, in a part called “file”, with its name.");

    public static ApiProblem BadField(string field, string sentence) => new("/problems/bad-value", $"{field} is not right", 422, sentence, $"Correct {field}, or leave it out.");

    public static ApiProblem Refused(ArrivalReport report) => new("/problems/file-refused", "The file was refused", 422, report.Refusal!, report.Action ?? "Look at the file, and send another one.");

    public static ApiProblem OtherContent() => new("/problems/key-of-another-request", "This Idempotency-Key belongs to another request", 422,
        "The same Idempotency-Key came before with another file, or with another type, owner or note, so nothing was done.", "Give each file an Idempotency-Key of its own; repeat one only to repeat the same request.");

    public static ApiProblem InProgress() => new("/problems/in-progress", "Still being done", 409,
        "The same request is being worked on at this moment.", "Repeat it after as long as the header Retry-After says: the answer is then the first one’s.");

    public static ApiProblem Busy() => new("/problems/busy", "Took too long", 503,
        "The file took too long to open, which may be its own fault or that of a busy machine.", "Repeat the request after as long as the header Retry-After says. If it keeps happening, print the document as a new PDF and send that.");

    public static ApiProblem NoItem() => new("/problems/no-such-item", "No such item", 404,
        "This key has no item of this id. It sees what came in through the API, unless it was made to see all.", "Take the id from the answer to the file, or from the list of items.");

    public static ApiProblem NothingHere(HttpRequest request) => new("/problems/nothing-here", "There is nothing here", 404,
        $"There is nothing at this address for {request.Method}.", $"The addresses are in {Urls.ApiDocument}.");

    public static ApiProblem Broken(string reference) => new("/problems/broken", "Something went wrong", 500,
        "DextSage could not do this.", "Repeat it with the same Idempotency-Key: nothing is added twice. If it happens again, tell the person who runs DextSage the reference.", reference);
}
