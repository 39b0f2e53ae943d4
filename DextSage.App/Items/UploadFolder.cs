using System.Buffers;
using System.Globalization;
using System.Text;
using DextSage.Integration.Intake;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DextSage.App.Items;

/// <summary>Holds the files of one drop on disk while they are taken in: nothing is kept in memory, nothing stays behind.</summary>
internal sealed class UploadFolder : IDisposable
{
    private readonly DirectoryInfo folder = Scratch.Make("drop");

    private const int LongestField = 8 * 1024;

    /// <summary>The files in the order in which they came; null where they are more than one drop may bring.</summary>
    /// <param name="fields">Gets what else the form says, where somebody wants it.</param>
    /// <exception cref="InvalidDataException">The form is not well-formed, or breaks off.</exception>
    public async Task<IReadOnlyList<DroppedFile>?> TakeAsync(MultipartReader reader, CancellationToken cancellationToken, IDictionary<string, string>? fields = null)
    {
        var files = new List<DroppedFile>();
        while (await FromBodyAsync(() => reader.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (NameOf(section) is not { } name)
            {
                if (fields is not null && section.AsFormDataSection() is { Name: { Length: > 0 } field }) fields[field] = await TextAsync(section.Body, cancellationToken);
                continue;
            }
            if (files.Count == UploadBatch.MostFiles) return null;
            var path = Path.Combine(folder.FullName, files.Count.ToString(CultureInfo.InvariantCulture));
            var length = await SaveAsync(section.Body, path, cancellationToken);
            files.Add(new DroppedFile(name, length, () => File.OpenRead(path)));
        }
        return files;
    }

    // A field is a few words. What is longer than any may be is cut, for whoever reads it to refuse.
    private static async Task<string> TextAsync(Stream from, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        var length = await FromBodyAsync(() => from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).AsTask());
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // Counts what is beyond the limit, and keeps none of it: whoever takes the files in refuses this one by its length.
    private static async Task<long> SaveAsync(Stream from, string path, CancellationToken cancellationToken)
    {
        await using var to = File.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            long length = 0, largest = 0;
            int read;
            // Of the first of it enough to know a ZIP.
            while ((read = await FromBodyAsync(() => from.ReadAtLeastAsync(buffer, length == 0 ? 4 : 1, throwOnEndOfStream: false, cancellationToken).AsTask())) > 0)
            {
                if (length == 0) largest = FileLimit.Of(buffer.AsSpan(0, read));
                length += read;
                if (length <= largest) await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Told apart from trouble with our own disk. A body beyond the limit has an exception, and an answer, of its own.
    private static async Task<T> FromBodyAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new InvalidDataException("The form breaks off.", e);
        }
    }

    // The sender's name is for people to read; the file on disk has a number.
    internal static string? NameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return string.IsNullOrEmpty(name) ? null : DocumentEndpoints.SafeName(name.Replace("%22", "\"", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
