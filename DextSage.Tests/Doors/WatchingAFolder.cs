using System.Diagnostics;
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
    private PostBox box = null!;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => box = await PostBox.OpenAsync();

    [Fact]
    public async Task A_file_that_has_stopped_growing_comes_in_and_a_bad_one_is_put_aside_with_a_sentence()
    {
        await box.PutAsync("bill.pdf", Scanner.Paper());
        await box.PutAsync("note.txt", "no paper");
        await box.PutAsync("half.pdf.part", Scanner.Paper(1));

        await box.LookAsync();
        Assert.Empty(await box.ItemsAsync()); // It might still be growing.
        await box.LookAsync();

        var item = Assert.Single(await box.ItemsAsync());
        Assert.Equal((Workspace.Sales, ItemSource.Folder), (item.Workspace, item.Source));
        Assert.Equal(["bill.pdf"], box.Names("done"));
        Assert.Equal(["note.txt", "note.txt.txt"], box.Names("refused"));
        Assert.Contains("is not a PDF", await box.SaidAsync("note.txt"), StringComparison.Ordinal);
        Assert.Equal(["half.pdf.part"], Directory.GetFiles(box.Folder).Select(Path.GetFileName));
        var view = await box.ReadAsync();
        Assert.Equal([true, false], view.Files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Refusal is null));
    }

    [Fact]
    public async Task A_death_between_taking_in_and_moving_adds_nothing_twice()
    {
        var path = Path.Combine(box.Folder, "bill.pdf");
        await File.WriteAllBytesAsync(path, Scanner.Paper(), Cancellation);
        var written = File.GetLastWriteTimeUtc(path);
        await box.LookTwiceAsync();
        // As if it had not been moved any more, and as if the answer had not been written either.
        File.Move(Path.Combine(box.Folder, "done", "bill.pdf"), path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        await using (var db = box.Db())
        {
            var delivery = await db.Deliveries.AsTracking().SingleAsync(d => d.Door == DeliveryDoor.Folder, Cancellation);
            (delivery.Report, delivery.EndedAt) = (null, null);
            await db.SaveChangesAsync(Cancellation);
        }

        await box.LookTwiceAsync();

        Assert.Single(await box.ItemsAsync());
        Assert.Equal(["bill.pdf"], box.Names("done"));
        // Put there anew, it is another delivery.
        await File.WriteAllBytesAsync(path, Scanner.Paper(), Cancellation);
        File.SetLastWriteTimeUtc(path, written.AddMinutes(1));
        await box.LookTwiceAsync();
        Assert.Equal(2, (await box.ItemsAsync()).Count);
        Assert.Equal(["bill (2).pdf", "bill.pdf"], box.Names("done"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Links_are_not_followed_and_no_other_folder_can_be_chosen()
    {
        var elsewhere = Path.Combine(box.Root, "brook");
        Directory.CreateDirectory(elsewhere);
        await File.WriteAllBytesAsync(Path.Combine(elsewhere, "secret.pdf"), Scanner.Paper(), Cancellation);
        File.CreateSymbolicLink(Path.Combine(box.Folder, "link.pdf"), Path.Combine(elsewhere, "secret.pdf"));
        Directory.CreateSymbolicLink(Path.Combine(box.Folder, "linked"), elsewhere);
        await box.LookTwiceAsync();

        Assert.Empty(await box.ItemsAsync());
        var (desk, alma) = (box.Quarter.Get<FolderDesk>(), box.Quarter.Town.Claim(Who.Admin));
        Assert.Empty((await desk.ReadAsync(alma, Cancellation)).Choices);
        foreach (var name in new[] { "linked", "..", "../brook", "/etc", "a/b", "done", "nothing\n" }) Assert.NotNull(await desk.SaveAsync(alma, name, Workspace.Costs, isOn: true, Cancellation));

        Directory.Delete(box.Folder, recursive: true);
        Directory.CreateSymbolicLink(box.Folder, elsewhere);
        await box.LookTwiceAsync();
        Assert.Empty(await box.ItemsAsync());
        Assert.Contains("or it is a link", (await desk.ReadAsync(alma, Cancellation)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_sentence_is_written_over_nothing_that_stands_there()
    {
        var precious = Path.Combine(box.Root, "precious");
        await File.WriteAllTextAsync(precious, "keep", Cancellation);
        Directory.CreateDirectory(Path.Combine(box.Folder, "refused"));
        File.CreateSymbolicLink(Path.Combine(box.Folder, "refused", "note.txt.txt"), precious);
        await box.PutAsync("note.txt", "This is no PDF.");
        await box.LookTwiceAsync();

        Assert.Equal("keep", await File.ReadAllTextAsync(precious, Cancellation));
        Assert.Contains("is not a PDF", await box.SaidAsync("note (2).txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_be_moved_holds_up_none_of_the_others_and_is_named()
    {
        // Nothing can be refused, and the good one goes on.
        await box.PutAsync("refused", "in the way");
        File.SetLastWriteTimeUtc(Path.Combine(box.Folder, "refused"), DateTime.UnixEpoch);
        await box.PutAsync("a.txt", "This is no PDF.");
        await box.PutAsync("bill.pdf", Scanner.Paper());
        await box.LookTwiceAsync();

        Assert.Equal(["bill.pdf"], box.Names("done"));
        Assert.Contains("cannot be read or moved", (await box.ReadAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ZIP_may_be_as_large_as_one_that_is_dropped()
    {
        var ballast = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(ballast);
        var zip = Zips.Of([("bill.pdf", Scanner.Paper()), .. Enumerable.Range(0, 5).Select(n => ($"{n}.bin", ballast))]);
        Assert.InRange(zip.Length, Arrivals.LargestFile + 1, Arrivals.LargestZip);
        await box.PutAsync("month.zip", zip);
        await using (var larger = File.Create(Path.Combine(box.Folder, "year.zip")))
        {
            await larger.WriteAsync("PK\x03\x04"u8.ToArray(), Cancellation);
            larger.SetLength(Arrivals.LargestZip + 1);
        }
        await box.LookTwiceAsync();

        Assert.Equal(["month.zip"], box.Names("done"));
        Assert.Single(await box.ItemsAsync());
        Assert.StartsWith("“year.zip” is larger than 100 MB.", await box.SaidAsync("year.zip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_as_long_as_a_file_can_have_is_shortened_where_something_goes_behind_it()
    {
        var (good, bad) = (new string('g', 251) + ".pdf", string.Concat(Enumerable.Repeat("ü", 125)) + ".txt");
        await box.PutAsync(good, Scanner.Paper());
        await box.PutAsync(bad, "no paper");
        await box.LookTwiceAsync();

        Assert.Equal([new string('g', 236) + ".pdf"], box.Names("done"));
        var shortened = string.Concat(Enumerable.Repeat("ü", 118)) + ".txt";
        Assert.Equal([shortened, shortened + ".txt"], box.Names("refused"));
        Assert.Null((await box.ReadAsync()).Problem);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_name_that_is_not_UTF_8_is_said_until_somebody_changes_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names are bytes on Linux alone.");
        await File.WriteAllBytesAsync(Path.Combine(box.Root, "paper"), Scanner.Paper(), Cancellation);
        await box.PutAsync("bill.pdf", Scanner.Paper(1));
        // é as Windows wrote it once, and a replacement character that somebody typed.
        await ShellAsync("mv paper marsh/caf$(printf '\\351').pdf && mkdir marsh/f$(printf '\\366')");
        await box.PutAsync("\uFFFD.pdf", Scanner.Paper(2));
        await box.LookTwiceAsync();

        Assert.Equal(["bill.pdf", "\uFFFD.pdf"], box.Names("done"));
        var view = await box.ReadAsync();
        Assert.Equal("“caf\uFFFD.pdf” has a name that is not written in UTF-8, so it cannot be opened. Rename it in the folder, with plain letters, and it comes in.", view.Problem);
        Assert.Empty(view.Choices);

        await ShellAsync("mv marsh/caf* marsh/café.pdf && rmdir marsh/f*");
        await box.LookTwiceAsync();
        Assert.Equal(3, (await box.ItemsAsync()).Count);
        Assert.Null((await box.ReadAsync()).Problem);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_base_folder_may_lie_behind_links()
    {
        Directory.CreateSymbolicLink(Path.Combine(box.Root, "papers"), box.Root);
        await using var other = await Quarter.OpenAsync(s => s.AddSingleton(new FolderOptions(Path.Combine(box.Root, "papers", "papers"))));
        Assert.Null(await other.Get<FolderDesk>().SaveAsync(other.Town.Claim(Who.Admin), "", Workspace.Costs, isOn: true, Cancellation));
        await box.PutAsync("bill.pdf", Scanner.Paper());

        for (var look = 0; look < 2; look++) await other.Get<FolderWork>().RunAsync(other.Town.Marsh.Id, Cancellation);

        Assert.Equal(["bill.pdf"], box.Names("done"));
        Assert.Null((await other.Get<FolderDesk>().ReadAsync(other.Town.Claim(Who.Admin), Cancellation)).Problem);
    }

    [Fact]
    public async Task It_ends_with_the_membership_of_whoever_turned_it_on()
    {
        await box.PutAsync("bill.pdf", Scanner.Paper());
        await box.Quarter.Town.RemoveAsync(Who.Admin);
        await box.LookTwiceAsync();

        await using var db = box.Db();
        var folder = await db.WatchedFolders.SingleAsync(Cancellation);
        Assert.False(folder.IsOn);
        Assert.Contains("no member any more", folder.Problem, StringComparison.Ordinal);
        Assert.Equal(["bill.pdf"], Directory.GetFiles(box.Folder).Select(Path.GetFileName));
    }

    // What .NET cannot write: names that are no text.
    private async Task ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-ec", command]) { WorkingDirectory = box.Root })!;
        await shell.WaitForExitAsync(Cancellation);
        Assert.Equal(0, shell.ExitCode);
    }

    public ValueTask DisposeAsync() => box.DisposeAsync();
}
