using System.Text.Json;
using System.Text.Json.Serialization;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DextSage.Integration.Storage;

/// <summary>Money and rates as whole ten-thousandths, so that both databases sort and add them exactly.</summary>
internal sealed class MoneyConverter() : ValueConverter<decimal, long>(
    amount => decimal.ToInt64(decimal.Round(amount * Scale, 0, MidpointRounding.ToEven)),
    stored => stored / Scale)
{
    private const decimal Scale = 10_000m;
}

/// <summary>Exchange rates as whole hundred-millionths: more decimals than money has.</summary>
internal sealed class RateConverter() : ValueConverter<decimal, long>(
    rate => decimal.ToInt64(decimal.Round(rate * Scale, 0, MidpointRounding.ToEven)),
    stored => stored / Scale)
{
    private const decimal Scale = 100_000_000m;
}

/// <summary>Times as UTC: SQLite cannot order by a DateTimeOffset.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

/// <summary>A tax rate's periods as JSON in its own row: they are read with it and never asked for alone.</summary>
internal sealed class TaxRatePeriods() : ValueConverter<IReadOnlyList<TaxRatePeriod>, string>(
    periods => JsonSerializer.Serialize(periods, JsonSerializerOptions.Default),
    stored => JsonSerializer.Deserialize<List<TaxRatePeriod>>(stored, JsonSerializerOptions.Default)!)
{
    public static readonly ValueComparer<IReadOnlyList<TaxRatePeriod>> Comparer = new(
        (one, other) => one!.SequenceEqual(other!), periods => periods.Count, periods => periods.ToList());
}

/// <summary>The lines of a split template as JSON in its own row.</summary>
internal sealed class SplitParts() : ValueConverter<IReadOnlyList<SplitPart>, string>(
    parts => JsonSerializer.Serialize(parts, JsonSerializerOptions.Default),
    stored => JsonSerializer.Deserialize<List<SplitPart>>(stored, JsonSerializerOptions.Default)!)
{
    public static readonly ValueComparer<IReadOnlyList<SplitPart>> Comparer = new(
        (one, other) => one!.SequenceEqual(other!), parts => parts.Count, parts => parts.ToList());
}

/// <summary>A record as JSON in a column of its own row; enums by their names, what is null left out.</summary>
internal sealed class AsJson<T>() : ValueConverter<T, string>(value => AsJson.Write(value), stored => AsJson.Read<T>(stored)) where T : class
{
    public static readonly ValueComparer<T> Comparer = new((one, other) => AsJson.Write(one!) == AsJson.Write(other!), value => AsJson.Write(value).Length, value => value);
}

internal static class AsJson
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static T Read<T>(string stored) => JsonSerializer.Deserialize<T>(stored, Json)!;
}
