using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DextSage.Integration.Intake.Doors;

/// <summary>The watched folder on the disk. Whoever can write into it may be careless or worse: links are not followed, and nothing but plain files is read.</summary>
internal sealed class FolderPlace
{
    private const string Done = "done";
    private const string Refused = "refused";

    /// <summary>Bytes: systems take 255 (Windows as many UTF-16 units, which are never more), and a number and ".txt" go behind it.</summary>
    private const int LongestName = 240;
    private const int LongestExtension = 20;
    private readonly string path;

    private FolderPlace(string path) => this.path = path;

    /// <summary>The folder of a business, or one in it; null, with the sentence why, where it cannot be used.</summary>
    public static FolderPlace? Open(FolderOptions options, string slug, string name, out string? problem)
    {
        problem = null;
        if (options.Base is not { } named) problem = "Whoever runs DextSage has named no folder for this: see DextSage:WatchedFolders in the README.";
        else if (!IsName(name)) problem = "This is no name of a folder.";
        else
        {
            // The base may lie behind links: whoever runs DextSage named it. What is below may not.
            var root = Real(named);
            foreach (var folder in new[] { Path.Combine(root, slug), Path.Combine(root, slug, name) }.Distinct(StringComparer.Ordinal))
                if (!IsPlain(folder)) problem = $"There is no folder {Path.GetRelativePath(root, folder)} in the base folder, or it is a link. Whoever runs DextSage can make one there.";
            if (problem is null) return new FolderPlace(Path.GetFullPath(Path.Combine(root, slug, name)));
        }
        return null;
    }

    /// <summary>Folders that a business can choose from, by name.</summary>
    public static IReadOnlyList<string> Choices(FolderOptions options, string slug)
    {
        if (options.Base is not { } root || !IsPlain(Path.Combine(root, slug))) return [];
        return [.. new DirectoryInfo(Path.Combine(root, slug)).EnumerateDirectories().Where(d => IsPlain(d.FullName) && d.Name is not (Done or Refused) && IsName(d.Name)).Select(d => d.Name).Order(StringComparer.Ordinal).Take(200)];
    }

    /// <summary>Plain files that are not still being made under another name, oldest first.</summary>
    public IReadOnlyList<FileInfo> Files(int most) =>
    [
        .. Finished().Where(f => f.LinkTarget is null && !f.Attributes.HasFlag(FileAttributes.ReparsePoint)).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(most),
    ];

    /// <summary>
    /// Names of files that nothing can be done with, since they are not written in UTF-8: a program of Linux may give any bytes for a name. What of it cannot be read
    /// is a replacement character here, under which there is no file.
    /// </summary>
    public IReadOnlyList<string> Misnamed(int most) => [.. Finished().Select(f => f.Name).Where(n => n.Contains('\uFFFD', StringComparison.Ordinal) && !File.Exists(Path.Combine(path, n))).Order(StringComparer.Ordinal).Take(most)];

    private IEnumerable<FileInfo> Finished() => new DirectoryInfo(path).EnumerateFiles()
        .Where(f => !f.Name.StartsWith('.') && !f.Name.StartsWith("~$", StringComparison.Ordinal) && f.Extension.ToUpperInvariant() is not (".PART" or ".TMP" or ".CRDOWNLOAD"));

    /// <summary>Opens a file of the folder; null where it is gone, busy, or was exchanged for something that is no plain file in it.</summary>
    public FileStream? Open(FileInfo file)
    {
        try
        {
            var stream = new FileStream(Path.Combine(path, file.Name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024);
            if (IsHere(stream.SafeFileHandle, file.Name)) return stream;
            stream.Dispose();
        }
        catch (IOException)
        {
            // It is looked at again the next time.
        }
        return null;
    }

    /// <summary>Moves a file to those that were taken in.</summary>
    public void MoveToDone(FileInfo file) => Move(file, Done);

    /// <summary>Moves a file to those that were refused, and says why beside it.</summary>
    public void MoveToRefused(FileInfo file, string sentence) => Move(file, Refused, sentence);

    private void Move(FileInfo file, string where, string? sentence = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(path, where));
        if (folder.LinkTarget is not null) throw new IOException($"The folder {where} is a link, which is not followed.");
        var to = FreeName(folder.FullName, file.Name);
        // The sentence first: a death in between leaves the file where it was, and it is written once more. Always a file of its own: what stands there, a link included, is nobody's to overwrite.
        if (sentence is not null)
        {
            using var words = new StreamWriter(new FileStream(to + ".txt", FileMode.CreateNew, FileAccess.Write));
            words.WriteLine(sentence);
        }

        File.Move(Path.Combine(path, file.Name), to, overwrite: false);
    }

    private static string FreeName(string folder, string name)
    {
        var (stem, extension) = Shortened(name);
        var to = Path.Combine(folder, stem + extension);
        for (var n = 2; IsTaken(to) || IsTaken(to + ".txt"); n++) to = Path.Combine(folder, $"{stem} ({n}){extension}");
        return to;
    }

    // A name that a file may just have is one that nothing can be put behind.
    private static (string Stem, string Extension) Shortened(string name)
    {
        var extension = Path.GetExtension(name) is { Length: <= LongestExtension } usual ? usual : "";
        var stem = new StringBuilder();
        var bytes = Encoding.UTF8.GetByteCount(extension);
        foreach (var rune in name.AsSpan(0, name.Length - extension.Length).EnumerateRunes())
            if ((bytes += rune.Utf8SequenceLength) <= LongestName) stem.Append(rune);
            else break;
        return (stem.ToString(), extension);
    }

    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    // Between the looking and the opening it may have become a link. On Linux the kernel says what has been opened.
    private bool IsHere(SafeFileHandle handle, string name)
    {
        if (!OperatingSystem.IsLinux()) return new FileInfo(Path.Combine(path, name)).LinkTarget is null;
        return File.ResolveLinkTarget($"/proc/self/fd/{handle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName == Path.Combine(path, name);
    }

    private static string Real(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        foreach (var part in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            real = new DirectoryInfo(Path.Combine(real, part)) is var next && next.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : next.FullName;
        return real;
    }

    private static bool IsPlain(string folder) => new DirectoryInfo(folder) is { Exists: true, LinkTarget: null };

    private static bool IsName(string name) => name.Length <= 100 && name is not ("." or ".." or Done or Refused) && name.IndexOfAny(['/', '\\', '\0', ':']) < 0 && !name.Any(char.IsControl);
}
