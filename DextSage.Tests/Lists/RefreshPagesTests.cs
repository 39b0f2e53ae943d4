using AngleSharp.Dom;
using Bunit;
using DextSage.App;
using DextSage.App.Lists.Refreshes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task The_filters_of_a_report_are_in_the_address_and_counted()
    {
        var run = await WriteRunAsync(ListStage.Done);
        await WriteAsync(Change(run, ListKind.Suppliers, ListChangeKind.Renamed, "Acme Paper Ltd"), Change(run, ListKind.Suppliers, ListChangeKind.Retired, "Old Mill Ltd"), Change(run, ListKind.Categories, ListChangeKind.Retired, "Sundries"));
        Services.GetRequiredService<NavigationManager>().NavigateTo(Urls.RefreshReport(Business.Slug, run.Id) + "?list=suppliers&kind=retired");

        var page = RenderAs<RefreshReportPage>(Role.Bookkeeper, p => p.Add(r => r.Run, run.Id));

        await page.WaitForAssertionAsync(() => Assert.Equal(["Old Mill Ltd"], Entries(page)), TimeSpan.FromSeconds(10));
        Assert.Equal(["All 2", "Renamed 1", "No longer in Sage 1"], page.FindAll("nav[aria-label='Entries by kind of change'] a").Select(a => a.TextContent.Trim()));
        Assert.Equal($"{Urls.RefreshReport(Business.Slug, run.Id)}?list=suppliers&kind=renamed", page.FindAll("nav[aria-label='Entries by kind of change'] a")[1].GetAttribute("href"));
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Bookkeeper, false)]
    public async Task Everything_that_a_retired_entry_leaves_hanging_is_a_link_to_where_it_is_mended(Role role, bool maySettle)
    {
        var run = await WriteRunAsync(ListStage.Done);
        var rate = new TaxRate { BusinessId = Business.Id, SageId = "R1", Name = "OLD", DisplayName = "Old rate 15%", RetiredAt = run.EndedAt };
        var category = new Category { BusinessId = Business.Id, SageId = "C1", Name = "Sundries", DisplayName = "Sundries (8200)", RetiredAt = run.EndedAt };
        var account = new BankAccount { BusinessId = Business.Id, SageId = "B1", Name = "Current", DisplayName = "Current (1200)", RetiredAt = run.EndedAt };
        var type = new AnalysisType { BusinessId = Business.Id, SageId = "A1", Name = "Department", DisplayName = "Department", RetiredAt = run.EndedAt };
        var backAgain = new Supplier { BusinessId = Business.Id, SageId = "S1", Name = "Back again Ltd", DisplayName = "Back again Ltd" };
        var department = new AnalysisCategory { BusinessId = Business.Id, SageId = "A2", AnalysisTypeSageId = "A1", Name = "Shop", DisplayName = "Shop", RetiredAt = run.EndedAt };
        await WriteAsync(rate, category, account, type, department, backAgain);
        var lined = new Item { BusinessId = Business.Id, Code = "EF34GH", SupplierName = "Pelican", Status = ItemStatus.Ready, OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = run.QueuedAt, UpdatedAt = run.QueuedAt };
        foreach (var position in new[] { 0, 1 }) lined.Lines.Add(new ItemLine { BusinessId = Business.Id, ItemId = lined.Id, Position = position, ClassId = department.Id });
        await WriteAsync(
            new ConnectionSettings { BusinessId = Business.Id, CostsTaxRateId = rate.Id, ClassTypeId = type.Id },
            new PaymentMethod { BusinessId = Business.Id, Name = "Company card", LastDigits = "4242", BankAccountId = account.Id, CreatedAt = run.QueuedAt },
            new PaymentMethod { BusinessId = Business.Id, Name = "Lost card", BankAccountId = account.Id, CreatedAt = run.QueuedAt, RemovedAt = run.QueuedAt },
            lined,
            new Supplier { BusinessId = Business.Id, SageId = "S2", Name = "Acme Paper Ltd", DisplayName = "Acme Paper Ltd", DefaultCategorySageId = "C1" },
            new Item { BusinessId = Business.Id, Code = "AB12CD", SupplierName = "Northgate", Status = ItemStatus.ToReview, CategoryId = category.Id, OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = run.QueuedAt, UpdatedAt = run.QueuedAt },
            Change(run, ListKind.TaxRates, ListChangeKind.Retired, "Old rate", "R1"), Change(run, ListKind.Categories, ListChangeKind.Retired, "Sundries", "C1"),
            Change(run, ListKind.BankAccounts, ListChangeKind.Retired, "Current", "B1"), Change(run, ListKind.AnalysisTypes, ListChangeKind.Retired, "Department", "A1"),
            Change(run, ListKind.AnalysisCategories, ListChangeKind.Retired, "Shop", "A2"), Change(run, ListKind.Suppliers, ListChangeKind.Retired, "Back again Ltd", "S1"));

        var page = RenderAs<RefreshReportPage>(role, p => p.Add(r => r.Run, run.Id));

        await page.WaitForElementAsync("section[aria-labelledby=hanging]", TimeSpan.FromSeconds(10));
        var section = page.Find("section[aria-labelledby=hanging]");
        Assert.Contains("5 entries are no longer in Sage", section.TextContent, StringComparison.Ordinal);
        (string Name, string Href)[] expected =
        [
            ("Default tax rate for costs", Urls.SageSettings(Business.Slug)), ("Northgate", Urls.Item(Business.Slug, "AB12CD")),
            ("Acme Paper Ltd", Urls.Suppliers(Business.Slug) + "?q=Acme%20Paper%20Ltd"), ("Company card 4242", Urls.List(Business.Slug, "payment-methods")), ("Class", Urls.SageSettings(Business.Slug)),
            ("Pelican", Urls.Item(Business.Slug, "EF34GH")),
        ];
        Assert.Equal(expected.Where(e => maySettle || e.Href != Urls.SageSettings(Business.Slug)), section.QuerySelectorAll("a").Select(a => (a.TextContent, a.GetAttribute("href")!)));
        Assert.Equal(!maySettle, section.TextContent.Contains("Class, which an Admin can change", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Plus", "the Sage user that Admin connected with needs the right Settings in Sage for it. The owner of Marsh & Daughters Ltd can grant it.")]
    [InlineData("Start", "Sage Accounting Start does not have it.")]
    public async Task A_list_that_was_kept_back_says_why_and_who_could_grant_it(string plan, string sentence)
    {
        var run = await WriteRunAsync(ListStage.NotAllowed);
        await WriteAsync(new Connection
        {
            BusinessId = Business.Id, Status = ConnectionStatus.Connected, OrganisationName = "Marsh & Daughters Ltd", Plan = plan, AuthorisedById = MemberAs(Role.Admin).Caller.PersonId,
        });

        var page = RenderAs<RefreshReportPage>(Role.Bookkeeper, p => p.Add(r => r.Run, run.Id));

        await page.WaitForAssertionAsync(() => Assert.Contains(sentence, page.Find("section[aria-labelledby=report-lists]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Bookkeeper, false)]
    public async Task Where_much_is_missing_an_Admin_is_asked_and_keeps_it(Role role, bool mayAnswer)
    {
        var run = await WriteRunAsync(ListStage.NeedsConfirmation);

        var page = RenderAs<RefreshReportPage>(role, p => p.Add(r => r.Run, run.Id));

        await page.WaitForAssertionAsync(() => Assert.Contains("Suppliers: 241 of 641 came from Sage", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal(mayAnswer, Keep() is not null);
        if (!mayAnswer) return;
        await page.InvokeAsync(() => Keep()!.ClickAsync(new()));
        await page.WaitForAssertionAsync(() => Assert.Contains("an Admin has decided since", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        IElement? Keep() => page.FindAll("button").SingleOrDefault(b => b.TextContent.Trim() == "Keep them");
    }

    [Fact]
    public async Task The_history_lists_each_run_with_its_report_and_draws_time_and_size()
    {
        var run = await WriteRunAsync(ListStage.Done);
        await WriteAsync(new RefreshRun
        {
            BusinessId = Business.Id, Cause = RefreshCause.Scheduled, RequestedById = null, Status = RefreshStatus.Failed, Problem = "Suppliers: Sage could not be reached.",
            QueuedAt = run.QueuedAt.AddDays(-1), StartedAt = run.QueuedAt.AddDays(-1), EndedAt = run.QueuedAt.AddDays(-1).AddMinutes(3),
        });

        var page = RenderAs<RefreshHistoryPage>(Role.Bookkeeper);

        await page.WaitForAssertionAsync(() => Assert.Equal(4, page.FindAll("rect").Count), TimeSpan.FromSeconds(10));
        Assert.Equal(["bar-danger", "bar-success", "bar-danger", "bar-success"], page.FindAll("rect").Select(r => r.ClassName));
        Assert.Equal(Urls.RefreshReport(Business.Slug, run.Id), page.Find("tbody a").GetAttribute("href"));
        Assert.Equal(["Manage menu, Admin", "Up to date2 added", "12.5 s", "9", "641"], page.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(td => td.TextContent.Trim()));
        Assert.Equal(["Schedule", "Did not finishSuppliers: Sage could not be reached.", "3 min 0 s", "0", "0"], page.FindAll("tbody tr")[1].QuerySelectorAll("td").Select(td => td.TextContent.Trim()));
    }

    [Theory]
    [InlineData(ConnectionStatus.Connected, Role.Admin, true)]
    [InlineData(ConnectionStatus.ReconnectNeeded, Role.Admin, false)]
    [InlineData(ConnectionStatus.Connected, Role.Bookkeeper, false)]
    public async Task A_refresh_of_every_list_as_a_whole_is_asked_for_in_the_history(ConnectionStatus status, Role role, bool mayRefresh)
    {
        await WriteRunAsync(ListStage.Done);
        await WriteConnectionAsync(status);

        var page = RenderAs<RefreshHistoryPage>(role);

        await page.WaitForElementAsync("tbody", TimeSpan.FromSeconds(10));
        Assert.Equal(mayRefresh, page.FindAll("button").Any(b => b.TextContent.Trim() == "Refresh everything"));
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.3, 0.5)]
    [InlineData(12.5, 20)]
    [InlineData(200, 200)]
    [InlineData(20641, 50000)]
    public void The_scale_of_the_plot_ends_at_a_round_number(decimal most, decimal top) => Assert.Equal(top, new Plot("Rows", [0, most], Plot.Text).Top);

    private static IEnumerable<string> Entries(IRenderedComponent<RefreshReportPage> page) => page.FindAll("section[aria-labelledby=report-entries] tbody th").Select(th => th.TextContent);

    private ListChange Change(RefreshRun run, ListKind list, ListChangeKind kind, string name, string sageId = "X") =>
        new() { BusinessId = Business.Id, RunId = run.Id, List = list, Kind = kind, SageId = sageId, Name = name };

    private async Task<RefreshRun> WriteRunAsync(ListStage stage)
    {
        await SettleInAsync();
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var run = new RefreshRun
        {
            BusinessId = Business.Id, Cause = RefreshCause.Requested, RequestedById = MemberAs(Role.Admin).Caller.PersonId, Status = RefreshStatus.Completed,
            QueuedAt = began, StartedAt = began, EndedAt = began.AddSeconds(12.5), Requests = 9,
        };
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Business.Id, List = ListKind.Suppliers, Stage = stage, Seen = stage is ListStage.NeedsConfirmation ? 243 : 641, Added = 2, Missing = stage is ListStage.NeedsConfirmation ? 400 : 0 });
        await WriteAsync(run);
        return run;
    }
}
