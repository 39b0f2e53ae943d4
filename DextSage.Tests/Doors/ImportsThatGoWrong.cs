using System.Text;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>What an import of a Dext export meets, and what it says of it.</summary>
public sealed class ImportsThatGoWrong
{
    private const string Csv = "Receipt ID,Type,Date,Supplier,Total,Currency\r\n";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_CSV_file_is_named_with_what_to_do()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (march, april) = (Table(1), Table(2));

        var preview = await Exporter.PreviewAsync(quarter, await Exporter.BringAsync(quarter, [("march.csv", march), ("april.csv", april), ("dext.zip", Zips.Of(("may.csv", Table(3)), ("march.csv", march)))]));

        Assert.Equal(1, preview.New);
        Assert.Equal(["“april.csv” is a second CSV file", "“may.csv” is a second CSV file"], preview.FileProblems.Select(p => p[..p.IndexOf(" and was left out", StringComparison.Ordinal)]));
        Assert.All(preview.FileProblems, p => Assert.Contains("Import it by itself afterwards", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_CSV_file_that_is_too_large_is_not_called_missing()
    {
        await using var quarter = await Quarter.OpenAsync();
        byte[] large = [.. Table(1), .. Enumerable.Repeat((byte)'\n', DextExport.MaxBytes)];

        var (_, alone) = await Exporter.TryAsync(quarter, ("years.csv", large));
        var (_, packed) = await Exporter.TryAsync(quarter, ("dext.zip", Zips.Of(("years.csv", large))));
        var preview = await Exporter.PreviewAsync(quarter, await Exporter.BringAsync(quarter, [("years.csv", large), ("march.csv", Table(1))]));

        foreach (var said in new[] { alone, packed, Assert.Single(preview.FileProblems) })
        {
            Assert.StartsWith("“years.csv” is larger than 20 MB", said, StringComparison.Ordinal);
            Assert.Contains("Export a shorter period", said, StringComparison.Ordinal);
        }
        Assert.Equal(1, preview.New);
    }

    [Fact]
    public async Task A_damaged_ZIP_is_named_before_the_import_and_after_it()
    {
        await using var quarter = await Quarter.OpenAsync();
        var whole = Zips.Of(("70000000001.pdf", Scanner.Paper()));
        var id = await Exporter.BringAsync(quarter, [("dext.csv", Table(1, 2)), ("half.zip", whole[..(whole.Length / 2)])]);

        var said = Assert.Single((await Exporter.PreviewAsync(quarter, id)).FileProblems);
        await Exporter.ImportAsync(quarter, id);

        Assert.Equal("“half.zip” is no ZIP that can be opened, so none of its files are taken. Export it from Dext again.", said);
        var done = await Exporter.FindAsync(quarter, id);
        Assert.Equal((ImportStatus.Completed, 2, 2, said), (done.Status, done.Added, done.WithoutFile, done.Problem));
    }

    [Fact]
    public async Task A_document_that_took_too_long_is_tried_again_when_the_others_are_in()
    {
        var machine = new BusyMachine();
        await using var quarter = await Quarter.OpenAsync(machine.UseIn);
        var id = await Exporter.BringAsync(quarter, [("dext.csv", Table(1, 2)), ("70000000001.pdf", Scanner.Paper())]);

        machine.IsBusy = true;
        var again = await Exporter.ImportAsync(quarter, id);
        var meanwhile = await Exporter.FindAsync(quarter, id);
        machine.IsBusy = false;
        var after = await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        Assert.NotNull(again);
        Assert.Equal((ImportStatus.Running, 1, true), (meanwhile.Status, meanwhile.Added, meanwhile.Waits));
        var done = await Exporter.FindAsync(quarter, id);
        Assert.Equal((null, ImportStatus.Completed, 2, 1, false), (after, done.Status, done.Added, done.WithoutFile, done.Waits));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.Equal("70000000001.pdf", (await db.Items.Include(i => i.Document).SingleAsync(i => i.DextReceiptId == "70000000001", Cancellation)).Document!.FileName);
    }

    [Fact]
    public async Task A_document_that_takes_too_long_every_time_is_given_up_with_a_way_out()
    {
        var machine = new BusyMachine { IsBusy = true };
        await using var quarter = await Quarter.OpenAsync(machine.UseIn);
        var id = await Exporter.BringAsync(quarter, [("dext.csv", Table(1)), ("70000000001.pdf", Scanner.Paper())]);
        await Exporter.ImportAsync(quarter, id);
        Assert.NotNull(await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation));

        machine.Ahead = ImportWork.TriesFor;
        Assert.Null(await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation));

        var done = await Exporter.FindAsync(quarter, id);
        Assert.Equal((ImportStatus.Completed, 1, 1), (done.Status, done.Added, done.WithoutFile));
        var row = Assert.Single(await quarter.Get<ImportPages>().RowsAsync(quarter.Town.Claim(Who.Admin), id, outcome: null, 0, 10, Cancellation));
        Assert.StartsWith("“70000000001.pdf” took too long to open. Print it as a new PDF, add that in the inbox, and merge the two items.", row.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_waits_for_a_busy_machine_can_be_stopped()
    {
        var machine = new BusyMachine { IsBusy = true };
        await using var quarter = await Quarter.OpenAsync(machine.UseIn);
        var id = await Exporter.BringAsync(quarter, [("dext.csv", Table(1)), ("70000000001.pdf", Scanner.Paper())]);
        await Exporter.ImportAsync(quarter, id);

        await quarter.Get<ImportDesk>().CancelAsync(quarter.Town.Claim(Who.Admin), id, Cancellation);
        Assert.Null(await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation));

        Assert.Equal(ImportStatus.Cancelled, (await Exporter.FindAsync(quarter, id)).Status);
    }

    [Fact]
    public async Task What_a_killed_process_was_keeping_is_swept_by_the_next_one_and_said()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (folder, marsh) = (quarter.Get<ImportFolder>(), quarter.Town.Marsh.Id);
        var id = (await quarter.Get<ImportDesk>().BeginAsync(quarter.Town.Claim(Who.Admin), Workspace.Costs, Cancellation)).Id!.Value;
        // Its bytes lie there, and the row of the file has not been written.
        await folder.SaveAsync(id, Guid.CreateVersion7(), new MemoryStream([1, 2, 3]), most: 10, Cancellation);
        Assert.Equal([id], folder.Held());

        // Of the next process: made after that.
        var work = quarter.Get<ImportWork>();
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(marsh)) Assert.Contains(marsh, await work.Pending(db).ToListAsync(Cancellation));
        await work.RunAsync(marsh, Cancellation);

