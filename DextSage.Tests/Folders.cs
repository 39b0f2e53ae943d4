using System.Globalization;
using DextSage.Integration.Intake;

namespace DextSage.Tests;

/// <summary>Folders of a test's own, which the test deletes. All of a run lie in one that goes with its process: what is still to be used by the next test, or was forgotten, goes then.</summary>
internal static class Folders
{
    private const string Memory = "/dev/shm";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Of a run that was killed, the next start of the app sweeps it.
    private static readonly Lazy<string> OfThisRun = new(() => Passing(Scratch.Make("tests").FullName));

    private static readonly Lazy<string> InMemory = new(() => Directory.Exists(Memory) ? Passing(MakeInMemory()) : OfThisRun.Value);

    private static int made;

    /// <param name="what">Lies in it, in a word.</param>
    public static string New(string what) => Make(OfThisRun.Value, what);

    /// <summary>In memory where the machine has such a place: nothing in it is meant to survive it.</summary>
    public static string NewInMemory(string what) => Make(InMemory.Value, what);

    /// <summary>Deletes one with all that is in it. A job that was under way when its app was stopped may write for a moment longer.</summary>
    public static void Delete(string folder)
    {
        // The last try says why it fails.
        if (!SpinWait.SpinUntil(() => TryDelete(folder), Patience)) Directory.Delete(folder, recursive: true);
    }

    private static string Make(string root, string what) =>
        Directory.CreateDirectory(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref made)}"))).FullName;

    private static string MakeInMemory()
    {
        // Those of runs that were killed.
        foreach (var left in Directory.EnumerateDirectories(Memory, "dextsage-*-tests").Where(f => !Directory.Exists(Path.Combine("/proc", Path.GetFileName(f).Split('-')[1])))) TryDelete(left);
        var own = Path.Combine(Memory, string.Create(CultureInfo.InvariantCulture, $"dextsage-{Environment.ProcessId}-tests"));
        TryDelete(own);
        return Directory.CreateDirectory(own).FullName;
    }

    private static string Passing(string folder)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TryDelete(folder);
        return folder;
    }

    private static bool TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
