using DextSage.App.Layout;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using DextSage.Tests.Sage;
using DextSage.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Whatever Sage or the disk does meanwhile: what was in force stays, what was read stays read, and the screen says why it takes time.</summary>
public sealed class RefreshUnderFaults
{
    [Fact]
    public async Task A_long_wait_is_written_down_survives_a_restart_and_nothing_is_asked_within_it()
    {
        await using var workshop = await Refreshes.OpenLargeAsync(options: o => o.GiveUpAfter = TimeSpan.FromHours(1));
        await workshop.FaultAsync("/currencies", "throttle", retryAfter: "300", times: 50);

        await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        var waiting = (await workshop.EventuallyAsync(r => r.WaitingBecause is RefreshWait.Throttled))!;
        Assert.True(waiting.WaitingUntil > TimeProvider.System.GetUtcNow().AddSeconds(200));
        await workshop.RestartAsync();
        await Books.ForgetJournalAsync(workshop);

        // Woken, it only looks at the row.
        Assert.Equal(waiting.WaitingUntil, await workshop.Get<RefreshWork>().RunAsync(workshop.BusinessId, CancellationToken.None));
        Assert.Empty(await Books.JournalAsync(workshop));

        // The wait is over: only what was missing is asked for.
        await workshop.ClearFaultsAsync();
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.RefreshRuns.Where(r => r.Id == waiting.RunId).ExecuteUpdateAsync(set => set.SetProperty(r => r.WaitingUntil, DateTimeOffset.UnixEpoch));
        Assert.Null(await workshop.Get<RefreshWork>().RunAsync(workshop.BusinessId, CancellationToken.None));
        Assert.Equal(RefreshStatus.Completed, (await workshop.EndedAsync(waiting.RunId)).Status);
        Assert.DoesNotContain(await workshop.PagesAskedAsync(), r => ((string?)r["path"]) == "/tax_rates");
    }

    [Fact]
    public async Task A_token_that_dies_on_the_way_is_renewed_and_no_page_is_read_twice()
    {
        await using var workshop = await Refreshes.OpenLargeAsync(suppliers: 1300);
        await workshop.FaultAsync("/contacts", "status", status: 401, skip: 3);
        await Books.ForgetJournalAsync(workshop);

        var run = await workshop.RefreshWholeAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Single(await Books.JournalAsync(workshop), r => ((string?)r["path"])!.EndsWith("/token", StringComparison.Ordinal));
        // Seven pages of suppliers, one of customers, and the one that met the dead token.
        Assert.Equal(7 + 1 + 1, (await workshop.PagesAskedAsync()).Count(r => (string?)r["path"] == "/contacts"));
    }

    [Theory]
    [InlineData("truncated-json")]
    [InlineData("html-with-200")]
    public async Task A_page_that_cannot_be_read_is_asked_for_again(string kind)
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        await workshop.FaultAsync("/contacts", kind, times: 2);

