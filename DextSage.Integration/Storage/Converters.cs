using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DextSage.Integration.Storage;

/// <summary>Money and rates as whole ten-thousandths, so that both databases sort and add them exactly.</summary>
internal sealed class MoneyConverter() : ValueConverter<decimal, long>(
    amount => decimal.ToInt64(decimal.Round(amount * Scale, 0, MidpointRounding.ToEven)),
    stored => stored / Scale)
{
    private const decimal Scale = 10_000m;
}

/// <summary>Times as UTC: SQLite cannot order by a DateTimeOffset.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
