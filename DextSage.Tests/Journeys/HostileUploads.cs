using System.Diagnostics;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Intake;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What a careless or evil sender puts in, through the doors that take files: by itself and in a ZIP.</summary>
public sealed class HostileUploads(ITestOutputHelper output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_file_becomes_an_item_that_is_read_or_a_sentence_and_a_zip_of_them_says_the_same()
    {
        var files = HostileCorpus.Files();
        await using var workshop = await Workshop.OpenAsync();
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var loose = await AddAsync(workshop, [.. files.Select(f => Zips.Dropped(f.Name, f.Content))]);
        var taken = watch.Elapsed;
        var zipped = await AddAsync(workshop, [.. files.Chunk(200).Select((some, n) => Zips.Dropped($"{n}.zip", Zips.Of(some)))]);

        Assert.Equal(files.Length, loose.Count);
        Assert.All(loose, r => Assert.True(r.Codes.Count > 0 || r.Refusal is { Length: > 10 }, r.FileName));
        Assert.All(loose.Where(r => r.Refusal is not null), r => Assert.False(string.IsNullOrWhiteSpace(r.Action), r.FileName));
        // Those that took too long for a busy machine may be taken another time.
        var said = zipped.Where(r => r.Within is not null).ToDictionary(r => r.FileName, r => r.Refusal is null);
        var changed = loose.Where(r => said[r.FileName] != r.Refusal is null && r.Refusal?.Contains("too long", StringComparison.Ordinal) is not true).Select(r => $"{r.FileName}: {r.Refusal}").ToList();
        Assert.InRange(changed.Count, 0, 3);
        output.WriteLine($"{files.Length} files: {loose.Count(r => r.Refusal is null)} taken, {loose.Count(r => r.Refusal is not null)} refused in {taken.TotalSeconds:0} s; zipped {watch.Elapsed.TotalSeconds - taken.TotalSeconds:0} s.");
        foreach (var group in loose.Where(r => r.Refusal is not null).GroupBy(r => r.Action)) output.WriteLine($"{group.Count()} × {group.First().Refusal}");

        await ReadAsync(workshop, watch);
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1_048_576;
        output.WriteLine($"All read after {watch.Elapsed.TotalSeconds:0} s, {grown} MB more in memory.");
        Assert.InRange(grown, long.MinValue, 300);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
    }

    private static async Task<IReadOnlyList<ArrivalReport>> AddAsync(Workshop workshop, IReadOnlyList<DroppedFile> files)
    {
        var reports = new List<ArrivalReport>();
        foreach (var some in files.Chunk(100)) reports.AddRange(await workshop.Get<Arrivals>().AddAsync(workshop.Admin, some, cancellationToken: Cancellation));
        return reports;
    }

    private static async Task ReadAsync(Workshop workshop, Stopwatch watch)
    {
        while (true)
        {
            await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
            if (!await db.Items.AnyAsync(i => i.Status == ItemStatus.Processing, Cancellation)) return;
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
            await Task.Delay(TimeSpan.FromMilliseconds(500), Cancellation);
        }
    }
}
