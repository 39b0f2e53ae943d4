using System.Diagnostics;
using System.Globalization;
using DextSage.Tests.Browser;

namespace DextSage.Tests.Benches;

/// <summary>A process that takes orders (<see cref="Orders"/>), from outside.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Process process;

    private ContestantProcess(Process process) => this.process = process;

    /// <summary>The app as it is shipped, its runtime's settings included.</summary>
    /// <param name="sage">The pretend Sage's address, with its path.</param>
    /// <param name="folder">The app's data.</param>
    /// <param name="settings">More of them.</param>
    public static Task<ContestantProcess> StartAppAsync(Uri sage, string folder, params string[] settings) => StartAsync(
        ["exec", "--runtimeconfig", Path.ChangeExtension(AppProcess.Program, ".runtimeconfig.json"), Here, "bench", AppOnOrders.Word, sage.AbsoluteUri,
            $"--DextSage:Url=http://localhost:{TestApp.FreePort()}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=false", .. AppProcess.At(sage), .. settings]);

    /// <param name="requests">A file with the app's requests for lists.</param>
    public static Task<ContestantProcess> StartBareAsync(Uri sage, string folder, string requests) => StartAsync([Here, "bench", BareOnOrders.Word, sage.AbsoluteUri, folder, requests]);

    private static string Here => typeof(ContestantProcess).Assembly.Location;

    private static async Task<ContestantProcess> StartAsync(string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(AppProcess.IsASetting).ToList()) start.Environment.Remove(name);
        var contestant = new ContestantProcess(Process.Start(start)!);
        contestant.process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) Console.Error.WriteLine(line); };
        contestant.process.BeginErrorReadLine();
        if (await contestant.process.StandardOutput.ReadLineAsync() is not Orders.Ready) throw new InvalidOperationException("The contestant did not start.");
        return contestant;
    }

    /// <summary>The numbers it answers with.</summary>
    public async Task<double[]> AskAsync(string order)
    {
        await process.StandardInput.WriteLineAsync(order);
        var answer = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The contestant ended at '{order}'.");
        return answer.StartsWith(Orders.Failed, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{order}: {answer}")
            : [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    }

    /// <summary>Without waiting for the answer.</summary>
    public Task TellAsync(string order) => process.StandardInput.WriteLineAsync(order);

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

    public void ForgetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private double Status(string what) =>
        double.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
