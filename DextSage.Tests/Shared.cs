namespace DextSage.Tests;

/// <summary>The folder of outside material that some tests read, when it is beside this checkout.</summary>
internal static class Shared
{
    /// <summary>Null when there is none: such a test says that it was skipped.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DEXTSAGE_SHARED") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared");
            if (File.Exists(Path.Combine(candidate, "design.md"))) return candidate;
        }

        return null;
    }
}
