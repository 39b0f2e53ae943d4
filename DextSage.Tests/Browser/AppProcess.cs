using System.Collections.Concurrent;
using System.Diagnostics;
using DextSage.Integration.Sandbox;

namespace DextSage.Tests.Browser;

/// <summary>
/// DextSage as a program of its own, started from its build output as its owner would start it: something that can be killed. Also the
/// sandbox alone, with the word <c>sandbox</c> before its settings.
/// </summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> said = new();
    private Process process;

    private AppProcess(Process process) => this.process = process;

    /// <summary>What it wrote, for a failing test to show.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Returns once it has said that it is ready.</summary>
    public static Task<AppProcess> StartAsync(params string[] args) => StartAsync(Patience, args);

    public static async Task<AppProcess> StartAsync(TimeSpan patience, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Program);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(IsASetting).ToList()) start.Environment.Remove(name);
        // Whoever is killed leaves the pipes that a debugger would use.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new AppProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        void Hear(string? line)
        {
            if (line is null) return;
            started.said.Enqueue(line);
            if (line.Contains(" is ready: ", StringComparison.Ordinal)) ready.TrySetResult();
        }
        started.process.OutputDataReceived += (_, e) => Hear(e.Data);
        started.process.ErrorDataReceived += (_, e) => Hear(e.Data);
        started.process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("It ended before it was ready.\n" + started.Said));
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(patience);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings with which the app takes a sandbox elsewhere for Sage.</summary>
    /// <param name="sage">The sandbox's address, with its path.</param>
    public static string[] At(Uri sage)
    {
        var options = new SageSandboxOptions();
        return
        [
            $"--Sage:ApiUrl={new Uri(sage, "v3.1")}", $"--Sage:TokenUrl={new Uri(sage, "token")}", $"--Sage:RevokeUrl={new Uri(sage, "revoke")}",
            $"--Sage:AuthoriseUrl={new Uri(sage, "oauth2/auth/central")}", $"--Sage:ClientId={options.ClientId}", $"--Sage:ClientSecret={options.ClientSecret}",
        ];
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Settings of the machine must not decide a test.</summary>
    public static bool IsASetting(string name) =>
        name.StartsWith("DextSage", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Sage_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Sandbox_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Beside our own output: DextSage.Tests/bin/Debug/net10.0 → DextSage.App/bin/Debug/net10.0.</summary>
    public static string Program { get; } = Path.Combine(
        AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}DextSage.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}DextSage.App{Path.DirectorySeparatorChar}", StringComparison.Ordinal),
        "DextSage.App.dll");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}
