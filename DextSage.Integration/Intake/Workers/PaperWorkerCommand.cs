using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DextSage.Integration.Intake.Workers;

/// <summary>How a worker is started.</summary>
/// <param name="Program">The path of an executable.</param>
public sealed record PaperWorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The assembly that takes <see cref="PaperWorker.Argument"/>.</summary>
    private const string Assembly = "DextSage.App";

    /// <summary>This program over again; from a program that only uses it, such as a test runner, the one that lies beside it.</summary>
    public static PaperWorkerCommand OfThisProgram()
    {
        var isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet";
        var isItself = System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name is Assembly;
        return isItself && !isDotnet
            ? new PaperWorkerCommand(Environment.ProcessPath!, [PaperWorker.Argument])
            : new PaperWorkerCommand(isDotnet ? Environment.ProcessPath! : Dotnet(), [Path.Combine(AppContext.BaseDirectory, Assembly + ".dll"), PaperWorker.Argument]);
    }

    /// <summary>The installation that runs this process: three folders above its runtime.</summary>
    private static string Dotnet() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    internal ProcessStartInfo StartInfo(long memoryBytes)
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false, CreateNoWindow = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        // Secrets and connection strings are in the environment too: only what a .NET program needs to start is handed on.
        foreach (var name in start.Environment.Keys.Where(name => !IsNeeded(name)).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memoryBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    private static bool IsNeeded(string name) =>
        Needed.Contains(name) || name.StartsWith("DOTNET_ROOT", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LC_", StringComparison.Ordinal);

    private static readonly HashSet<string> Needed = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USERPROFILE", "SystemRoot", "TMPDIR", "TMP", "TEMP", "LANG", "LD_LIBRARY_PATH",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_BUNDLE_EXTRACT_BASE_DIR",
    };
}

/// <summary>What workers may use.</summary>
public sealed record PaperWorkerLimits
{
    /// <summary>How long one file may take, 5 seconds; the worker is ended then. Waiting for a free worker does not count.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same of making a file smaller: all its pictures are opened, scaled and written anew, several times over.</summary>
    public TimeSpan PatienceToShrink { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The same of making another format of a file: each of its pages is opened and written anew.</summary>
    public TimeSpan PatienceToConvert { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker may take to be ready.</summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long workers are kept that have nothing to do.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most that a worker's objects may take together, in bytes.</summary>
    public long MemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The most workers at a time.</summary>
    public int Workers { get; init; } = 2;
}

/// <summary>No worker could be started: no file is to blame.</summary>
public sealed class PaperWorkerException(string message, Exception? inner) : Exception(message, inner);
