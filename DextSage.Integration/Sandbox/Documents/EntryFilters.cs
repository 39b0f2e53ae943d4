namespace DextSage.Integration.Sandbox;

/// <summary>The filters and orders that lists of documents and payments share (Sage API 4.3, 4.4).</summary>
internal static class EntryFilters
{
    public static RecordQuery Dates(ApiCall call, RecordQuery query)
    {
        if (call.Query("from_date") is { } from) query.Where("json_extract(body, '$.date') >= ?", from);
        if (call.Query("to_date") is { } to) query.Where("json_extract(body, '$.date') <= ?", to);
        return query;
    }

    public static RecordQuery HasAttachments(ApiCall call, RecordQuery query) => call.Query("has_attachments") is not { } has ? query : query.Where((has == "true" ? "" : "NOT ") + """
        EXISTS (SELECT 1 FROM record a WHERE a.business = $p0 AND a.kind = 'attachments' AND a.deleted_at IS NULL
            AND json_extract(a.body, '$.attachment_context.id') = record.id)
        """);

    /// <summary>A list in the order asked for; no other fields than Sage's may be named.</summary>
    public static Answer Sorted(ApiCall call, string[] fields, Func<string, Answer> list)
    {
        if (call.Query("sort") is not { } sort) return list("position");
        var parts = sort.Split(':');
        return parts.Length <= 2 && fields.Contains(parts[0]) && (parts.Length == 1 || parts[1] is "asc" or "desc")
            ? list($"json_extract(body, '$.{parts[0]}') {(parts.Length == 2 ? parts[1] : "asc")}, position")
            : Answer.Refused(422, SageError.Invalid("sort"));
    }
}
