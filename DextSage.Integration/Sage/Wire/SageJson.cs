using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DextSage.Integration.Sage;

/// <summary>How Sage's JSON is read: with the licence its wire takes against its own description (Sage API 3).</summary>
internal static class SageJson
{
    /// <exception cref="NotSupportedException">The type is not in <see cref="SageJsonTypes"/>.</exception>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)SageJsonTypes.Default.Options.GetTypeInfo(typeof(T));

    /// <summary>The text of a scalar of any kind; null for null.</summary>
    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("A single value is expected here."),
    };

    // A number where a string belongs is taken as written.
    internal sealed class TextReader : ReadOnlyConverter<string?>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalar(ref reader);
    }

    internal sealed class DateReader : ReadOnlyConverter<DateOnly?>
    {
        public override DateOnly? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = Scalar(ref reader);
            if (string.IsNullOrWhiteSpace(text)) return null;
            var day = text.Length > 10 && text[10] == 'T' ? text[..10] : text;
            return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : throw new JsonException("A date is expected here.");
        }
    }

    // Sage's own examples hold impossible times (2020-11-317T13:17:55Z). None of ours decides anything: unreadable is unknown.
    internal sealed class TimeReader : ReadOnlyConverter<DateTimeOffset?>
    {
        public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.TryParse(Scalar(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null;
    }

    internal sealed class DecimalReader : ReadOnlyConverter<decimal?>
    {
        public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = Scalar(ref reader);
            if (string.IsNullOrWhiteSpace(text)) return null;
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new JsonException("A number is expected here.");
        }
    }

    internal sealed class IntReader : ReadOnlyConverter<int?>
    {
        public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = Scalar(ref reader);
            if (string.IsNullOrWhiteSpace(text)) return null;
            // Integers come as "5000" and as 5000.0 too.
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue
                ? (int)number
                : throw new JsonException("A whole number is expected here.");
        }
    }

    internal sealed class BoolReader : ReadOnlyConverter<bool?>
    {
        public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalar(ref reader) switch
        {
            null or "" => null,
            "true" => true,
            "false" => false,
            _ => throw new JsonException("True or false is expected here."),
        };
    }

    internal abstract class ReadOnlyConverter<T> : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Sage's records are only read; see SageBodies for what is sent.");
    }
}
