using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DextSage.Tests.Benches;

/// <summary>What the app is told about publishing: items that somebody has asked to publish, and the real publisher that takes them to Sage.</summary>
internal sealed class PublishOrders(IServiceProvider services) : IDisposable
{
    private readonly HttpClient http = new();
    private int written;

    /// <summary>So many items of 25 suppliers, each with a file of so many bytes, as Publish leaves them: with their steps, and no job asked for yet.</summary>
    public async Task StockAsync(Caller caller, int count, int bytes, bool isPaid)
    {
        await using var db = Get<BusinessStore>().OpenForJob(caller.BusinessId);
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        var stored = (await Get<DocumentStore>().SaveAsync(content));
        var document = new Document { BusinessId = caller.BusinessId, Sha256 = stored.Sha256, FileName = "invoice.pdf", ContentType = "application/pdf", Length = bytes, Pages = 1 };
        var suppliers = await db.Suppliers.OrderBy(s => s.Name).ToListAsync();
        var (category, rate, bank) = (await db.Categories.FirstAsync(), await db.TaxRates.FirstAsync(), await db.BankAccounts.FirstAsync());
        var method = new PaymentMethod { BusinessId = caller.BusinessId, Name = $"Card {written}", BankAccountId = bank.Id, CreatedAt = DateTimeOffset.UnixEpoch };
        db.AddRange(document, method);
        await db.SaveChangesAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var n = 0; n < count; n++)
        {
            var item = new Item
            {
                BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = caller.PersonId, Source = ItemSource.Upload, CreatedAt = now, UpdatedAt = now, Status = ItemStatus.Publishing,
                SupplierId = suppliers[n % suppliers.Count].Id, SupplierName = suppliers[n % suppliers.Count].Name, CategoryId = category.Id, TaxRateId = rate.Id, DocumentId = document.Id,
                Date = new DateOnly(2020, 1, 1).AddDays(n), Currency = "GBP", Total = 120, Tax = 20, Reference = $"R-{written++:00000000}", PublishTo = PublishTo.PurchaseInvoice,
                IsPaid = isPaid, PaymentMethodId = isPaid ? method.Id : null,
            };
            db.AddRange(item, PublicationPlan.For(item, Destination.PurchaseInvoice, "", generation: 1, caller.PersonId, now));
            if (n % 100 != 99) continue;
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Seconds from asking for the job of each business until all of their items are Published, as they were meant.</summary>
    public async Task<double> PublishAsync(IReadOnlyList<Caller> callers)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var caller in callers) await Get<JobQueue>().EnqueueAsync<PublishWork>(caller.BusinessId);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await using var everyone = await Get<BusinessStore>().OpenForEveryoneAsync();
        while (await everyone.Items.IgnoreQueryFilters().AnyAsync(i => i.Status == ItemStatus.Publishing)) await again.WaitForNextTickAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (await everyone.Items.IgnoreQueryFilters().AnyAsync(i => i.Status != ItemStatus.Published || i.PublishedWith != null))
            throw new InvalidOperationException("Not all of them are in Sage as they were meant: " + await everyone.Items.IgnoreQueryFilters().Where(i => i.PublishedWith != null).Select(i => i.PublishedWith).FirstOrDefaultAsync());
        return took;
    }

    /// <summary>Each of the waiting items by itself, and the floor before each: milliseconds of the items, then as many of the floor.</summary>
    public async Task<string> SinglyAsync(Caller caller)
    {
        await using var db = Get<BusinessStore>().OpenForJob(caller.BusinessId);
        var waiting = await db.Publications.Where(p => p.Status == PublicationStatus.Queued).OrderBy(p => p.RequestedAt).Select(p => p.Id).ToListAsync();
        await db.Publications.Where(p => p.Status == PublicationStatus.Queued).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextTryAt, TimeProvider.System.GetUtcNow().AddDays(1)));
        var file = await File.ReadAllBytesAsync(Environment.ProcessPath!);
        var upload = $$$"""{"attachment":{"attachment_context_id":"x","file":"{{{Convert.ToBase64String(file.AsSpan(0, 50_000))}}}"}}""";
        var (items, floors) = (new List<double>(), new List<double>());
        await db.Database.OpenConnectionAsync();
        foreach (var id in waiting)
        {
            var began = Stopwatch.GetTimestamp();
            await FloorAsync(db, caller, id, upload);
            floors.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

            await db.Publications.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextTryAt, (DateTimeOffset?)null));
            began = Stopwatch.GetTimestamp();
            await Get<PublishWork>().RunAsync(caller.BusinessId, CancellationToken.None);
            items.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return string.Join(' ', items.Concat(floors).Select(m => m.ToString("0.000", CultureInfo.InvariantCulture)));
    }

    // What can't be done without: the intent, the document, the intent of its file, the end; a document, its file, a look at it.
    private async Task FloorAsync(DextSageDb db, Caller caller, Guid publicationId, string upload)
    {
        var organisation = await db.Connections.Select(c => c.OrganisationId).SingleAsync();
        var later = TimeProvider.System.GetUtcNow().AddDays(1);
        await CommitAsync();
        var made = await SendAsync(HttpMethod.Post, "purchase_invoices", """{"purchase_invoice":{"contact_id":"none","date":"2020-01-01","reference":"R","invoice_lines":[{"ledger_account_id":"l1","tax_rate_id":"GB_STANDARD","tax_amount":"20.00","total_amount":"120.00"}]}}""");
        await CommitAsync();
        await CommitAsync();
        await SendAsync(HttpMethod.Post, "attachments", upload);
        await CommitAsync();
        await SendAsync(HttpMethod.Get, "purchase_invoices/" + (string)System.Text.Json.Nodes.JsonNode.Parse(made)!["id"]!, body: null);

        // Something else each time: what stays as it is, SQLite does not write.
        async Task CommitAsync() => await db.Publications.Where(p => p.Id == publicationId).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextTryAt, later = later.AddSeconds(1)));

        async Task<string> SendAsync(HttpMethod method, string path, string? body)
        {
            using var request = new HttpRequestMessage(method, $"{Get<IOptions<SageOptions>>().Value.ApiUrl}/{path}");
            request.Headers.Add("X-Business", organisation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "access");
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.SendAsync(request);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public void Dispose() => http.Dispose();
}
