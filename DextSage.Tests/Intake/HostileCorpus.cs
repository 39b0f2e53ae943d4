using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>Files that broke somebody's reader once, where they lie beside this checkout.</summary>
internal static class HostileCorpus
{
    /// <summary>All of them, under names that tell them apart. Skips the test where they are not here.</summary>
    public static (string Name, byte[] Content)[] Files()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        (string, byte[])[] files =
        [
            .. new[] { "broken", "hostile" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Shared.Folder, "corpus", f), "*", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal).Select((f, n) => ($"{n} {Path.GetFileName(f)}", File.ReadAllBytes(f))),
        ];
        Assert.InRange(files.Length, 400, int.MaxValue);
        return files;
    }

    /// <summary>What this process has made for files that pass through is gone, or goes in a moment, where others are about theirs.</summary>
    /// <param name="what">Lay in it: see <see cref="Scratch.Make"/>.</param>
    public static Task AssertNothingLeftAsync(string what) =>
        Wait.UntilAsync(() => !Directory.EnumerateDirectories(Path.GetTempPath(), $"dextsage-{Environment.ProcessId}-{what}-*").Any(), $"no folder is left of {what}");
}
