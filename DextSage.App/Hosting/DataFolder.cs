namespace DextSage.App.Hosting;

/// <summary>
/// The folder that holds everything DextSage keeps, and this process's claim to it. SQLite serves one process; two would
/// each refresh the same token and publish the same item. The operating system drops the claim when the process dies.
/// </summary>
public sealed class DataFolder(string path) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private FileStream? claim;

    public string Path { get; } = path;

    /// <summary>Data Protection's keys, beside the database and not in it, so that a stolen database alone opens nothing.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    private string LockFile => System.IO.Path.Combine(Path, "dextsage.lock");

    /// <exception cref="StartRefusedException">Another process holds the folder, or it cannot be written.</exception>
    public void Claim()
    {
        try
        {
            CreateForOwner(Path);
            CreateForOwner(Keys);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {Path} cannot be made: {e.Message} Choose another with --DextSage:DataFolder=…");
        }
        try
        {
            claim = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {Path} cannot be written to by this user. Choose another with --DextSage:DataFolder=…");
        }
        catch (IOException)
        {
            throw new StartRefusedException($"Another DextSage is already running on the data folder {Path}. Stop it first, or give this one its own folder with --DextSage:DataFolder=…");
        }
    }

    public void Dispose() => claim?.Dispose();

    private static void CreateForOwner(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }
}