        Assert.Empty(folder.Held());
        var view = await Exporter.FindAsync(quarter, id);
        Assert.Equal(ImportStatus.Cancelled, view.Status);
        Assert.EndsWith("Choose them again.", view.Problem, StringComparison.Ordinal);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(marsh)) Assert.DoesNotContain(marsh, await work.Pending(db).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task An_import_that_is_arriving_now_is_left_alone()
    {
        await using var quarter = await Quarter.OpenAsync();
        var work = quarter.Get<ImportWork>();
        var id = (await quarter.Get<ImportDesk>().BeginAsync(quarter.Town.Claim(Who.Admin), Workspace.Costs, Cancellation)).Id!.Value;
        await quarter.Get<ImportFolder>().SaveAsync(id, Guid.CreateVersion7(), new MemoryStream([1, 2, 3]), most: 10, Cancellation);

        await work.RunAsync(quarter.Town.Marsh.Id, Cancellation);

        Assert.Equal([id], quarter.Get<ImportFolder>().Held());
        Assert.Equal(ImportStatus.Arriving, (await Exporter.FindAsync(quarter, id)).Status);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_no_file()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, alma) = (quarter.Get<ImportDesk>(), quarter.Town.Claim(Who.Admin));
        var id = (await desk.BeginAsync(alma, Workspace.Costs, Cancellation)).Id!.Value;

        await Assert.ThrowsAsync<IOException>(() => desk.KeepAsync(alma, id, "dext.zip", new BrokenOff(), Cancellation));
        Assert.Empty(Directory.EnumerateFiles(quarter.Get<ImportFolder>().Root, "*", SearchOption.AllDirectories));
        await desk.CancelAsync(alma, id, Cancellation);
        await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        Assert.Empty(quarter.Get<ImportFolder>().Held());
    }

    private static byte[] Table(params int[] rows) => Encoding.UTF8.GetBytes(Csv + string.Concat(rows.Select(n => $"7{n:D10},Receipt,20-Aug-2026,Supplier {n},{n}.00,GBP\r\n")));

    /// <summary>A line that goes down after a hundred thousand bytes.</summary>
    private sealed class BrokenOff : Stream
    {
        private int left = 100_000;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (left == 0) throw new IOException("The line is down.");
            var read = Math.Min(count, left);
            left -= read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
