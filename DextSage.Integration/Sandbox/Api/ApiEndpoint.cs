using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>The front door of /v3.1: authorisation before routing, then business, edition, role, body, and only then the resource.</summary>
internal sealed class ApiEndpoint(Books books, Grants grants, SandboxClock clock, Gate gate, IOptions<SageSandboxOptions> options)
{
    private const int LargestBody = 8 * 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public async Task AnswerAsync(HttpContext http)
    {
        var path = (string?)http.Request.RouteValues["path"] ?? "";
        await gate.PassAsync(http, "/" + path, async seen =>
        {
            await clock.WaitAsync(options.Value.Latency, http.RequestAborted);
            var body = await ReadAsync(http.Request);
            seen.IdempotencyId = IdempotencyMemory.IdIn(body.Node);
            var answer = Decide(http.Request, path, body, seen);
            answer.Headers["x-request-id"] = Guid.NewGuid().ToString();
            return answer;
        });
    }

    private Answer Decide(HttpRequest request, string path, RequestBody body, Seen seen)
    {
        if (Refusal(request, out var access) is { } refusal) return refusal;

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var here = ApiRoute.All.Where(route => route.Matches(segments, out _)).ToList();
        if (here.Count == 0) return Answer.Refused(StatusCodes.Status404NotFound, SageError.NotFound);
        if (here.Find(route => route.Method == request.Method) is not { } route)
            return Answer.Refused(StatusCodes.Status405MethodNotAllowed, SageError.WrongVerb);
        route.Matches(segments, out var key);

        var person = access.Person;
        var asked = route.OutsideBusiness ? "" : request.Headers["X-Business"].ToString();
        var business = asked.Length == 0 ? person.LeadBusiness : person.Businesses.FirstOrDefault(one => one.Id == asked);
        // Invented: a business that is unknown or another's answers 403 (Sage API 18, question 14).
        if (business is null) return Answer.Refused(StatusCodes.Status403Forbidden, SageError.AccessDenied);
        if (!route.OutsideBusiness) seen.Business = business.Id;

        var answer = MayUse(request, route, access, business) ?? BodyProblem(request, route, body) ?? Run(request, route, person, business, key, body);
        if (!route.OutsideBusiness) answer.Headers["X-Business"] = business.Id;
        return answer;
    }

    private Answer? Refusal(HttpRequest request, out Access access)
    {
        access = null!;
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            // An object, not the usual array (Sage API 6).
            return Answer.Json(StatusCodes.Status401Unauthorized, new JsonObject { ["error"] = "Authorization missing. Please, add an authorization token at the 'Authorization' HTTP header." });
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
        if (grants.Check(token) is { } found)
        {
            access = found;
            return null;
        }
        // Invented: an expired token reads like a malformed one (Sage API 18, question 15).
        return Answer.Refused(StatusCodes.Status401Unauthorized, SageError.BadToken);
    }

    private Answer? MayUse(HttpRequest request, ApiRoute route, Access access, Organisation business)
    {
        if (!route.OutsideBusiness)
        {
            var subscribed = books.Read(session => session.Find(business.Id, "businesses", business.Id))!.Body.Objects("subscriptions").First().Flag("active");
            if (!subscribed || business.Edition < route.From) return Answer.Refused(StatusCodes.Status401Unauthorized, SageError.NoSubscription);
        }
        var writes = !HttpMethods.IsGet(request.Method);
        // Invented: a readonly grant that writes is refused as a weak role is (Sage API 2.1 names the scope, not the refusal).
        if (writes && access.Scope == "readonly") return Answer.Refused(StatusCodes.Status403Forbidden, SageError.AccessDenied);
        return access.Person.May(business, route.Roles) ? null : Answer.Refused(StatusCodes.Status403Forbidden, SageError.AccessDenied);
    }

    private static Answer? BodyProblem(HttpRequest request, ApiRoute route, RequestBody body)
    {
        if (route.Wrapper is not { } wrapper) return null;
        if (!request.HasJsonContentType()) return Answer.Refused(StatusCodes.Status415UnsupportedMediaType, SageError.WrongContentType);
        if (body.Problem is { } problem) return Answer.Refused(StatusCodes.Status422UnprocessableEntity, problem);
        if (body.Node is not JsonObject whole || !whole.ContainsKey(wrapper))
            // Invented: the wording for a missing wrapper; the code is the one Sage uses for wrong shapes.
            return Answer.Refused(StatusCodes.Status422UnprocessableEntity, new SageError("Validation", $"{wrapper} is missing", wrapper));
        return whole[wrapper] is JsonObject ? null : Answer.Refused(StatusCodes.Status422UnprocessableEntity, SageError.Invalid(wrapper));
    }

    private Answer Run(HttpRequest request, ApiRoute route, Person person, Organisation business, string key, RequestBody body)
    {
        var entity = (route.Wrapper is { } wrapper ? body.Node![wrapper] : body.Node) as JsonObject ?? [];
        var home = $"{request.Scheme}://{request.Host}{request.PathBase}{options.Value.PathBase}";
        ApiCall Call(BookSession session) => new(request, person, business, session, clock, key, entity) { Home = home };

        return HttpMethods.IsGet(request.Method)
            ? books.Read(session => route.Handle(Call(session)))
            : books.Write(session => route.Remembers ? IdempotencyMemory.Once(Call(session), route) : route.Handle(Call(session)), answer => answer.Succeeded);
    }

    private static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || !request.HasJsonContentType()) return new RequestBody(null, null);
        // Invented: a body far beyond the largest attachment is refused as a shape that cannot be right.
        if (request.ContentLength > LargestBody) return new RequestBody(null, SageError.BadJson);
        try
        {
            var node = await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: request.HttpContext.RequestAborted);
            ReadThrough(node);
            return new RequestBody(node, null);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return new RequestBody(null, SageError.BadJson);
        }
    }

    /// <summary>Text that is no Unicode (half a surrogate pair) shows itself only when it is read: better here than half-way through a rule.</summary>
    private static void ReadThrough(JsonNode? node)
    {
        if (node is JsonObject whole)
            foreach (var (_, member) in whole) ReadThrough(member);
        else if (node is JsonArray array)
            foreach (var element in array) ReadThrough(element);
        else if (node?.GetValueKind() == JsonValueKind.String)
            _ = node.GetValue<string>();
    }

    private sealed record RequestBody(JsonNode? Node, SageError? Problem);
}
