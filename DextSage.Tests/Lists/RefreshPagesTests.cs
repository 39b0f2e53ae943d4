using Bunit;
using DextSage.App;
using DextSage.App.Lists.Refreshes;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Lists;

public sealed class RefreshPagesTests : Screen
{
    [Fact]
    public async Task A_report_tells_entry_by_entry_what_was_different()
    {
        var run = await WriteRunAsync(ListStage.Done);
        await WriteAsync(new ListChange
        {
            BusinessId = Business.Id, RunId = run.Id, List = ListKind.Suppliers, Kind = ListChangeKind.Renamed, SageId = "S1", Name = "Acme Paper Ltd", Before = "Name: Acme", After = "Name: Acme Paper Ltd",
        });

        var page = RenderAs<RefreshReportPage>(Role.Bookkeeper, p => p.Add(r => r.Run, run.Id));

        await page.WaitForAssertionAsync(() => Assert.Contains("Acme Paper Ltd", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Contains("Name: Acme", page.Markup, StringComparison.Ordinal);
        Assert.Contains("2 added", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Bookkeeper, false)]
    public async Task Where_much_is_missing_an_Admin_is_asked_and_keeps_it(Role role, bool mayAnswer)
    {
        var run = await WriteRunAsync(ListStage.NeedsConfirmation);

        var page = RenderAs<RefreshReportPage>(role, p => p.Add(r => r.Run, run.Id));

        await page.WaitForAssertionAsync(() => Assert.Contains("stay until an Admin decides", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        var keep = page.FindAll("button").SingleOrDefault(b => b.TextContent.Trim() == "Keep them");
        Assert.Equal(mayAnswer, keep is not null);
        if (keep is null) return;
        await keep.ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("an Admin has decided since", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_history_lists_each_run_with_its_report_and_draws_size_and_time()
    {
        var run = await WriteRunAsync(ListStage.Done);

        var page = RenderAs<RefreshHistoryPage>(Role.Bookkeeper);

        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("rect").Count), TimeSpan.FromSeconds(10));
        Assert.Equal(Urls.RefreshReport(Business.Slug, run.Id), page.Find("tbody a").GetAttribute("href"));
        Assert.Contains("Manage menu, Admin", page.Markup, StringComparison.Ordinal);
        Assert.Contains("12.5", page.Markup, StringComparison.Ordinal);
    }

    private async Task<RefreshRun> WriteRunAsync(ListStage stage)
    {
        await SettleInAsync();
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var run = new RefreshRun
        {
            BusinessId = Business.Id, Cause = RefreshCause.Requested, RequestedById = MemberAs(Role.Admin).Caller.PersonId, Status = RefreshStatus.Completed,
            QueuedAt = began, StartedAt = began, EndedAt = began.AddSeconds(12.5), Requests = 9,
        };
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Business.Id, List = ListKind.Suppliers, Stage = stage, Seen = 641, Added = 2, Missing = stage is ListStage.NeedsConfirmation ? 400 : 0 });
        await WriteAsync(run);
        return run;
    }
}
