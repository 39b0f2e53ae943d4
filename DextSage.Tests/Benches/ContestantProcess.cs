using System.Diagnostics;
using System.Globalization;

namespace DextSage.Tests.Benches;

/// <summary>A <see cref="RefreshContestant"/> from outside.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Process process;

    private ContestantProcess(Process process) => this.process = process;

    /// <param name="reads">How many requests may be under way at once; null for the default.</param>
    public static async Task<ContestantProcess> StartAsync(Uri home, string folder, int? reads = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var arg in (string[])[typeof(ContestantProcess).Assembly.Location, "bench", RefreshContestant.Word, home.AbsoluteUri, folder]) start.ArgumentList.Add(arg);
        if (reads is { } width) start.Environment[RefreshContestant.ReadsAtOnce] = width.ToString(CultureInfo.InvariantCulture);
        var contestant = new ContestantProcess(Process.Start(start)!);
        contestant.process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) Console.Error.WriteLine(line); };
        contestant.process.BeginErrorReadLine();
        if (await contestant.process.StandardOutput.ReadLineAsync() is not "ready") throw new InvalidOperationException("The contestant did not start.");
        return contestant;
    }

    /// <summary>The numbers it answers with.</summary>
    public async Task<double[]> AskAsync(string order)
    {
        await process.StandardInput.WriteLineAsync(order);
        var answer = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The contestant ended at '{order}'.");
        return answer.StartsWith("failed", StringComparison.Ordinal)
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
