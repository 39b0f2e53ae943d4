using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DextSage.Integration.Sage;

/// <summary>An answer of Sage's as text, to be kept as proof of what was done.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body; what was left out of it is said where it stood. Empty where there was none.</param>
public sealed record SageWords(int Status, string Text)
{
    /// <summary>In characters. A document of a hundred lines comes to some 150,000.</summary>
    public const int Longest = 200_000;

    /// <summary>In characters of one value. Notes have at most 2,000.</summary>
    private const int LongestValue = 4_000;

    /// <summary>Sage sends an uploaded file back whole (Sage API 12).</summary>
    private const string File = "file";

    // An answer of the API has none of these; the text is kept for years, and so no proxy's or future answer brings one in.
    private static readonly string[] Secrets = ["access_token", "refresh_token", "id_token", "token", "client_secret", "password", "authorization"];

    // For people to read, in text and never in markup.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static SageWords Of(int status, ReadOnlySpan<byte> body)
    {
        var text = TryRead(body) ?? Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestValue)]);
        return new(status, text.Length <= Longest ? text : $"{text[..Longest]}\n[{Left(text.Length - Longest)}]");
    }

    // Token by token: of an uploaded file nothing is held but its length.
    private static string? TryRead(ReadOnlySpan<byte> body)
    {
        var kept = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(kept, Plain);
            var reader = new Utf8JsonReader(body);
            var name = "";
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName)
                {
                    name = reader.GetString()!;
                    writer.WritePropertyName(name);
                    continue;
                }
                Copy(ref reader, writer, name);
                name = "";
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(kept.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.String or JsonTokenType.Number when Secrets.Contains(name, StringComparer.OrdinalIgnoreCase): writer.WriteStringValue("[not kept]"); break;
            case JsonTokenType.String when name == File || reader.ValueSpan.Length > LongestValue: writer.WriteStringValue($"[{Left(reader.ValueSpan.Length)}]"); break;
            case JsonTokenType.String: writer.WriteStringValue(reader.GetString()); break;
            default: writer.WriteRawValue(reader.ValueSpan); break;
        }
    }

    private static string Left(int characters) => string.Create(CultureInfo.InvariantCulture, $"{characters:N0} characters left out");
}
