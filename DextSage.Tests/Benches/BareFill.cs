using System.Net.Http.Headers;
using System.Text.Json;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Benches;

/// <summary>The same lists without a system around them: what the work costs at least, and what it costs done the obvious way.</summary>
internal sealed class BareFill : IDisposable
{
    private readonly HttpClient http;
    private readonly DatabaseOptions database;
    private readonly Guid business = Guid.CreateVersion7();

    public BareFill(Uri home, string token, string folder)
    {
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(home, "v3.1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("X-Business", BenchSage.Marsh);
        database = new DatabaseOptions(folder);
    }

    public async Task MakeDatabaseAsync()
    {
        await using var db = Open();
        await db.Database.MigrateAsync();
    }

    /// <summary>HttpClient, compiled readers, one prepared statement a list, a transaction a page.</summary>
    /// <param name="firstPages">Of each list.</param>
    /// <param name="atOnce">Requests.</param>
    public async Task<int> FloorAsync(IReadOnlyList<string> firstPages, int atOnce)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        using var writing = new SemaphoreSlim(1);
        using var width = new SemaphoreSlim(atOnce);
        var rows = 0;
        await Task.WhenAll(firstPages.Select(async first =>
        {
            await using var upsert = Upsert(connection, first);
            async Task<int> OneAsync(int number)
            {
                BarePage page;
                await width.WaitAsync();
                try { page = await GetAsync(At(first, number)); }
                finally { width.Release(); }
                await writing.WaitAsync();
                try { Interlocked.Add(ref rows, await WriteAsync(connection, BareTable.Of(first), upsert, page)); }
                finally { writing.Release(); }
                return page.Total;
            }

            var total = await OneAsync(1);
            await Task.WhenAll(Enumerable.Range(2, Math.Max(0, (total + 199) / 200 - 1)).Select(OneAsync));
        }));
        return rows;
    }

    /// <summary>The same requests at the same width, and nothing done with what comes.</summary>
    public async Task<int> WireAsync(IReadOnlyList<string> requests, int atOnce)
    {
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (request, cancel) =>
        {
            using var answer = await http.GetAsync(new Uri(request.TrimStart('/'), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
            await answer.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancel);
        });
        return requests.Count;
    }

    /// <summary>Page after page, each read into tracked entities and saved.</summary>
    public async Task<int> TrackedAsync(IReadOnlyList<string> firstPages)
    {
        var rows = 0;
        foreach (var first in firstPages)
        {
            for (var (number, last) = (1, 1); number <= last; number++)
            {
                var page = await GetAsync(At(first, number));
                last = Math.Max(1, (page.Total + 199) / 200);
                rows += await SaveAsync(BareTable.KindOf(first), page);
            }
        }

        return rows;
    }

    private Task<int> SaveAsync(ListKind list, BarePage page) => list switch
    {
        ListKind.Suppliers => SaveAsync<Supplier>(page, r => new Supplier { BusinessId = business, SageId = r.Id, Name = r.Name!, DisplayName = r.DisplayedAs!, Reference = r.Reference, Currency = r.Currency?.Id, CreditDays = r.CreditDays, CreditTerms = r.CreditTerms, DefaultCategorySageId = r.Account?.Id }),
        ListKind.Customers => SaveAsync<Customer>(page, r => new Customer { BusinessId = business, SageId = r.Id, Name = r.Name!, DisplayName = r.DisplayedAs!, Reference = r.Reference, Currency = r.Currency?.Id, CreditDays = r.CreditDays, CreditTerms = r.CreditTerms }),
        ListKind.Categories => SaveAsync<Category>(page, r => new Category
        {
            BusinessId = business, SageId = r.Id, Name = r.Name!, DisplayName = r.DisplayedAs!, NominalCode = r.NominalCode, AccountType = r.AccountType?.Id, ForExpenses = r.ForExpenses == true, ForSales = r.ForSales == true,
            ForOtherPayments = r.ForOtherPayments == true, ForOtherReceipts = r.ForOtherReceipts == true, ForBanking = r.ForBanking == true, ForJournals = r.ForJournals == true, DefaultTaxRateSageId = r.TaxRate?.Id, HasFixedTaxRate = r.HasFixedTaxRate == true,
        }),
        ListKind.Products => SaveAsync<Product>(page, r => new Product { BusinessId = business, SageId = r.Id, Name = r.Description!, DisplayName = r.DisplayedAs!, Kind = ProductKind.Product, ItemCode = r.ItemCode, SalesCategorySageId = r.SalesAccount?.Id, PurchaseCategorySageId = r.PurchaseAccount?.Id, IsActive = r.Active != false }),
        _ => SaveAsync<Currency>(page, r => new Currency { BusinessId = business, SageId = r.Id, Name = r.DisplayedAs!, DisplayName = r.DisplayedAs! }),
    };

    private async Task<int> SaveAsync<T>(BarePage page, Func<BareRow, T> toEntry) where T : ListEntry
    {
        await using var db = Open();
        var ids = page.Items.ConvertAll(r => r.Id);
        var known = await db.Set<T>().Where(e => ids.Contains(e.SageId)).ToDictionaryAsync(e => e.SageId);
        foreach (var row in page.Items)
        {
            var entry = toEntry(row);
            if (known.TryGetValue(row.Id, out var was)) (was.Name, was.DisplayName) = (entry.Name, entry.DisplayName);
            else db.Add(entry);
        }

        await db.SaveChangesAsync();
        return page.Items.Count;
    }

    private async Task<BarePage> GetAsync(string request)
    {
        using var answer = await http.GetAsync(new Uri(request.TrimStart('/'), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        return (await JsonSerializer.DeserializeAsync(body, BareJson.Default.BarePage))!;
    }

    private static async Task<int> WriteAsync(SqliteConnection connection, BareTable table, SqliteCommand upsert, BarePage page)
    {
        await using var transaction = connection.BeginTransaction();
        upsert.Transaction = transaction;
        foreach (var row in page.Items)
        {
            object?[] values = [Guid.CreateVersion7(), row.Id, row.Name ?? row.Description ?? row.DisplayedAs, row.DisplayedAs, .. table.Values(row)];
            for (var i = 0; i < values.Length; i++) upsert.Parameters[i].Value = values[i] ?? DBNull.Value;
            upsert.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
        return page.Items.Count;
    }

    private SqliteCommand Upsert(SqliteConnection connection, string first)
    {
        var table = BareTable.Of(first);
        string[] columns = ["Id", "SageId", "Name", "DisplayName", .. table.Columns];
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names are written here.
        command.CommandText =
            $"INSERT INTO {table.Name} (BusinessId, Fingerprint, ChangedAt, IsVisible, IsOwn, {string.Join(", ", columns)}) "
            + $"VALUES ($business, '', '2026-11-22 12:00:00', TRUE, FALSE, {string.Join(", ", columns.Select(c => "$" + c))}) "
            + $"ON CONFLICT (BusinessId, SageId) DO UPDATE SET {string.Join(", ", columns.Skip(2).Select(c => $"{c} = excluded.{c}"))}";
#pragma warning restore CA2100
        foreach (var column in columns) command.Parameters.AddWithValue("$" + column, DBNull.Value);
        command.Parameters.AddWithValue("$business", business);
        command.Prepare();
        return command;
    }

    private static string At(string first, int page) => first.Replace("page=1&", $"page={page}&", StringComparison.Ordinal);

    private DextSageDb Open()
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        database.Configure(options);
        return new DextSageDb(options.Options) { BusinessId = business };
    }

    public void Dispose() => http.Dispose();
}
