using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>A request body, frozen: these bytes are sent, now and at every repeat. Kept in the publication's step.</summary>
public sealed record SageBody(string Json)
{
    // A body may hold a supplier's bank details or a whole document: it does not belong into a log by accident.
    public override string ToString() => $"SageBody ({Json.Length} characters)";
}

/// <summary>Freezes new records into bodies: wrapped in the record's name, amounts as strings, dates as yyyy-MM-dd (Sage API 3).</summary>
public static class SageBodies
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new AmountConverter() },
    };

    /// <param name="idempotencyId">32 hex digits; Sage answers a repeat of it with the record made first (Sage API 5.2).</param>
    /// <exception cref="ArgumentException">The id has another form, or an amount has more than two decimals.</exception>
    public static SageBody Contact(NewContact contact, string idempotencyId) => Freeze("contact", contact, idempotencyId);

    /// <inheritdoc cref="Contact"/>
    /// <exception cref="ArgumentException">It is none of the kinds that have lines of prices.</exception>
    public static SageBody Document(SageDocumentKind kind, NewDocument document, string idempotencyId)
    {
        if (kind.Lines is null || kind.IsPayment) throw new ArgumentException($"A {kind} has other fields.", nameof(kind));
        var fields = Fields(document, idempotencyId);
        fields[kind.Lines] = fields["lines"]!.DeepClone();
        fields.Remove("lines");
        return Wrap(kind.Name, fields);
    }

    /// <inheritdoc cref="Contact"/>
    public static SageBody QuickEntry(SageDocumentKind kind, NewQuickEntry entry, string idempotencyId) => Freeze(kind.Name, entry, idempotencyId);

    /// <inheritdoc cref="Contact"/>
    public static SageBody OtherPayment(NewOtherPayment payment, string idempotencyId) => Freeze(SageDocumentKind.OtherPayment.Name, payment, idempotencyId);

    /// <inheritdoc cref="Contact"/>
    public static SageBody ContactPayment(NewContactPayment payment, string idempotencyId) => Freeze("contact_payment", payment, idempotencyId);

    /// <summary>
    /// What one of these bodies would make anew, as a change of what is there. What it leaves out is emptied, because Sage keeps what a change does not
    /// name; lines go by their ids, and those beyond them are new (Sage API 9.3).
    /// </summary>
    /// <param name="lineIds">Sage's, in order.</param>
    public static SageBody Change(SageDocumentKind kind, SageBody whole, IReadOnlyList<string?> lineIds)
    {
        var fields = JsonNode.Parse(whole.Json)![kind.Name]!.AsObject();
        foreach (var name in kind.Emptied.Where(n => !fields.ContainsKey(n))) fields[name] = null;
        if (kind is { Lines: not null, IsPayment: false } && !fields.ContainsKey("vat_reverse_charge")) fields["vat_reverse_charge"] = false;
        var lines = kind.Lines is { } list ? fields[list]!.AsArray().Select(l => l!.AsObject()).ToList() : [fields];
        foreach (var line in lines.Where(l => !l.ContainsKey("analysis_type_categories"))) line["analysis_type_categories"] = new JsonArray();
        if (kind.Lines is not null)
            foreach (var (line, id) in lines.Zip(lineIds)) line.Insert(0, "id", id);
        return Wrap(kind.Name, (JsonObject)fields.DeepClone());
    }

    /// <summary>Sage remembers no id for attachments: list those of the document before a repeat (Sage API 12).</summary>
    /// <exception cref="ArgumentException">The file is empty or larger than <see cref="SageLimits.AttachmentBytes"/>.</exception>
    internal static HttpContent Attachment(NewAttachment attachment, SageFile file)
    {
        if (file.Length is < 1 or > SageLimits.AttachmentBytes)
            throw new ArgumentException($"Sage takes files of 1 to {SageLimits.AttachmentBytes} bytes, not {file.Length}.", nameof(file));
        return new AttachmentContent(WithFile(attachment, file.Length, ""), "\"file\":\"\"", file);
    }

    /// <summary>The body of an upload as it is kept: with the file's SHA-256 (64 hex digits) in its stead.</summary>
    internal static string WithoutFile(NewAttachment attachment, long length, string sha256) => WithFile(attachment, length, $"[sha256 {sha256}]");

    private static string WithFile(NewAttachment attachment, long length, string file)
    {
        var fields = JsonSerializer.SerializeToNode(attachment, Options)!.AsObject();
        fields["file_size"] = length;
        fields["file"] = file;
        return Wrap("attachment", fields).Json;
    }

    private static SageBody Freeze<T>(string wrapper, T record, string idempotencyId) => Wrap(wrapper, Fields(record, idempotencyId));

    private static JsonObject Fields<T>(T record, string idempotencyId)
    {
        if (idempotencyId.Length != 32 || !idempotencyId.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException("An idempotency id is 32 lower-case hex digits.", nameof(idempotencyId));
        var fields = JsonSerializer.SerializeToNode(record, Options)!.AsObject();
        fields.Insert(0, "idempotency_id", idempotencyId);
        return fields;
    }

    private static SageBody Wrap(string wrapper, JsonObject fields) => new(new JsonObject { [wrapper] = fields }.ToJsonString());

    // Strings, because a reader at the other end may take numbers for floats; two decimals, because Sage has no more (Sage API 3).
    private sealed class AmountConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("New records are only written.");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
        {
            if (decimal.Round(value, 2) != value)
                throw new ArgumentException("An amount for Sage has at most two decimals.", nameof(value));
            writer.WriteStringValue(value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
