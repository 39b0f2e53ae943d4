using DextSage.Tests.Benches;

namespace DextSage.Tests;

/// <summary>The benchmarks by name: <c>-- bench</c> lists them.</summary>
internal static class Bench
{
    private static readonly Dictionary<string, (string About, Func<string[], Task<int>> Run)> All = new(StringComparer.Ordinal)
    {
        ["refresh"] = ("a refresh against the least that the same work can cost; 'refresh quick' leaves out ten times the rows, 'refresh memory' all but the memory", RefreshBench.RunAsync),
        ["desk"] = ("the inbox with 1,000 items and with 100,000, searched and not, and with a thousand people at it, and 10,000 items edited at once; 'desk pages', 'desk circuits' or 'desk bulk' for one of them", DeskBench.RunAsync),
        ["publish"] = ("publishing against the bounds that Sage sets it: one creation at a time, a rate that it does not tell, memory; 'publish quick' with fewer items, 'publish lane', 'many', 'limit', 'own' or 'memory' for one of them", PublishBench.RunAsync),
        ["intake"] = ("files against a copy of their bytes, electronic invoices against parsing their XML alone, 2,000 rules against one; 'intake upload', 'structured' or 'rules' for one of them", IntakeBench.RunAsync),
        ["watchers"] = ("a thousand open pages watch a refresh: how long until the last one shows it, and what that costs the refresh; 'watchers N' for other numbers", Watchers.RunAsync),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0)
        {
            foreach (var (name, bench) in All) Console.WriteLine($"{name}: {bench.About}");
            return 0;
        }

        // What a benchmark starts as a process of its own.
        if (args is [AppOnOrders.Word, .. var app]) return await AppOnOrders.RunAsync(app);
        if (args is [SwiftSage.Word, .. var sage]) return await SwiftSage.RunAsync(sage);
        if (args is [BareOnOrders.Word, .. var bare]) return await BareOnOrders.RunAsync(bare);
        if (All.TryGetValue(args[0], out var found)) return await found.Run(args[1..]);
        Console.Error.WriteLine($"There is no benchmark called '{args[0]}'.");
        return 1;
    }
}
