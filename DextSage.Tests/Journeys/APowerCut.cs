using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>
/// The power goes while items are published: what the disk holds at that moment, the database and as much of its write-ahead log, is whole, knows of everything that Sage was told,
/// and leads to the same end.
/// </summary>
public sealed class APowerCut
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_the_disk_holds_at_any_moment_is_whole_and_leads_to_one_document_each(int documents)
    {
        await using var workshop = await Workshop.OpenAsync();
        var codes = (await workshop.WithSamplesAsync()).Take(4).Select(r => r.Code).ToList();
        foreach (var code in codes) await workshop.MakeReadyAsync(code);
        foreach (var code in codes) await workshop.PublishAsync(code);
        var sent = await workshop.EventuallyAsync(() => SentAsync(workshop), seen => seen.Count >= documents);

        var (database, log) = await ImageAsync(workshop);
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        await workshop.RestoreAsync(database, log);

        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
        {
            Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
            // Whoever commits waits for the disk: an intent stood there before its request left.
            Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
            var steps = await db.PublicationSteps.AsNoTracking().Where(s => s.Kind == StepKind.CreateDocument && s.SentAt != null).Select(s => s.IdempotencyId).ToListAsync();
            Assert.Subset(steps.ToHashSet(StringComparer.Ordinal), sent.ToHashSet(StringComparer.Ordinal));
        }

        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        var bills = await Books.BillsAsync(workshop);
        Assert.Equal(codes.Count, bills.Count);
        Assert.All(bills, b => Assert.Single(b.FileSizes));
    }

    /// <summary>The ids of the documents that have reached Sage.</summary>
    private static async Task<IReadOnlyList<string>> SentAsync(Workshop workshop) =>
        [.. (await Books.JournalAsync(workshop)).Where(r => (string?)r["method"] == "POST" && (string?)r["path"] == "/purchase_invoices").Select(r => (string)r["idempotencyId"]!)];

    /// <summary>The file and its log as they lie there in one moment: no checkpoint has moved anything from one to the other meanwhile.</summary>
    private static async Task<(string Database, string Log)> ImageAsync(Workshop workshop)
    {
        var (database, log) = (Path.Combine(workshop.DataFolder, Workshop.DatabaseFile), Path.Combine(workshop.DataFolder, Workshop.DatabaseFile + "-wal"));
        for (var tries = 0; tries < 20; tries++)
        {
            var (file, itsLog) = (Path.Combine(workshop.DataFolder, $"image-{tries}.db"), Path.Combine(workshop.DataFolder, $"image-{tries}.log"));
            var before = File.GetLastWriteTimeUtc(database);
            File.Copy(database, file);
            File.Copy(log, itsLog);
            if (File.GetLastWriteTimeUtc(database) == before) return (file, itsLog);
            await Task.Delay(10);
        }

        throw new InvalidOperationException("The log was never left alone for as long as copying it takes.");
    }
}