        var run = await workshop.RefreshWholeAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal((0, 0), (run.Added, run.Retired));
    }

    [Theory]
    [InlineData("truncated-json", 500)]
    [InlineData("html-with-200", 500)]
    [InlineData("status", 422)]
    public async Task A_page_that_never_comes_fails_the_run_and_the_list_stays_in_force(string kind, int status)
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        var before = await workshop.SuppliersAsync();
        await workshop.DeleteAsync((await workshop.SuppliersInSageAsync())["Pelican Couriers Ltd"]);
        await workshop.FaultAsync("/contacts", kind, times: 100, status: status, query: "page=3");

        var run = await workshop.RefreshWholeAsync();

        Assert.Equal((RefreshStatus.Failed, 0), (run.Status, run.Retired));
        Assert.StartsWith("Suppliers:", run.Problem, StringComparison.Ordinal);
        Assert.Equal(before, await workshop.SuppliersAsync());
        Assert.Equal(ConnectionStatus.Connected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
    }

    [Fact]
    public async Task A_page_too_heavy_for_Sage_comes_in_smaller_ones()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        await workshop.FaultAsync("/contacts", "status", times: 100, status: 504, query: "items_per_page=200");
        await Books.ForgetJournalAsync(workshop);

        var run = await workshop.RefreshWholeAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Contains(await workshop.PagesAskedAsync(), r => ((string?)r["query"])!.Contains("items_per_page=50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_shows_why_it_waits_and_a_run_gives_up_after_a_bounded_time_with_a_sentence()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        await workshop.FaultAsync("/", "lost-before", times: 100_000);

        var run = await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => r.WaitingBecause is RefreshWait.NoAnswer && r.WaitingUntil is not null);

        var ended = await workshop.EndedAsync(run);
        Assert.Equal(RefreshStatus.Failed, ended.Status);
        Assert.Contains("longer than a refresh waits", ended.Problem, StringComparison.Ordinal);
        Assert.Null(ended.WaitingBecause);
    }

    [Fact]
    public async Task An_empty_list_after_a_full_one_asks_first_and_an_Admin_may_say_no_or_yes()
    {
        await using var workshop = await Workshop.OpenConnectedAsync(o => o.NewGrantEndsEarlierOnes = false);
        var banks = (await NamesAsync(workshop, ListKind.BankAccounts)).Count;
        using (var api = await workshop.Sandbox.ApiAsync())
            foreach (var row in (await api.ReadAsync("bank_accounts"))["$items"]!.AsArray()) await workshop.DeleteAsync((string)row!["id"]!, "bank_accounts");

        var run = await workshop.RefreshAsync();

        Assert.Equal((RefreshStatus.Completed, 0), (run.Status, run.Retired));
        Assert.Equal((ListStage.NeedsConfirmation, banks), (run.Of(ListKind.BankAccounts).Stage, run.Of(ListKind.BankAccounts).Missing));
        Assert.Equal(banks, (await NamesAsync(workshop, ListKind.BankAccounts)).Count);

        var confirmations = workshop.Get<RefreshConfirmations>();
        Assert.True(await confirmations.DiscardAsync(workshop.Admin, run.RunId, ListKind.BankAccounts));
        Assert.Null(await confirmations.ApplyAsync(workshop.Admin, run.RunId, ListKind.BankAccounts));
        Assert.Equal(banks, (await NamesAsync(workshop, ListKind.BankAccounts)).Count);

        var asked = await workshop.RefreshAsync();
        var applied = await workshop.EndedAsync((await confirmations.ApplyAsync(workshop.Admin, asked.RunId, ListKind.BankAccounts))!.Value);
        Assert.Equal(banks, applied.Of(ListKind.BankAccounts).Retired);
        Assert.Empty(await NamesAsync(workshop, ListKind.BankAccounts));
    }

    [Theory]
    [InlineData(DiskTrouble.Full, "The disk of this system is full.")]
    [InlineData(DiskTrouble.ReadOnly, "The disk of this system cannot be written to.")]
    [InlineData(DiskTrouble.Failing, "The disk of this system does not answer as it should.")]
    public async Task A_disk_that_is_full_or_worse_is_said_and_the_run_goes_on_by_itself_once_it_is_well(DiskTrouble trouble, string sentence)
    {
        var disk = new SickDisk();
        await using var workshop = await Workshop.OpenAsync(o => o.LargeSuppliers = 450, services =>
        {
            Refreshes.Hasten(services);
            services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(disk));
        });
        await workshop.FaultAsync("/contacts", "slow", times: 2, delayMs: 60_000);
        await workshop.ConnectAsync();
        await workshop.EventuallyAsync(r => r.Status is RefreshStatus.Running);

        disk.Trouble = trouble;
        var waiting = await workshop.EventuallyAsync(AnswersComeAsync, r => r?.StorageTrouble is not null);
        Assert.StartsWith(sentence, RefreshWords.Progress(waiting!), StringComparison.Ordinal);

        disk.Trouble = null;
        var run = (await workshop.EventuallyAsync(AnswersComeAsync, r => r is { IsLive: false }))!;
        Assert.Equal((RefreshStatus.Completed, null), (run.Status, run.StorageTrouble));
        Assert.Equal((await workshop.SuppliersInSageAsync()).Count, run.Of(ListKind.Suppliers).Added);

        // Whenever the slow questions arrived: each look lets their time pass.
        Task<RefreshView?> AnswersComeAsync()
        {
            workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(10));
            return workshop.Get<ListRefresh>().LatestAsync(workshop.Admin);
        }
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_waited_for_and_nothing_falls_back_to_another()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        workshop.Furnish += services => services.Configure<SageOptions>(o => o.ApiUrl = LoopbackServer.NobodyHome());
        await workshop.RestartAsync();

        var run = await workshop.RefreshAsync();

        Assert.Equal(RefreshStatus.Failed, run.Status);
        Assert.Contains("Sage could not be reached", run.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(await workshop.SuppliersAsync());
    }

    private static async Task<List<string>> NamesAsync(Workshop workshop, ListKind list)
    {
        Assert.Equal(ListKind.BankAccounts, list);
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.BankAccounts.Where(b => b.RetiredAt == null).Select(b => b.Name).ToListAsync();
    }
}
