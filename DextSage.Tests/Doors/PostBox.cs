using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>The watched folder of a business, turned on for its sales. It is looked into when a test says so.</summary>
internal sealed class PostBox : IAsyncDisposable
{
    private PostBox(string root, Quarter quarter) => (Root, Quarter) = (root, quarter);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The base folder.</summary>
    public string Root { get; }
    public Quarter Quarter { get; }
    public string Folder => Path.Combine(Root, "marsh");

    public static async Task<PostBox> OpenAsync()
    {
        var root = Folders.New("watched");
        var box = new PostBox(root, await Quarter.OpenAsync(s => s.AddSingleton(new FolderOptions(root))));
        Directory.CreateDirectory(box.Folder);
        Assert.Null(await box.Quarter.Get<FolderDesk>().SaveAsync(box.Quarter.Town.Claim(Who.Admin), "", Workspace.Sales, isOn: true, Cancellation));
        return box;
    }

    public Task PutAsync(string name, byte[] content) => File.WriteAllBytesAsync(Path.Combine(Folder, name), content, Cancellation);

    public Task PutAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(Folder, name), content, Cancellation);

    public Task LookAsync() => Quarter.Get<FolderWork>().RunAsync(Quarter.Town.Marsh.Id, Cancellation);

    /// <summary>Once to see what is there, and once to take what has stayed as it was.</summary>
    public async Task LookTwiceAsync()
    {
        await LookAsync();
        await LookAsync();
    }

    /// <summary>As an Admin sees it.</summary>
    public Task<FolderView> ReadAsync() => Quarter.Get<FolderDesk>().ReadAsync(Quarter.Town.Claim(Who.Admin), Cancellation);

    /// <summary>Of the files in one of its folders.</summary>
    public List<string> Names(string folder) => Directory.Exists(Path.Combine(Folder, folder)) ? [.. Directory.GetFiles(Path.Combine(Folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    /// <summary>What is said beside a file that was refused.</summary>
    public Task<string> SaidAsync(string name) => File.ReadAllTextAsync(Path.Combine(Folder, "refused", name + ".txt"), Cancellation);

    public DextSageDb Db() => Quarter.Get<BusinessStore>().OpenForJob(Quarter.Town.Marsh.Id);

    public async Task<List<Item>> ItemsAsync()
    {
        await using var db = Db();
        return await db.Items.AsNoTracking().Where(i => i.Source == ItemSource.Folder).ToListAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Quarter.DisposeAsync();
        Folders.Delete(Root);
    }
}
