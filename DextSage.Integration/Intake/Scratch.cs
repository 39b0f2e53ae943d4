using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DextSage.Integration.Intake;

/// <summary>
/// Folders in the system's own for what passes through. Whoever makes one deletes it; what a process that was killed has left is swept by the next one, which knows it
/// by the id of its maker in the name.
/// </summary>
public static class Scratch
{
    private const string Mark = "dextsage-";

    /// <param name="what">Lies in it, in a word.</param>
    public static DirectoryInfo Make(string what) => Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Mark}{Environment.ProcessId}-{what}-"));

    /// <summary>Deletes those whose maker does not run any more.</summary>
    public static void Sweep()
    {
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Mark + "*").Where(f => f.LinkTarget is null && MakerOf(f) is { } maker && !Runs(maker, f.CreationTimeUtc)))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or gone meanwhile.
            }
        }
    }

    private static int? MakerOf(DirectoryInfo folder) =>
        folder.Name.Split('-') is [_, var maker, _, ..] && int.TryParse(maker, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // Ids are given out again, in a container even the same one at each start: a process that is younger than the folder did not make it.
    private static bool Runs(int maker, DateTime made)
    {
        try
        {
            using var process = Process.GetProcessById(maker);
            return process.StartTime.ToUniversalTime() <= made;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // Another user's, or one that ends at this moment: nothing is known of it.
            return true;
        }
    }
}
