using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Attachments (Sage API 12): JSON with base64, at most 2,621,440 bytes, downloaded as an octet stream, never idempotent.</summary>
internal static class Attachments
{
    private const string Kind = "attachments";
    private const int Largest = 2_621_440;
    private const string Readers = "Sales:FRO; Purchases:FRO", Writers = "Sales:FR; Purchases:FR";

    // Invented: PDF, JPEG and PNG are known to be taken, GIF and TIFF are said to be; anything else is refused (Sage API 18, question 13).
    private static readonly string[] Types = ["application/pdf", "image/jpeg", "image/png", "image/gif", "image/tiff"];

    /// <summary>
    /// Where each type of context is kept: what Sage's list of targets names (Sage API 12). Sales documents and quick entries are not in it.
    /// </summary>
    private static readonly Dictionary<string, string> Contexts = new(StringComparer.Ordinal)
    {
        ["PURCHASE_INVOICE"] = DocumentKind.PurchaseInvoice.Path,
        ["PURCHASE_CREDIT_NOTE"] = DocumentKind.PurchaseCreditNote.Path,
        ["OTHER_PAYMENT"] = "other_payments",
    };

    public static readonly ApiRoute[] Routes =
    [
        new("GET", Kind, Readers, List),
        new("POST", Kind, Writers, Create) { Wrapper = "attachment" },
        new("GET", Kind + "/{key}", Readers, call => Collections.One(call, Kind, Show)),
        new("DELETE", Kind + "/{key}", Writers, Delete),
        new("GET", Kind + "/{key}/file", Readers, File),
    ];

    public static RecordQuery Of(string business, string contextId) =>
        new RecordQuery(business, Kind).Where("deleted_at IS NULL").Equal("attachment_context.id", contextId);

    public static byte[] Content(BookSession books, string id) => (byte[])books.Scalar("SELECT content FROM file WHERE attachment = $p0", id)!;

    private static Answer List(ApiCall call)
    {
        string? type = call.Query("attachment_context_type_id"), id = call.Query("attachment_context_id");
        // Both or neither (Sage API 4.3).
        if (type is null != id is null) return Answer.Refused(422, SageError.Required(type is null ? "attachment_context_type_id" : "attachment_context_id"));
        return Collections.List(call, Kind, query => query.Equal("attachment_context_type.id", type).Equal("attachment_context.id", id), Show);
    }

    private static Answer Create(ApiCall call)
    {
        var checks = new Checks(call.Entity, "attachment");
        var encoded = checks.Text("file", required: true);
        var name = checks.Text("file_name", 255, required: true);
        var mimeType = checks.Text("mime_type", required: true);
        var description = checks.Text("description");
        var extension = checks.Text("file_extension");
        var isPublic = checks.Flag("is_public");
        var content = Decode(checks, encoded);
        if (mimeType is not null && !Types.Contains(mimeType)) checks.AddRule("This file type is not supported.", "mime_type");
        var context = ContextOf(call, checks, out var type);
        if (checks.Errors.Count > 0) return Answer.Refused(422, checks.Errors);

        var id = Guid.NewGuid().ToString("D");
        call.Books.Add(call.Business.Id, Kind, id, new JsonObject
        {
            ["id"] = id,
            ["displayed_as"] = null,
            ["$path"] = $"/attachments/{id}",
            ["deleted_at"] = null,
            ["mime_type"] = mimeType,
            ["description"] = description,
            ["file_extension"] = extension ?? Path.GetExtension(name!).TrimStart('.'),
            ["transaction"] = context?.Body.Object("transaction")?.DeepClone(),
            ["file_size"] = content!.Length,
            ["file_name"] = name,
            ["$file_path"] = $"/attachments/{id}/file",
            ["attachment_context_type"] = type?.AsReference(),
            ["attachment_context"] = context?.AsReference(),
            ["is_public"] = isPublic,
            ["created_at"] = call.Now,
            ["updated_at"] = call.Now,
        }, call.Now);
        call.Books.Execute("INSERT INTO file VALUES ($p0, $p1)", id, content);
        return Answer.Created(Show(call, call.Find(Kind, id)!));
    }

    private static byte[]? Decode(Checks checks, string? encoded)
    {
        if (encoded is null) return null;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            checks.Add(SageError.Invalid("attachment[file]"));
            return null;
        }
        // Invented wording; the limit is on the raw bytes (Sage API 12).
        if (length > Largest) checks.AddRule("The file is too large. The maximum size is 2.5 MB.", "file");
        return bytes[..length];
    }

    /// <summary>Type and id come together, and what they name exists in this business.</summary>
    private static Record? ContextOf(ApiCall call, Checks checks, out Record? type)
    {
        string? typeId = checks.Text("attachment_context_type_id"), id = checks.Text("attachment_context_id");
        type = call.Find("attachment_context_types", typeId);
        if (typeId is null && id is null) return null;
        if (typeId is null || id is null)
        {
            checks.Add(SageError.Required(typeId is null ? "attachment_context_type_id" : "attachment_context_id"));
            return null;
        }
        if (Contexts.TryGetValue(typeId, out var kind) && call.Find(kind, id) is { Deleted: false } found) return found;
        // Invented wording, for a type that exists and takes no attachments.
        if (type is not null && kind is null) checks.AddRule("Attachments are not supported for this type of transaction.", "attachment_context_type_id");
        else checks.Add(SageError.NotFound);
        return null;
    }

    private static Answer Delete(ApiCall call)
    {
        if (call.Find(Kind, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        call.Books.Save(record, call.Now, deleted: true);
        return Answer.NoContent();
    }

    private static Answer File(ApiCall call)
    {
        if (call.Find(Kind, call.Key) is not { Deleted: false } record) return Answer.Refused(404, SageError.NotFound);
        // Invented: the status; Sage says only that any other Accept is an error.
        return call.Request.Headers.Accept.ToString() == "application/octet-stream"
            ? new Answer(200, Content(call.Books, record.Id), "application/octet-stream")
            : Answer.Refused(415, new SageError("UnsupportedMediaType", "The Accept header must be application/octet-stream."));
    }

    /// <summary>The whole file travels with a single record and with attributes=all (Sage API 12 warns of it).</summary>
    private static JsonObject Show(ApiCall call, Record record)
    {
        var asked = call.Query("attributes") ?? (call.Key.Length > 0 || call.Request.Method == "POST" ? "all" : "");
        if (!asked.Split(',').Any(one => one is "all" or "file")) return record.Body;
        var body = (JsonObject)record.Body.DeepClone();
        body["file"] = Convert.ToBase64String(Content(call.Books, record.Id));
        return body;
    }
}
