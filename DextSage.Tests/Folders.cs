namespace DextSage.Tests;

/// <summary>Folders of a test's own.</summary>
internal static class Folders
{
    private const int Tries = 50;

    /// <summary>Deletes one with all that is in it. A job that was under way when its app was stopped may write for a moment longer.</summary>
    public static void Delete(string folder)
    {
        for (var tries = 1; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < Tries)
            {
                Thread.Sleep(100);
            }
        }
    }
}
