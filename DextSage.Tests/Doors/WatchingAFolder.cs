using System.Runtime.Versioning;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>Files that somebody puts into the watched folder of a business.</summary>
public sealed class WatchingAFolder : IAsyncLifetime
{
    private readonly string root = Folders.New("watched");
    private Quarter quarter = null!;
    private FolderWork work = null!;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private string Folder => Path.Combine(root, "marsh");

    public async ValueTask InitializeAsync()
    {
        quarter = await Quarter.OpenAsync(s => s.AddSingleton(new FolderOptions(root)));
        Directory.CreateDirectory(Folder);
        work = quarter.Get<FolderWork>();
        Assert.Null(await quarter.Get<FolderDesk>().SaveAsync(quarter.Town.Claim(Who.Admin), "", Workspace.Sales, isOn: true, Cancellation));
    }

    [Fact]
    public async Task A_file_that_has_stopped_growing_comes_in_and_a_bad_one_is_put_aside_with_a_sentence()
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "bill.pdf"), Scanner.Paper(), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, "note.txt"), "no paper", Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "half.pdf.part"), Scanner.Paper(1), Cancellation);

        await LookAsync();
        Assert.Empty(await ItemsAsync()); // It might still be growing.
        await LookAsync();

        var item = Assert.Single(await ItemsAsync());
        Assert.Equal((Workspace.Sales, ItemSource.Folder), (item.Workspace, item.Source));
        Assert.Equal(["bill.pdf"], Names("done"));
        Assert.Equal(["note.txt", "note.txt.txt"], Names("refused"));
        Assert.Contains("is not a PDF", await File.ReadAllTextAsync(Path.Combine(Folder, "refused", "note.txt.txt"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(["half.pdf.part"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        var view = await quarter.Get<FolderDesk>().ReadAsync(quarter.Town.Claim(Who.Admin), Cancellation);
        Assert.Equal([true, false], view.Files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Refusal is null));
    }

    [Fact]
    public async Task A_death_between_taking_in_and_moving_adds_nothing_twice()
    {
        var path = Path.Combine(Folder, "bill.pdf");
        await File.WriteAllBytesAsync(path, Scanner.Paper(), Cancellation);
        var written = File.GetLastWriteTimeUtc(path);
        await LookAsync();
        await LookAsync();
        // As if it had not been moved any more, and as if the answer had not been written either.
        File.Move(Path.Combine(Folder, "done", "bill.pdf"), path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        await using (var db = Db())
        {
            var delivery = await db.Deliveries.AsTracking().SingleAsync(d => d.Door == DeliveryDoor.Folder, Cancellation);
            (delivery.Report, delivery.EndedAt) = (null, null);
            await db.SaveChangesAsync(Cancellation);
        }

        await LookAsync();
        await LookAsync();

        Assert.Single(await ItemsAsync());
        Assert.Equal(["bill.pdf"], Names("done"));
        // Put there anew, it is another delivery.
        await File.WriteAllBytesAsync(path, Scanner.Paper(), Cancellation);
        File.SetLastWriteTimeUtc(path, written.AddMinutes(1));
        await LookAsync();
        await LookAsync();
        Assert.Equal(2, (await ItemsAsync()).Count);
        Assert.Equal(["bill (2).pdf", "bill.pdf"], Names("done"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Links_are_not_followed_and_no_other_folder_can_be_chosen()
    {
        var elsewhere = Path.Combine(root, "brook");
        Directory.CreateDirectory(elsewhere);
        await File.WriteAllBytesAsync(Path.Combine(elsewhere, "secret.pdf"), Scanner.Paper(), Cancellation);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.pdf"), Path.Combine(elsewhere, "secret.pdf"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "linked"), elsewhere);
        await LookAsync();
        await LookAsync();

        Assert.Empty(await ItemsAsync());
        var (desk, alma) = (quarter.Get<FolderDesk>(), quarter.Town.Claim(Who.Admin));
        Assert.Empty((await desk.ReadAsync(alma, Cancellation)).Choices);
        foreach (var name in new[] { "linked", "..", "../brook", "/etc", "a/b", "done", "nothing\n" }) Assert.NotNull(await desk.SaveAsync(alma, name, Workspace.Costs, isOn: true, Cancellation));

        Directory.Delete(Folder, recursive: true);
        Directory.CreateSymbolicLink(Folder, elsewhere);
        await LookAsync();
        await LookAsync();
        Assert.Empty(await ItemsAsync());
        Assert.Contains("or it is a link", (await desk.ReadAsync(alma, Cancellation)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_sentence_is_written_over_nothing_that_stands_there()
    {
        var precious = Path.Combine(root, "precious");
        await File.WriteAllTextAsync(precious, "keep", Cancellation);
        Directory.CreateDirectory(Path.Combine(Folder, "refused"));
        File.CreateSymbolicLink(Path.Combine(Folder, "refused", "note.txt.txt"), precious);
        await File.WriteAllTextAsync(Path.Combine(Folder, "note.txt"), "This is no PDF.", Cancellation);
        await LookAsync();
        await LookAsync();

        Assert.Equal("keep", await File.ReadAllTextAsync(precious, Cancellation));
        Assert.Contains("is not a PDF", await File.ReadAllTextAsync(Path.Combine(Folder, "refused", "note (2).txt.txt"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_be_moved_holds_up_none_of_the_others_and_is_named()
    {
        // Nothing can be refused, and the good one goes on.
        await File.WriteAllTextAsync(Path.Combine(Folder, "refused"), "in the way", Cancellation);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "refused"), DateTime.UnixEpoch);
        await File.WriteAllTextAsync(Path.Combine(Folder, "a.txt"), "This is no PDF.", Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "bill.pdf"), Scanner.Paper(), Cancellation);
        await LookAsync();
        await LookAsync();

        Assert.Equal(["bill.pdf"], Names("done"));
        Assert.Contains("cannot be read or moved", (await quarter.Get<FolderDesk>().ReadAsync(quarter.Town.Claim(Who.Admin), Cancellation)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ZIP_may_be_as_large_as_one_that_is_dropped()
    {
        var ballast = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(ballast);
        var zip = Zips.Of([("bill.pdf", Scanner.Paper()), .. Enumerable.Range(0, 5).Select(n => ($"{n}.bin", ballast))]);
        Assert.InRange(zip.Length, Arrivals.LargestFile + 1, Arrivals.LargestZip);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "month.zip"), zip, Cancellation);
        await using (var larger = File.Create(Path.Combine(Folder, "year.zip")))
        {
            await larger.WriteAsync("PK\x03\x04"u8.ToArray(), Cancellation);
            larger.SetLength(Arrivals.LargestZip + 1);
        }
        await LookAsync();
        await LookAsync();

        Assert.Equal(["month.zip"], Names("done"));
        Assert.Single(await ItemsAsync());
        Assert.StartsWith("“year.zip” is larger than 100 MB.", await File.ReadAllTextAsync(Path.Combine(Folder, "refused", "year.zip.txt"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_as_long_as_a_file_can_have_is_shortened_where_something_goes_behind_it()
    {
        var (good, bad) = (new string('g', 251) + ".pdf", string.Concat(Enumerable.Repeat("ü", 125)) + ".txt");
        await File.WriteAllBytesAsync(Path.Combine(Folder, good), Scanner.Paper(), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, bad), "no paper", Cancellation);
        await LookAsync();
        await LookAsync();

        Assert.Equal([new string('g', 236) + ".pdf"], Names("done"));
        var shortened = string.Concat(Enumerable.Repeat("ü", 118)) + ".txt";
        Assert.Equal([shortened, shortened + ".txt"], Names("refused"));
        Assert.Null((await quarter.Get<FolderDesk>().ReadAsync(quarter.Town.Claim(Who.Admin), Cancellation)).Problem);
    }

    [Fact]
    public async Task It_ends_with_the_membership_of_whoever_turned_it_on()
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "bill.pdf"), Scanner.Paper(), Cancellation);
        await quarter.Town.RemoveAsync(Who.Admin);
        await LookAsync();
        await LookAsync();

        await using var db = Db();
        var folder = await db.WatchedFolders.SingleAsync(Cancellation);
        Assert.False(folder.IsOn);
        Assert.Contains("no member any more", folder.Problem, StringComparison.Ordinal);
        Assert.Equal(["bill.pdf"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Whatever_a_hostile_sender_puts_there_is_taken_or_put_aside_with_a_sentence()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var corpus = Path.Combine(Shared.Folder, "corpus");
        var files = Directory.GetFiles(Path.Combine(corpus, "broken")).Concat(Directory.GetFiles(Path.Combine(corpus, "hostile"))).Concat(Directory.GetFiles(Path.Combine(corpus, "hostile", "pdf")).Take(40)).ToList();
        foreach (var file in files) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));

        for (var look = 0; look < 4; look++) await LookAsync();

        Assert.Empty(Directory.GetFiles(Folder));
        var refused = Names("refused").Where(n => !n.EndsWith(".txt", StringComparison.Ordinal) || File.Exists(Path.Combine(Folder, "refused", n + ".txt"))).ToList();
        Assert.Equal(files.Count, Names("done").Count + refused.Count);
        Assert.All(refused, n => Assert.EndsWith(".", File.ReadAllText(Path.Combine(Folder, "refused", n + ".txt")).TrimEnd(), StringComparison.Ordinal));
    }

    private Task<DateTimeOffset?> LookAsync() => work.RunAsync(quarter.Town.Marsh.Id, Cancellation);

    private List<string> Names(string folder) => Directory.Exists(Path.Combine(Folder, folder)) ? [.. Directory.GetFiles(Path.Combine(Folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    private DextSageDb Db() => quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);

    private async Task<List<Item>> ItemsAsync()
    {
        await using var db = Db();
        return await db.Items.AsNoTracking().Where(i => i.Source == ItemSource.Folder).ToListAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await quarter.DisposeAsync();
        Folders.Delete(root);
    }
}
