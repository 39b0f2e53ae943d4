using Bunit;
using DextSage.App.Layout;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Layout;

public sealed class RefreshBannerTests : Screen
{
    [Fact]
    public void A_running_refresh_shows_the_list_its_rows_and_the_next_one()
    {
        var banner = Render<RefreshBannerView>(p => p.Add(b => b.Run, Runs.AtSuppliers(400, 640)));

        Assert.Contains("ds-refresh-success", banner.Find("section").ClassName, StringComparison.Ordinal);
        Assert.Equal("Suppliers: 400 of 640 · Customers next", banner.Find(".ds-refresh-progress").TextContent.Trim());
        Assert.Equal("2 of 11 lists", banner.Find(".ds-refresh-count").TextContent);
        Assert.Equal(11, banner.FindAll("li").Count);
        Assert.Equal("Tax rates, done, 40", banner.FindAll("li")[0].TextContent.Trim());
    }

    [Theory]
    [InlineData(0, null, "Suppliers: asking Sage · Customers next")]
    [InlineData(200, null, "Suppliers: 200 so far · Customers next")]
    [InlineData(20000, 20480, "Suppliers: 20,000 of 20,480 · Customers next")]
    public void Counts_are_those_that_Sage_gave_and_no_others(int seen, int? announced, string sentence) =>
        Assert.Equal(sentence, RefreshWords.Progress(Runs.AtSuppliers(seen, announced)));

    [Fact]
    public void Between_two_lists_it_names_the_next() =>
        Assert.Equal("Suppliers next", RefreshWords.Progress(Runs.Of(RefreshStatus.Running,
            list => new(list, list < ListKind.Suppliers ? ListStage.Done : ListStage.Waiting, 0, null, 0, 0, 0))));

    [Fact]
    public void Of_several_lists_at_once_the_two_longest_are_named_and_the_others_counted() =>
        Assert.Equal("Suppliers: 400 of 640 · Customers: 60 of 120 · 2 more lists", RefreshWords.Progress(Runs.Of(RefreshStatus.Running, list => list switch
        {
            ListKind.Suppliers => new(list, ListStage.Coming, 400, 640, 0, 0, 0),
            ListKind.Customers => new(list, ListStage.Coming, 60, 120, 0, 0, 0),
            ListKind.TaxRates or ListKind.Products => new(list, ListStage.Coming, 0, 5, 0, 0, 0),
            _ => new(list, ListStage.Waiting, 0, null, 0, 0, 0),
        })));

    [Theory]
    [InlineData(null, "1,250 rows a second")]
    [InlineData(3, "1,250 rows a second, a few seconds left")]
    [InlineData(18, "1,250 rows a second, about 20 seconds left")]
    [InlineData(100, "1,250 rows a second, about 2 minutes left")]
    public void How_fast_it_is_and_how_long_it_takes_is_said_where_it_is_known(int? secondsLeft, string sentence)
    {
        var run = Runs.AtSuppliers(400, 640) with { Pace = new RefreshPace(1250, secondsLeft is { } left ? TimeSpan.FromSeconds(left) : null) };

        Assert.Equal(sentence, Render<RefreshBannerView>(p => p.Add(b => b.Run, run)).Find(".ds-refresh-pace").TextContent);
        Assert.Empty(Render<RefreshBannerView>(p => p.Add(b => b.Run, run with { Pace = null })).FindAll(".ds-refresh-pace"));
    }

    [Fact]
    public void While_it_waits_for_Sage_it_is_amber_and_says_so_aloud()
    {
        var run = Runs.AtSuppliers(400, 640) with { WaitingBecause = RefreshWait.Throttled };

        var banner = Render<RefreshBannerView>(p => p.Add(b => b.Run, run));

        Assert.Contains("ds-refresh-warning", banner.Find("section").ClassName, StringComparison.Ordinal);
        Assert.Equal("Refresh is waiting for Sage", banner.Find("strong").TextContent);
        Assert.Equal("Refresh is waiting for Sage. Sage asks us to slow down. It goes on by itself.", RefreshWords.Spoken(run));
    }

    [Theory]
    [InlineData(true, "Decide")]
    [InlineData(false, "See what changed")]
    public void What_is_missing_in_great_part_is_asked_in_numbers(bool mayAnswer, string link)
    {
        var run = Runs.Of(RefreshStatus.Completed, list => list is ListKind.Suppliers
            ? new(list, ListStage.NeedsConfirmation, 3, 3, 3, 0, 0) { Missing = 641 }
            : new(list, ListStage.Done, 3, 3, 0, 0, 0));

        var banner = Render<RefreshBannerView>(p => p.Add(b => b.Run, run).Add(b => b.MayAnswer, mayAnswer).Add(b => b.ReportHref, "/report"));

        Assert.Contains("ds-refresh-warning", banner.Find("section").ClassName, StringComparison.Ordinal);
        Assert.Contains("Suppliers: 0 of 641 came from Sage. The other 641 stay until an Admin decides.", banner.Markup, StringComparison.Ordinal);
        Assert.Equal(link, banner.Find("a[href='/report']").TextContent.Trim());
    }

