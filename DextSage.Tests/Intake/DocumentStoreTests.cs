using DextSage.Integration.Storage;
using System.Security.Cryptography;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

public sealed class DocumentStoreTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(number => (byte)(number * 7))];
    private readonly string folder = Folders.New("documents");

    public void Dispose() => Folders.Delete(folder);

    [Fact]
    public async Task A_file_is_kept_byte_for_byte_under_its_hash()
    {
        var store = new DocumentStore(folder);
        var stored = await store.SaveAsync(Content, Cancellation);
        Assert.Equal(new StoredDocument(Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length), stored);
        Assert.Equal(Content, await ReadAsync(store, stored.Sha256));
    }

    [Fact]
    public async Task The_same_file_twice_is_stored_once_also_at_the_same_time()
    {
        var store = new DocumentStore(folder);
        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SaveAsync(Content, Cancellation)));
        Assert.Single(stored.Distinct());
        Assert.Single(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_swept_and_the_rest_kept()
    {
        var stored = await new DocumentStore(folder).SaveAsync(Content, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "incoming", "half"), "half", Cancellation);
        var again = new DocumentStore(folder);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "incoming")));
        Assert.Equal(Content, await ReadAsync(again, stored.Sha256));
    }

    [Fact]
    public async Task A_file_that_lies_a_folder_deeper_as_all_did_is_found_with_its_age()
    {
        var sha256 = (await new DocumentStore(folder).SaveAsync(Content, Cancellation)).Sha256;
        var (path, deeper, then) = (Path.Combine(folder, sha256[..2], sha256), Path.Combine(folder, sha256[..2], sha256[2..4]), new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        Directory.CreateDirectory(deeper);
        File.Move(path, Path.Combine(deeper, sha256));
        File.SetLastWriteTimeUtc(Path.Combine(deeper, sha256), then);

        var again = new DocumentStore(folder);

        Assert.Equal(Content, await ReadAsync(again, sha256));
        Assert.Equal(then, File.GetLastWriteTimeUtc(path));
        Assert.False(Directory.Exists(deeper));
    }

    [Fact]
    public async Task A_file_is_deleted_unless_it_was_stored_since_and_can_be_stored_again()
    {
        var store = new DocumentStore(folder);
        var sha256 = (await store.SaveAsync(Content, Cancellation)).Sha256;
        Assert.False(store.DeleteUnlessStoredSince(sha256, TimeProvider.System.GetUtcNow().AddHours(-1)));
        Assert.Equal(Content, await ReadAsync(store, sha256));

        Assert.True(store.DeleteUnlessStoredSince(sha256, TimeProvider.System.GetUtcNow().AddHours(1)));
        Assert.Null(store.OpenRead(sha256));
        Assert.True(store.DeleteUnlessStoredSince(sha256, TimeProvider.System.GetUtcNow()));
        await store.SaveAsync(Content, Cancellation);
        Assert.Equal(Content, await ReadAsync(store, sha256));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/")]
    public void Only_hashes_are_names(string name) => Assert.Throws<ArgumentException>(() => new DocumentStore(folder).OpenRead(name));

    [Fact]
    public void An_unknown_hash_is_nothing() => Assert.Null(new DocumentStore(folder).OpenRead(new string('a', 64)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<byte[]> ReadAsync(DocumentStore store, string sha256)
    {
        await using var stream = store.OpenRead(sha256)!;
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Cancellation);
        return whole.ToArray();
    }
}
