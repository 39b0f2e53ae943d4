using System.Net;
using DextSage.App.Api;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Importing;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>What a careless or evil sender sends, by each door that nobody stands at: it is taken or refused with a sentence, what comes with it goes on, and nothing of it is left.</summary>
public sealed class HostilePost(ITestOutputHelper output)
{
    private const int MostGrowth = 96 * 1024 * 1024;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_with_an_API_key_each_file_is_taken_or_refused_with_a_sentence()
    {
        var files = HostileCorpus.Files();
        await using var app = await TestApp.StartWithAsync(b => b.Services.AddSingleton(new ApiLimits(perMinute: 10_000)), null);
        using var scanner = await Scanner.WithKeyAsync(app);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (file, _) =>
        {
            using var answer = await scanner.SendAsync(file.Content, file.Name, file.Name);
            if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK)) await Scanner.AssertProblemAsync(answer, 422, "/problems/file-refused");
        });

        AssertNoGrowth(before);
        Assert.Equal(HttpStatusCode.Created, (await scanner.SendAsync(Scanner.Paper())).StatusCode);
    }

    [Fact]
    public async Task Put_into_a_watched_folder_each_file_is_taken_or_put_aside_with_a_sentence()
    {
        var files = HostileCorpus.Files();
        await using var box = await PostBox.OpenAsync();
        foreach (var (name, content) in files) await box.PutAsync(name, content);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var late = new CancellationTokenSource(Bound);

        // A look takes a hundred.
        for (var look = 0; look <= files.Length / 100 + 2; look++) await box.Quarter.Get<FolderWork>().RunAsync(box.Quarter.Town.Marsh.Id, late.Token);

        Assert.Empty(Directory.GetFiles(box.Folder));
        Assert.Null((await box.ReadAsync()).Problem);
        var (done, aside) = (box.Names("done").ToHashSet(StringComparer.Ordinal), box.Names("refused").ToHashSet(StringComparer.Ordinal));
        Assert.All(files, f => Assert.True(done.Contains(f.Name) != aside.Contains(f.Name), f.Name));
        foreach (var (name, _) in files.Where(f => aside.Contains(f.Name))) AssertSaid(name, (await box.SaidAsync(name)).TrimEnd());
        Assert.Equal(files.Length + aside.Count / 2, done.Count + aside.Count);
        output.WriteLine($"{done.Count} taken, {aside.Count / 2} put aside.");
        await HostileCorpus.AssertNothingLeftAsync("folder");
        AssertNoGrowth(before);
    }

    [Fact]
    public async Task As_the_documents_of_a_Dext_export_each_is_its_rows_or_is_refused_in_its_row()
    {
        var files = HostileCorpus.Files().Select((f, n) => (Id: $"8{n:D10}", Name: $"8{n:D10} {f.Name}", f.Content)).ToArray();
        // The last word on what takes too long is said when a test says so.
        var machine = new BusyMachine();
        await using var quarter = await Quarter.OpenAsync(s => s.AddSingleton<TimeProvider>(machine));
        var table = "Receipt ID,Type,Date,Supplier,Total\r\n" + string.Concat(files.Select(f => $"{f.Id},Receipt,20-Aug-2026,S,1.00\r\n")) + "90000000001,Receipt,20-Aug-2026,Good,1.00\r\n";
        // Half of them in a ZIP, half beside it.
        var zip = Zips.Of([.. files.Where((_, n) => n % 2 == 0).Select(f => ($"files/{f.Name}", f.Content)), ("90000000001.pdf", Scanner.Paper())]);
        var id = await Exporter.BringAsync(quarter, table, [("documents.zip", zip), .. files.Where((_, n) => n % 2 == 1).Select(f => (f.Name, f.Content))]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var late = new CancellationTokenSource(Bound);

        Assert.Empty((await Exporter.PreviewAsync(quarter, id)).FileProblems);
        if (await Exporter.ImportAsync(quarter, id) is not null)
        {
            machine.Ahead = ImportWork.TriesFor;
            await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, late.Token);
            machine.Ahead *= 2;
            Assert.Null(await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, late.Token));
        }

        var done = await Exporter.FindAsync(quarter, id);
        Assert.Equal((ImportStatus.Completed, files.Length + 1, 0), (done.Status, done.Added, done.Refused));
        var rows = new List<ImportRowView>();
        while (await quarter.Get<ImportPages>().RowsAsync(quarter.Town.Claim(Who.Admin), id, outcome: null, rows.Count, 200, Cancellation) is { Count: > 0 } page) rows.AddRange(page);
        Assert.True(rows.Single(r => r.ReceiptId == "90000000001").HasFile);
        foreach (var (row, file) in rows.Where(r => !r.HasFile).Join(files, r => r.ReceiptId, f => f.Id, (row, file) => (row, file))) AssertSaid(file.Name, row.Sentence);
        Assert.Equal(done.WithoutFile, rows.Count(r => !r.HasFile));
        output.WriteLine($"{rows.Count(r => r.HasFile)} taken, {done.WithoutFile} refused.");
        Assert.Empty(quarter.Get<ImportFolder>().Held());
        AssertNoGrowth(before);
    }

    [Fact]
    public async Task As_the_CSV_of_a_Dext_export_each_is_read_or_refused_with_a_sentence()
    {
        // All that is text, and some of what is not.
        var files = HostileCorpus.Files().Where((f, n) => n % 10 == 0 || !f.Content.AsSpan().StartsWith("%PDF"u8)).ToList();
        await using var quarter = await Quarter.OpenAsync();
        var alma = quarter.Town.Claim(Who.Admin);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (mapped, refused) = (0, 0);
        using var late = new CancellationTokenSource(Bound);

        foreach (var (name, content) in files)
        {
            late.Token.ThrowIfCancellationRequested();
            var id = await Exporter.BringAsync(quarter, [($"{name}.csv", content)]);
            var preview = await Exporter.PreviewAsync(quarter, id);
            // As somebody who insists.
            if (preview.Headings.Count > 2)
            {
                mapped++;
                await quarter.Get<ImportDesk>().MapAsync(alma, id, new Dictionary<ExportColumn, int> { [ExportColumn.ReceiptId] = 0, [ExportColumn.Supplier] = 1, [ExportColumn.Total] = 2 }, Cancellation);
                await Exporter.PreviewAsync(quarter, id);
            }

            await Exporter.ImportAsync(quarter, id);

            var ended = await Exporter.FindAsync(quarter, id);
            Assert.Equal($"{name}.csv", ended.FileName);
            Assert.True(ended.Status is ImportStatus.Completed || ended.Problem?.EndsWith('.') is true, $"{name}: {ended.Status}, {ended.Problem}");
            if (ended.Status is not ImportStatus.Completed) refused++;
            await quarter.Get<ImportPages>().ReportAsync(alma, id, Cancellation);
        }

        output.WriteLine($"{refused} refused as a whole, {mapped} read by somebody's columns.");
        Assert.Empty(quarter.Get<ImportFolder>().Held());
        AssertNoGrowth(before);
        var good = await Exporter.BringAsync(quarter, "Receipt ID,Type,Date,Supplier,Total\r\n90000000001,Receipt,20-Aug-2026,Good,1.00\r\n");
        await Exporter.ImportAsync(quarter, good);
        Assert.Equal(1, (await Exporter.FindAsync(quarter, good)).Added);
    }

    // A sentence that names the file, and what to do.
    private static void AssertSaid(string file, string? sentence)
    {
        var name = file.Length > 60 ? file[..60] : file;
        Assert.True(sentence?.Contains(name, StringComparison.Ordinal) is true && sentence.EndsWith('.'), $"{file}: {sentence}");
    }

    private static void AssertNoGrowth(long before) => Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostGrowth);
}
