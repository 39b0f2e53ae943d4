using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What somebody does in Sage with what was published is found, shown, accepted, and gone when it is as before.</summary>
public sealed class CheckingAgainstSage
{
    [Fact]
    public async Task What_is_as_it_was_published_has_no_difference_whatever_it_became()
    {
        await using var workshop = await Workshop.OpenAsync();
        await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        await EveryDestination.PublishAsync(workshop, await EveryDestination.QuickAsync(workshop));

        await CheckAsync(workshop);

        var overview = await OverviewAsync(workshop);
        Assert.Equal((2, 0, 0), (overview.Documents, overview.Counts[DifferenceFilter.Changed], overview.Counts[DifferenceFilter.Deleted]));
    }

    [Fact]
    public async Task A_change_is_told_with_both_values_and_resolves_itself_when_it_is_taken_back()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, reference) = await PublishedAsync(workshop);
        await ChangeAsync(workshop, id, new { reference = "CHANGED" });

        await CheckAsync(workshop);
        var difference = Assert.Single(await OfItemAsync(workshop, code));
        Assert.Equal((DifferenceKind.Changed, "reference", reference, "CHANGED"), (difference.Kind, difference.Field, difference.Meant, difference.InSage));
        Assert.Equal(1, (await OverviewAsync(workshop)).Counts[DifferenceFilter.Open]);

        // A second look at the same finds the same, not more.
        await CheckAsync(workshop);
        Assert.Equal(difference, Assert.Single(await OfItemAsync(workshop, code)));

        await ChangeAsync(workshop, id, new { reference });
        await CheckAsync(workshop);
        Assert.Empty(await OfItemAsync(workshop, code));
        Assert.Equal(1, (await OverviewAsync(workshop)).Counts[DifferenceFilter.Resolved]);
    }

    [Fact]
    public async Task What_is_accepted_nags_no_more_until_it_is_changed_again()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, _) = await PublishedAsync(workshop);
        await ChangeAsync(workshop, id, new { reference = "ONE" });
        await CheckAsync(workshop);

        await workshop.Get<BooksChecks>().AcceptAsync(workshop.Bookkeeper, Assert.Single(await OfItemAsync(workshop, code)).Id, isRight: true);
        await CheckAsync(workshop);
        var accepted = Assert.Single(await OfItemAsync(workshop, code));
        Assert.Equal(("Ben Okafor", 0, 1), (accepted.AcceptedBy, (await OverviewAsync(workshop)).Counts[DifferenceFilter.Open], (await OverviewAsync(workshop)).Counts[DifferenceFilter.Accepted]));

        await ChangeAsync(workshop, id, new { reference = "TWO" });
        await CheckAsync(workshop);
        var again = Assert.Single(await OfItemAsync(workshop, code));
        Assert.Equal(("TWO", null), (again.InSage, again.AcceptedAt));
    }

    [Fact]
    public async Task A_payment_that_is_recorded_later_is_no_difference()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, _) = await PublishedAsync(workshop);
        await workshop.Sandbox.MutateAsync(new { business = Business, action = "pay", id });

        await CheckAsync(workshop);

        Assert.Empty(await OfItemAsync(workshop, code));
    }

    [Fact]
    public async Task What_was_deleted_is_told_and_the_item_stays_as_the_record_of_it()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, _) = await PublishedAsync(workshop);
        await workshop.Sandbox.MutateAsync(new { business = Business, action = "delete", kind = "purchase_invoices", id });

        await CheckAsync(workshop);

        Assert.Equal(DifferenceKind.Deleted, Assert.Single(await OfItemAsync(workshop, code)).Kind);
        Assert.Equal((ItemStatus.Published, Place.Archive), await workshop.ItemAsync(code) is var item ? (item.Status, item.Place) : default);
        Assert.DoesNotContain(await Books.BillsAsync(workshop), b => b.Id != id);
    }

    [Fact]
    public async Task The_night_begins_one_check_and_what_has_not_changed_is_not_read_again()
    {
        await using var workshop = await Workshop.OpenAsync();
        await PublishedAsync(workshop);
        workshop.Sandbox.Time.Advance(TimeSpan.FromHours(1));
        await workshop.Get<BooksCheckWork>().RunAsync(workshop.BusinessId, CancellationToken.None);
        await workshop.Get<BooksCheckWork>().RunAsync(workshop.BusinessId, CancellationToken.None);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            Assert.Null((await db.BooksChecks.SingleAsync(c => c.Status == CheckStatus.Completed)).RequestedById);

        workshop.Sandbox.Time.Advance(TimeSpan.FromHours(1));
        await Books.ForgetJournalAsync(workshop);
        await CheckAsync(workshop);

        var asked = (await Books.JournalAsync(workshop)).Where(r => (int?)r["status"] == 200).Select(r => (string)r["path"]!).Where(p => p.Contains("purchase_invoices", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, asked.Count);
        Assert.All(asked, path => Assert.EndsWith("/purchase_invoices", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_open_for_a_correction_is_held_against_Sage_as_it_was_published()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, reference) = await PublishedAsync(workshop);
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, code, (await workshop.ItemAsync(code)).Version));
        await workshop.EditAsync(code, new ItemEdit.SetDescription("Typed here"));
        await workshop.EditAsync(code, new ItemEdit.SetDate((await workshop.ItemAsync(code)).Date!.Value.AddDays(1)));
        var open = await workshop.ItemAsync(code);
        await ChangeAsync(workshop, id, new { reference = "CHANGED" });

        await CheckAsync(workshop);

        var difference = Assert.Single(await OfItemAsync(workshop, code));
        Assert.Equal(("reference", reference, "CHANGED"), (difference.Field, difference.Meant, difference.InSage));
        Assert.Equal((open.Version, open.Date, "Typed here", true), await workshop.ItemAsync(code) is var still ? (still.Version, still.Date, still.Description, still.IsBeingCorrected) : default);
    }

    [Fact]
    public async Task Without_a_sign_in_it_waits_and_goes_on_after_the_reconnect()
    {
        await using var workshop = await Workshop.OpenAsync();
        var (code, id, _) = await PublishedAsync(workshop);
        await ChangeAsync(workshop, id, new { reference = "CHANGED" });
        await Books.RemoveAccessAsync(workshop);

        Assert.Null(await workshop.Get<BooksChecks>().CheckNowAsync(workshop.Bookkeeper));
        await workshop.EventuallyAsync(() => OverviewAsync(workshop), o => o.Latest?.WaitingBecause is not null);
        await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect);

        await workshop.EventuallyAsync(() => OverviewAsync(workshop), o => o.Latest is { Status: CheckStatus.Completed });
        Assert.Single(await OfItemAsync(workshop, code));
    }

    private static string Business => SandboxHost.BusinessId("Marsh & Daughters Ltd");

    private static async Task<(string Code, string Id, string Reference)> PublishedAsync(Workshop workshop)
    {
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        return (published.Code, Assert.Single(await Books.BillsAsync(workshop)).Id, published.Reference!);
    }

    private static async Task ChangeAsync(Workshop workshop, string id, object fields)
    {
        workshop.Sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        await workshop.Sandbox.MutateAsync(new { business = Business, action = "change", id, fields });
    }

    private static async Task CheckAsync(Workshop workshop)
    {
        Assert.Null(await workshop.Get<BooksChecks>().CheckNowAsync(workshop.Bookkeeper));
        var overview = await workshop.EventuallyAsync(() => OverviewAsync(workshop), o => o.Latest is { Status: not CheckStatus.Running });
        Assert.Null(overview.Latest!.Problem);
    }

    private static Task<BooksCheckOverview> OverviewAsync(Workshop workshop) => workshop.Get<BooksChecks>().OverviewAsync(workshop.Bookkeeper);

    private static Task<IReadOnlyList<DifferenceView>> OfItemAsync(Workshop workshop, string code) => workshop.Get<BooksChecks>().OfItemAsync(workshop.Bookkeeper, code);
}
