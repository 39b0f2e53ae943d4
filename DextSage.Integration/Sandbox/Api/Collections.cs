using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>Lists in Sage's envelope and single records (Sage API 4).</summary>
internal static class Collections
{
    private const int DefaultPageSize = 20, LargestPageSize = 200;

    public static Answer List(ApiCall call, string kind, Func<RecordQuery, RecordQuery>? filter = null, Func<ApiCall, Record, JsonObject>? show = null)
    {
        if (Since(call, "updated_or_created_since", out var changed) is { } bad) return bad;
        if (Since(call, "deleted_since", out var deleted) is { } worse) return worse;

        var query = new RecordQuery(call.Business.Id, kind);
        // Invented: with deleted_since the list holds deleted records only, without it none.
        query = deleted is null ? query.Where("deleted_at IS NULL") : query.Where("deleted_at > ?", deleted);
        if (changed is not null) query = query.Where("updated_at >= ?", changed);
        if (filter is not null) query = filter(query);

        var records = call.Books.Lists.Get($"{call.Business.Id} {kind} {call.Home} {Narrowing(call)}",
            () => call.Books.All(query, record => Encoding.UTF8.GetBytes(Attributes.OfListItem(call, show?.Invoke(call, record) ?? record.Body).ToJsonString())));
        // Invented: sizes outside 1..200 are moved to the nearest allowed one.
        var size = Math.Clamp(Number(call, "items_per_page", DefaultPageSize), 1, LargestPageSize);
        var last = Math.Max(1, (records.Count + size - 1) / size);
        // A page beyond the last returns the last page (Sage API 4.1).
        var page = Math.Clamp(Number(call, "page", 1), 1, last);
        return new Answer(StatusCodes.Status200OK, Envelope(call, kind, records, page, size, last), "application/json");
    }

    private static byte[] Envelope(ApiCall call, string kind, IReadOnlyList<byte[]> records, int page, int size, int last)
    {
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteNumber("$total", records.Count);
        json.WriteNumber("$page", page);
        json.WriteString("$next", page < last ? Link(call, kind, page + 1, size) : null);
        json.WriteString("$back", page > 1 ? Link(call, kind, page - 1, size) : null);
        json.WriteNumber("$itemsPerPage", size);
        json.WriteStartArray("$items");
        for (var at = (page - 1) * size; at < Math.Min(page * size, records.Count); at++) json.WriteRawValue(records[at], skipInputValidation: true);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }

    public static Answer One(ApiCall call, string kind, Func<ApiCall, Record, JsonObject>? show = null) =>
        // Invented: of a record that says when it was deleted the single answer still does; any other is no longer known.
        call.Find(kind, call.Key) is { } record && (!record.Deleted || record.Body.ContainsKey("deleted_at"))
            ? Answer.Ok(Attributes.OfSingle(call, show?.Invoke(call, record) ?? record.Body))
            : Answer.Refused(StatusCodes.Status404NotFound, SageError.NotFound);

    private static string Link(ApiCall call, string kind, int page, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"/{kind}?page={page}&items_per_page={size}{Narrowing(call)}");

    /// <summary>What the query says besides which page.</summary>
    private static string Narrowing(ApiCall call) => string.Concat(call.Request.Query.Where(one => one.Key is not ("page" or "items_per_page"))
        .Select(one => $"&{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value.ToString()).Replace("%2C", ",", StringComparison.Ordinal)}"));

    private static int Number(ApiCall call, string name, int otherwise) =>
        int.TryParse(call.Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static Answer? Since(ApiCall call, string name, out string? since)
    {
        since = null;
        if (call.Query(name) is not { } text) return null;
        // A plus sign in a query arrives as a space.
        if (!DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return Answer.Refused(StatusCodes.Status422UnprocessableEntity, SageError.Invalid(name));
        since = SandboxClock.Text(at);
        return null;
    }
}
