using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DextSage.Integration.Sandbox;

/// <summary>Knobs for tests and the curious, for this machine only.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var control = endpoints.MapGroup("/control").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !Page.IsAskedFromElsewhere(context.HttpContext)
                ? await next(context)
                : Results.NotFound());

        control.MapGet("/faults", (Faults faults) => Results.Json(faults.Open(), Json));
        control.MapPost("/faults", (HttpContext http, Faults faults) => ReadAsync<Fault>(http, fault =>
        {
            faults.Add(fault);
            return Results.Json(fault, Json, statusCode: StatusCodes.Status201Created);
        }));
        control.MapDelete("/faults", (Faults faults) => { faults.Clear(); return Results.NoContent(); });

        control.MapGet("/journal", (Journal journal) => Results.Json(journal.Entries, Json));
        control.MapDelete("/journal", (Journal journal) => { journal.Clear(); return Results.NoContent(); });

        control.MapPost("/expire-access-tokens", (Grants grants) => Results.Json(new { expired = grants.ExpireAccessTokens() }, Json));
        control.MapPost("/mutate", (HttpContext http, Books books, SandboxClock clock) => ReadAsync<Mutation>(http, mutation => Mutations.Do(http, books, clock, mutation)));
    }

    private static async Task<IResult> ReadAsync<T>(HttpContext http, Func<T, IResult> then) where T : class
    {
        if (!http.Request.HasJsonContentType()) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(Json, http.RequestAborted) is { } body ? then(body) : Results.BadRequest("A JSON object is expected.");
        }
        catch (JsonException ex)
        {
            return Results.BadRequest(ex.Message);
        }
    }
}
