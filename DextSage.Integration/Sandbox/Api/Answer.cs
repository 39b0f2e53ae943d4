using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>A whole answer held in memory, so that a fault can spoil, cut or lose it after the work was done.</summary>
internal sealed record Answer(int Status, byte[] Body, string ContentType)
{
    public Dictionary<string, string> Headers { get; } = [];

    public bool Succeeded => Status < 400;

    public static Answer Json(int status, JsonNode body) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");

    public static Answer Ok(JsonNode body) => Json(StatusCodes.Status200OK, body);

    public static Answer Created(JsonNode body) => Json(StatusCodes.Status201Created, body);

    public static Answer NoContent() => new(StatusCodes.Status204NoContent, [], "");

    public static Answer Refused(int status, params IEnumerable<SageError> errors) =>
        Json(status, new JsonArray([.. errors.Select(error => error.ToJson())]));

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Status == StatusCodes.Status204NoContent) return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