    [Fact]
    public void Nothing_that_a_refresh_says_is_a_percentage()
    {
        foreach (var run in new[] { Runs.Queued, Runs.AtSuppliers(0, null), Runs.AtSuppliers(400, 640), Runs.Completed(812, 3, 1), Runs.Failed("Sage did not answer.") })
        {
            var markup = Render<RefreshBannerView>(p => p.Add(b => b.Run, run)).Markup;
            Assert.DoesNotContain("%", markup, StringComparison.Ordinal);
            Assert.DoesNotContain("progressbar", markup, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("%", RefreshWords.Spoken(run), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(812, 3, 1, "812 added, 3 changed, 1 no longer in Sage.")]
    [InlineData(1200, 0, 0, "1,200 added.")]
    [InlineData(0, 0, 0, "Nothing had changed.")]
    public void A_completed_refresh_says_what_it_brought(int added, int changed, int retired, string outcome)
    {
        var banner = Render<RefreshBannerView>(p => p.Add(b => b.Run, Runs.Completed(added, changed, retired)));

        Assert.Contains("Lists are up to date", banner.Markup, StringComparison.Ordinal);
        Assert.Contains(outcome, banner.Markup, StringComparison.Ordinal);
        Assert.Empty(banner.FindAll("li"));
    }

    [Fact]
    public void A_list_that_Sage_does_not_show_is_named() =>
        Assert.EndsWith("Sage does not let this sign-in read: Bank accounts.", RefreshWords.Outcome(Runs.Of(RefreshStatus.Completed,
            list => new(list, list is ListKind.BankAccounts ? ListStage.NotAllowed : ListStage.Done, 1, 1, 1, 0, 0))), StringComparison.Ordinal);

    [Fact]
    public void A_failed_refresh_is_red_and_offers_another_to_who_may()
    {
        var asked = 0;
        var banner = Render<RefreshBannerView>(p => p
            .Add(b => b.Run, Runs.Failed("Sage did not answer for several minutes.")).Add(b => b.MayRefresh, true).Add(b => b.OnRefresh, () => asked++));

        Assert.Contains("ds-refresh-danger", banner.Find("section").ClassName, StringComparison.Ordinal);
        Assert.Contains("Sage did not answer for several minutes.", banner.Markup, StringComparison.Ordinal);
        banner.FindAll("button").Single(b => b.TextContent.Contains("Refresh again", StringComparison.Ordinal)).Click();
        Assert.Equal(1, asked);

        var other = Render<RefreshBannerView>(p => p.Add(b => b.Run, Runs.Failed("Sage did not answer.")).Add(b => b.MayRefresh, false));
        Assert.DoesNotContain("Refresh again", other.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Bookkeeper)]
    [InlineData(Role.Standard)]
    public async Task Every_member_sees_a_refresh_move_without_doing_anything(Role role)
    {
        await SettleInAsync();
        var banner = RenderAs<RefreshBanner>(role);
        Assert.Empty(banner.FindAll("section"));

        var run = new RefreshRun { BusinessId = Business.Id, Cause = RefreshCause.Connected, RequestedById = null, Status = RefreshStatus.Running, QueuedAt = TimeProvider.System.GetUtcNow() };
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Business.Id, List = ListKind.Suppliers, Stage = ListStage.Coming, Seen = 200, Announced = 640 });
        await WriteAsync(run);

        await banner.WaitForAssertionAsync(() => Assert.Contains("Suppliers: 200 of 640", banner.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Contains("Refresh in progress: Suppliers", banner.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    public async Task What_a_refresh_brought_stays_for_ten_minutes(int minutesAgo, bool isShown)
    {
        await SettleInAsync();
        await WriteEndedRunAsync(minutesAgo);

        var banner = RenderAs<RefreshBanner>(Role.Bookkeeper);
        var seen = new TaskCompletionSource();
        using var watch = await Services.GetRequiredService<RefreshFeed>().WatchAsync(MemberAs(Role.Bookkeeper).Caller, _ => seen.TrySetResult());

        await banner.WaitForStateAsync(() => seen.Task.IsCompleted && banner.FindAll("section").Count == (isShown ? 1 : 0), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Dismissed_is_dismissed_and_the_browser_remembers_it()
    {
        await SettleInAsync();
        await WriteEndedRunAsync(minutesAgo: 1);
        var banner = RenderAs<RefreshBanner>(Role.Standard);

        await banner.WaitForElementAsync("button", TimeSpan.FromSeconds(10));
        await banner.InvokeAsync(() => banner.Find("button").ClickAsync(new()));

        Assert.Empty(banner.FindAll("section"));
        Assert.Single(JSInterop.Invocations["sessionStorage.setItem"]);
    }

    private Task WriteEndedRunAsync(int minutesAgo)
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo);
        return WriteAsync(new RefreshRun { BusinessId = Business.Id, Cause = RefreshCause.Requested, RequestedById = null, Status = RefreshStatus.Completed, QueuedAt = at, EndedAt = at });
    }
}
