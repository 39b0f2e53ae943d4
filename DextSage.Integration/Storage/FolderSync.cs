using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DextSage.Integration.Storage;

/// <summary>Has the names of a folder's files written to the disk: what is in a file may be there, and its new name not yet, when the power goes (https://man7.org/linux/man-pages/man2/fsync.2.html).</summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string folder)
    {
        // NTFS keeps a journal of names, and lets nobody flush a folder.
        if (OperatingSystem.IsWindows()) return;
        using var opened = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (opened.IsInvalid) throw new IOException($"The folder {folder} could not be opened.", new Win32Exception());
        RandomAccess.FlushToDisk(opened);
    }

    // .NET opens no folders.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open(byte[] path, int flags);
}
