namespace DextSage.Tests;

/// <summary>Folders of a test's own.</summary>
internal static class Folders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Deletes one with all that is in it. A job that was under way when its app was stopped may write for a moment longer.</summary>
    public static void Delete(string folder)
    {
        // The last try says why it fails.
        if (!SpinWait.SpinUntil(() => TryDelete(folder), Patience)) Directory.Delete(folder, recursive: true);
    }

    private static bool TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
