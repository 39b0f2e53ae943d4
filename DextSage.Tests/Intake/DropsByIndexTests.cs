using System.Collections.Concurrent;
using System.Data.Common;
using DextSage.Integration.Intake;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake.Converting;
using DextSage.Tests.Intake.Unpacking;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>What a drop looks for among the items that there are, it finds by an index: the hundred-thousandth file takes no longer than the first.</summary>
public sealed class DropsByIndexTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_query_of_a_drop_walks_through_the_items_or_documents_of_the_business()
    {
        var plans = new Plans();
        await using var quarter = await Quarter.OpenAsync(services => services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(plans)));
        var (pdf, tiff) = (SampleDocuments.Draw(new DateOnly(2026, 11, 25))[0].Content, ForeignPapers.Tiff(true));
        await DropAsync();
        plans.All.Clear();

        await DropAsync();

        Assert.Contains(plans.All, p => p.Contains("IX_Documents_BusinessId_Sha256 (BusinessId=? AND Sha256=?)", StringComparison.Ordinal));
        Assert.Contains(plans.All, p => p.Contains("IX_Documents_Original_Sha256", StringComparison.Ordinal));
        Assert.Contains(plans.All, p => p.Contains("sqlite_autoindex_Items_1 (Id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.All, p => p.StartsWith("SCAN", StringComparison.Ordinal) && !p.Contains("VIRTUAL TABLE", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.All, p => (p.Contains("IX_Items", StringComparison.Ordinal) || p.Contains("IX_Documents", StringComparison.Ordinal)) && p.EndsWith("(BusinessId=?)", StringComparison.Ordinal));

        Task DropAsync() => quarter.Get<Arrivals>().AddAsync(
            quarter.Town.Claim(Who.Bookkeeper),
            [Zips.Dropped("a.pdf", pdf), Zips.Dropped("b.tiff", tiff), Zips.Dropped("c.zip", Zips.Of(("d.pdf", pdf)))], cancellationToken: Cancellation);
    }

    /// <summary>How SQLite went about each query on items and documents (https://sqlite.org/eqp.html).</summary>
    private sealed class Plans : DbCommandInterceptor
    {
        public ConcurrentBag<string> All { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) return result;
            await using var explain = ((SqliteCommand)command).Connection!.CreateCommand();
            (explain.CommandText, explain.Transaction) = ("EXPLAIN QUERY PLAN " + command.CommandText, (SqliteTransaction?)command.Transaction);
            foreach (SqliteParameter parameter in command.Parameters) explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
            await using var plan = await explain.ExecuteReaderAsync(cancellationToken);
            while (await plan.ReadAsync(cancellationToken)) All.Add(plan.GetString(3));
            return result;
        }
    }
}
