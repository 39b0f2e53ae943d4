using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>
/// A publisher sleeps, as when its machine is suspended, while another one publishes the same item; then it wakes. The operating system's lock on the data folder keeps two
/// processes apart; here it is seen that it need not: what the sleeper knew is an old version.
/// </summary>
public sealed class APausedPublisher
{
    [Theory]
    [InlineData("GET", "/purchase_invoices")]
    [InlineData("GET", "/contacts")]
    public async Task Asleep_before_its_document_was_sent_it_sends_nothing_and_writes_nothing(string method, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, published, sleeper) = await OvertakenAsync(workshop, new Held(r => Is(r, method, path)));
        await Books.ForgetJournalAsync(workshop);

        await sleeper();

        Assert.DoesNotContain(await Books.JournalAsync(workshop), r => (string?)r["method"] is not "GET");
        await IsAsItWasAsync(workshop, code, published);
    }

    [Theory]
    [InlineData("/contacts", true)]
    [InlineData("/purchase_invoices", true)]
    [InlineData("/purchase_invoices", false)]
    [InlineData("/attachments", true)]
    public async Task Asleep_with_its_request_on_the_way_its_late_answer_changes_nothing(string path, bool hasAnswer)
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, published, sleeper) = await OvertakenAsync(workshop, new Held(r => Is(r, "POST", path), hasAnswer));

        await sleeper();

        await IsAsItWasAsync(workshop, code, published);
    }

    private static bool Is(HttpRequestMessage request, string method, string path) => request.Method.Method == method && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    /// <summary>An item that another process has published while the first one slept at <paramref name="held"/>, and what wakes that one and lets it come to its end.</summary>
    private static async Task<(string Code, Rows Published, Func<Task> WakeAsync)> OvertakenAsync(Workshop workshop, Held held)
    {
        // Its supplier is new: all three writes are made.
        var code = (await workshop.WithSamplesAsync()).First(r => r.Party == "Castle Street Coffee Roasters Ltd").Code;
        await workshop.MakeReadyAsync(code);
        var asleep = workshop.Another(services => services.AddHttpClient(SageRegistration.HttpClientName).AddHttpMessageHandler(() => held));
        // Nobody but the sleeper hears of it: its own jobs do not run.
        Assert.Null(await asleep.Services.GetRequiredService<PublishDesk>().PublishAsync(workshop.Admin, code, (await workshop.ItemAsync(code)).Version));
        var work = asleep.Services.GetRequiredService<PublishWork>().RunAsync(workshop.BusinessId, CancellationToken.None);
        await held.IsAsleep.WaitAsync(Workshop.Patience);

        await workshop.Get<PublishWork>().RunAsync(workshop.BusinessId, CancellationToken.None);
        await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        return (code, await RowsAsync(workshop, code), async () =>
        {
            held.LetGo();
            await work.WaitAsync(Workshop.Patience);
            asleep.Dispose();
        });
    }

    private static async Task IsAsItWasAsync(Workshop workshop, string code, Rows published)
    {
        Assert.Equal(published, await RowsAsync(workshop, code));
        Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
        Assert.Single(await Books.SuppliersAsync(workshop, "Castle Street Coffee Roasters Ltd"));
    }

    private static async Task<Rows> RowsAsync(Workshop workshop, string code)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var item = await db.Items.AsNoTracking().SingleAsync(i => i.Code == code);
        var publication = await db.Publications.AsNoTracking().Include(p => p.Steps).SingleAsync(p => p.ItemId == item.Id);
        return new Rows(item.Status, item.Version, item.SageDocumentId, publication.Status, publication.Version, string.Join(',', publication.Steps.OrderBy(s => s.Kind).Select(s => $"{s.Kind} {s.Status} {s.Tries} {s.RemoteId}")));
    }

    private sealed record Rows(ItemStatus Item, int ItemVersion, string? DocumentId, PublicationStatus Publication, int PublicationVersion, string Steps);
}
