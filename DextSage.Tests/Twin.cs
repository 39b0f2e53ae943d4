using System.Diagnostics;
using DextSage.Tests.Browser;

namespace DextSage.Tests;

/// <summary>This program once more, as a process of its own, which takes orders on its standard input and answers each with a line: something that can be killed.</summary>
internal sealed class Twin : IDisposable
{
    public const string Ready = "ready";
    private readonly Process process;

    private Twin(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Returns once it has said that it is ready.</summary>
    /// <param name="runtimeConfig">A file with another program's runtime settings, to run under those; null for our own.</param>
    public static async Task<Twin> StartAsync(IReadOnlyList<string> args, string? runtimeConfig = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        string[] under = runtimeConfig is null ? [] : ["exec", "--runtimeconfig", runtimeConfig];
        foreach (var arg in (string[])[.. under, typeof(Twin).Assembly.Location, .. args]) start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(AppProcess.IsASetting).ToList()) start.Environment.Remove(name);
        var twin = new Twin(Process.Start(start)!);
        twin.process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) Console.Error.WriteLine(line); };
        twin.process.BeginErrorReadLine();
        return await twin.HearAsync() is Ready ? twin : throw new InvalidOperationException($"It did not start: {string.Join(' ', args)}");
    }

    /// <summary>Without waiting for the answer.</summary>
    public Task TellAsync(string order) => process.StandardInput.WriteLineAsync(order);

    public async Task<string> AskAsync(string order)
    {
        await TellAsync(order);
        return await HearAsync();
    }

    /// <summary>The next line that it says.</summary>
    public async Task<string> HearAsync() => await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It has ended.");

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
