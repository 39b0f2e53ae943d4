using System.Diagnostics;
using System.Globalization;

namespace DextSage.Tests.Benches;

/// <summary>The bare programs in a process of their own. Each time an empty database; the clock starts when it is there.</summary>
internal static class BareOnOrders
{
    public const string Word = "bare";

    /// <param name="args">Sage's address, a folder, and the file with the app's requests for lists.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        using var sage = new BenchSage(new Uri(args[0]));
        var requests = await File.ReadAllLinesAsync(args[2]);
        await Orders.TakeAsync(order => ObeyAsync(sage, Path.Combine(args[1], Guid.NewGuid().ToString("N")), requests, order));
        return 0;
    }

    private static async Task<string> ObeyAsync(BenchSage sage, string folder, string[] requests, string[] order)
    {
        Directory.CreateDirectory(folder);
        using var bare = new BareFill(sage.Home, await sage.TokenAsync(), folder);
        await bare.MakeDatabaseAsync();
        var began = Stopwatch.GetTimestamp();
        var count = order switch
        {
            ["floor", var width] => await bare.FloorAsync(FirstPages(requests), int.Parse(width, CultureInfo.InvariantCulture)),
            ["wire", var width] => await bare.WireAsync(requests, int.Parse(width, CultureInfo.InvariantCulture)),
            ["tracked"] => await bare.TrackedAsync(FirstPages(requests)),
            _ => throw new InvalidOperationException($"'{string.Join(' ', order)}' is no order."),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} {count}");
    }

    private static List<string> FirstPages(string[] requests) => [.. requests.Where(r => r.Contains("page=1&", StringComparison.Ordinal))];
}
