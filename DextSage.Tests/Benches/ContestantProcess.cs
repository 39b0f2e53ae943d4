using System.Globalization;
using DextSage.Tests.Browser;

namespace DextSage.Tests.Benches;

/// <summary>A process that takes orders (<see cref="Orders"/>), from outside.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Twin twin;

    private ContestantProcess(Twin twin) => this.twin = twin;

    /// <summary>The app as it is shipped, its runtime's settings included.</summary>
    /// <param name="sage">The pretend Sage's address, with its path.</param>
    /// <param name="folder">The app's data.</param>
    /// <param name="settings">More of them.</param>
    public static async Task<ContestantProcess> StartAppAsync(Uri sage, string folder, params string[] settings) => new(await Twin.StartAsync(
        ["bench", AppOnOrders.Word, sage.AbsoluteUri, $"--DextSage:Url=http://localhost:{TestApp.FreePort()}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=false", .. AppProcess.At(sage), .. settings],
        runtimeConfig: Path.ChangeExtension(AppProcess.Program, ".runtimeconfig.json")));

    /// <param name="requests">A file with the app's requests for lists.</param>
    public static async Task<ContestantProcess> StartBareAsync(Uri sage, string folder, string requests) =>
        new(await Twin.StartAsync(["bench", BareOnOrders.Word, sage.AbsoluteUri, folder, requests]));

    /// <summary>The numbers it answers with.</summary>
    public async Task<double[]> AskAsync(string order)
    {
        var answer = await twin.AskAsync(order);
        return answer.StartsWith(Orders.Failed, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{order}: {answer}")
            : [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    }

    /// <summary>Without waiting for the answer.</summary>
    public Task TellAsync(string order) => twin.TellAsync(order);

    /// <summary>The quickest of several tries.</summary>
    public async Task<double[]> BestAsync(int tries, string order)
    {
        double[]? best = null;
        for (var i = 0; i < tries; i++)
        {
            var now = await AskAsync(order);
            if (best is null || now[0] < best[0]) best = now;
        }

        return best!;
    }

    /// <summary>Memory in use now, in MiB, as the kernel counts it.</summary>
    public double Resident => Status("VmRSS");

    /// <summary>The most since <see cref="ForgetPeak"/>.</summary>
    public double Peak => Status("VmHWM");

    public void ForgetPeak() => File.WriteAllText($"/proc/{twin.Id}/clear_refs", "5");

    public Task KillAsync() => twin.KillAsync();

    private double Status(string what) =>
        double.Parse(File.ReadLines($"/proc/{twin.Id}/status").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    public void Dispose() => twin.Dispose();
}
