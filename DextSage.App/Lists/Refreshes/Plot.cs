using System.Globalization;
using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Lists.Refreshes;

/// <summary>Bars over the runs, on a scale that ends at a round number.</summary>
/// <param name="Values">Oldest first, none negative.</param>
/// <param name="Word">A value of the scale, for people.</param>
internal sealed record Plot(string Title, IReadOnlyList<decimal> Values, Func<decimal, string> Word)
{
    public const decimal Width = 600;
    public const decimal Height = 100;

    /// <summary>A few runs do not fill the width: bars as broad as doors tell nothing.</summary>
    private const int FewestSlots = 16;
    private const decimal BarOfSlot = 0.7m;

    public static Plot OfTime(IReadOnlyList<HistoryRun> runs) =>
        new("How long it took", [.. runs.Select(r => (decimal)r.Took!.Value.Ticks / TimeSpan.TicksPerSecond)], s => s < 120 ? $"{Text(s)} s" : $"{Text(s / 60)} min");

    public static Plot OfRows(IReadOnlyList<HistoryRun> runs) =>
        new("How many rows it read", [.. runs.Select(r => (decimal)r.Run.Seen)], rows => Numbers.Text((int)rows));

    /// <summary>The first of 1, 2, 5, 10, 20 … that no value is above; so too below 1.</summary>
    public decimal Top { get; } = RoundAbove(Values.Count == 0 ? 0 : Values.Max());

    /// <summary>The bars reach from end to end.</summary>
    public bool IsFull => Values.Count >= FewestSlots;

    public (string X, string Y, string Width, string Height) Bar(int index)
    {
        var slot = Width / Math.Max(Values.Count, FewestSlots);
        // Something is seen even of the smallest.
        var height = Values[index] == 0 ? 0 : Math.Max(1, Values[index] / Top * Height);
        return (Text(index * slot + slot * (1 - BarOfSlot) / 2), Text(Height - height), Text(slot * BarOfSlot), Text(height));
    }

    public static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static decimal RoundAbove(decimal most)
    {
        var unit = 0.1m;
        while (true)
        {
            foreach (var step in new[] { 1m, 2m, 5m })
                if (step * unit >= most) return step * unit;
            unit *= 10;
        }
    }
}
