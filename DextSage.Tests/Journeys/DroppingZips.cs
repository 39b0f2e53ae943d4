using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Tests.Intake.Converting;
using DextSage.Tests.Intake.Unpacking;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>A ZIP of files becomes items, as if the files had been dropped themselves.</summary>
public sealed class DroppingZips
{
    private static readonly SampleDocument[] Papers = [.. SampleDocuments.Draw(new DateOnly(2026, 3, 9))];

    [Fact]
    public async Task Each_file_becomes_an_item_or_a_refusal_and_the_zip_again_adds_nothing_twice()
    {
        await using var workshop = await Workshop.OpenAsync();
        var zip = Zips.Of(("march/one.pdf", Papers[0].Content), ("march/photo.heic", ForeignPapers.Heic), ("notes.txt", Zips.Words("remember the milk")), ("the same.pdf", Papers[0].Content));
        var told = new List<ArrivalReport>();

        var reports = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("march.zip", zip)], arrived: new Into(told));

        Assert.Equal(told, reports);
        Assert.Equal([("one.pdf", 1, false), ("photo.heic", 1, false), ("notes.txt", 0, true), ("the same.pdf", 0, false), ("march.zip", 0, false)], reports.Select(r => (r.FileName, r.Codes.Count, r.Refusal is not null)));
        Assert.Equal(["march.zip", "march.zip", "march.zip", "march.zip", null], reports.Select(r => r.Within));
        Assert.Equal([$"It came in with this ZIP before, as item {reports[0].Codes.Single()}."], reports[3].Notes);
        Assert.Equal("4 files in it.", Assert.Single(reports[^1].Notes));
        Assert.Equal(2, await CountAsync(workshop));

        var again = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("march again.zip", zip)]);

        Assert.Equal($"It came in with this ZIP before, as item {reports[1].Codes.Single()}.", again[1].Notes.Single());
        Assert.Equal(2, await CountAsync(workshop));
    }

    [Fact]
    public async Task One_that_was_broken_off_is_finished_by_adding_it_again()
    {
        await using var workshop = await Workshop.OpenAsync();
        // More than are written down together: some are here when it is broken off, and some are not.
        const int files = 40;
        var zip = Zips.Of([.. Enumerable.Range(0, files).Select(n => ($"{n}.pdf", (byte[])[.. Papers[0].Content, .. Zips.Words($"%{n:00}\n")]))]);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workshop.Get<Arrivals>().AddAsync(
            workshop.Admin, [Zips.Dropped("all.zip", zip)], arrived: new After(2, stop), cancellationToken: stop.Token));
        var before = await CountAsync(workshop);
        Assert.InRange(before, 2, files - 1);
        var reports = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("all.zip", zip)]);

        Assert.Equal(files - before, reports.Sum(r => r.Codes.Count));
        Assert.Equal(files, await CountAsync(workshop));
    }

    [Fact]
    public async Task One_that_comes_in_twice_at_once_is_added_once()
    {
        await using var workshop = await Workshop.OpenAsync();
        var zip = Zips.Of([.. Papers.Select((p, n) => ($"{n}.pdf", p.Content))]);

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("all.zip", zip)]))));

        Assert.Equal(Papers.Length, reports.Sum(r => r.Sum(f => f.Codes.Count)));
        Assert.Equal(Papers.Length, await CountAsync(workshop));
    }

    [Fact]
    public async Task One_of_the_other_workspace_is_another_delivery()
    {
        await using var workshop = await Workshop.OpenAsync();
        var zip = Zips.Of(("one.pdf", Papers[0].Content));
        await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("a.zip", zip)]);

        var reports = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("a.zip", zip)], Workspace.Sales);

        Assert.Single(reports[0].Codes);
    }

    [Fact]
    public async Task The_same_file_in_another_zip_is_an_ordinary_duplicate()
    {
        await using var workshop = await Workshop.OpenAsync();
        var first = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("a.zip", Zips.Of(("one.pdf", Papers[0].Content)))]);

        var second = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("b.zip", Zips.Of(("one.pdf", Papers[0].Content), ("two.pdf", Papers[1].Content)))]);

        Assert.Equal([$"The same file is here already, as item {first[0].Codes.Single()}."], second[0].Notes);
        Assert.Single(second[0].Codes);
    }

    [Fact]
    public async Task A_zipped_dext_export_meets_the_papers_beside_it()
    {
        await using var workshop = await Workshop.OpenAsync();
        var csv = "Receipt ID,Date,Supplier,Total,Currency\n4711,2026-03-02,Fenwick & Rowe,12.50,GBP\n4712,2026-03-03,Nobody,3.00,GBP\n";

        var zip = Zips.Of(("export.csv", Zips.Words(csv)), ("images/4711.pdf", Papers[0].Content));

        var reports = await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("export.zip", zip)]);

        var export = reports.Single(r => r.FileName == "export.csv");
        Assert.Equal((2, "export.zip"), (export.Codes.Count, export.Within));
        Assert.Equal("4711.pdf", (await workshop.ItemAsync(export.Codes[0])).Document!.FileName);
        Assert.Equal(2, await CountAsync(workshop));
        // Again, its papers are no items of their own either.
        Assert.Empty((await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [Zips.Dropped("export.zip", zip)])).SelectMany(r => r.Codes));
        Assert.Equal(2, await CountAsync(workshop));
    }

    private static async Task<int> CountAsync(Workshop workshop) => (await workshop.Get<Inbox>().CountsAsync(workshop.Admin, new ItemFilter())).Inbox;

    private sealed class Into(List<ArrivalReport> told) : IProgress<ArrivalReport>
    {
        public void Report(ArrivalReport value) => told.Add(value);
    }

    private sealed class After(int files, CancellationTokenSource stop) : IProgress<ArrivalReport>
    {
        private int told;

        public void Report(ArrivalReport value)
        {
            if (++told == files) stop.Cancel();
        }
    }
}
