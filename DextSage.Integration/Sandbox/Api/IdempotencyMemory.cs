using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>
/// What Sage remembers of an <c>idempotency_id</c> for seven days (Sage API 5.2). Invented, because Sage does not say: refused attempts are
/// not remembered; a replay answers 201 with the first result whatever its body; the memory is per business; a mismatch answers 422.
/// </summary>
internal static class IdempotencyMemory
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    public static Answer Once(ApiCall call, ApiRoute route)
    {
        if (!call.Entity.ContainsKey("idempotency_id")) return route.Handle(call);
        if (call.Entity.Text("idempotency_id") is not { Length: 32 } id)
            return Answer.Refused(StatusCodes.Status422UnprocessableEntity, SageError.Invalid("idempotency_id"));

        call.Books.Execute("DELETE FROM remembered WHERE at <= $p0", SandboxClock.Text(call.Clock.Now - Memory));
        // A PUT is remembered apart from the POST of the same resource, and for its own record.
        var kind = $"{route.Wrapper}{(call.Key.Length > 0 ? "/" + call.Key : "")}";
        var first = call.Books.First("SELECT kind, answer FROM remembered WHERE business = $p0 AND idempotency_id = $p1",
            row => (Kind: row.GetString(0), Answer: row.GetString(1)), call.Business.Id, id);
        if (first.Kind is not null)
            return first.Kind == kind
                ? Answer.Json(SuccessOf(route), JsonNode.Parse(first.Answer)!)
                : Answer.Refused(StatusCodes.Status422UnprocessableEntity, SageError.WrongEntity);

        var answer = route.Handle(call);
        if (answer.Succeeded)
            call.Books.Execute("INSERT INTO remembered (business, idempotency_id, kind, answer, at) VALUES ($p0, $p1, $p2, $p3, $p4)",
                call.Business.Id, id, kind, System.Text.Encoding.UTF8.GetString(answer.Body), call.Now);
        return answer;
    }

    public static string? IdIn(JsonNode? body) =>
        body is JsonObject whole ? whole.Select(member => member.Value).OfType<JsonObject>().Select(entity => entity.Text("idempotency_id")).FirstOrDefault(id => id is not null) : null;

    private static int SuccessOf(ApiRoute route) =>
        route.Method == HttpMethods.Post ? StatusCodes.Status201Created : StatusCodes.Status200OK;
}
