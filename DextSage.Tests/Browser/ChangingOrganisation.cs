using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>A business moves to another organisation in Sage: it is asked about its lists, and matches them page by page.</summary>
[Collection(nameof(OtherChromium))]
public sealed class ChangingOrganisation(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Items_stay_the_lists_are_asked_about_and_old_entries_are_matched_on_a_page_each()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");
        await alma.ResolveAsync();

        await alma.Menu("Business settings").ClickAsync();
        await alma.ExactLink("Manage Sage Accounting").ClickAsync();
        await alma.IsAtAsync("Sage Accounting");
        await alma.LookAsync("sage-connection");
        await alma.ExactButton("Manage").ClickAsync();
        await alma.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Change organisation" }).ClickAsync();
        await alma.IsAtAsync("Change organisation");
        await alma.LookAsync("change-organisation");
        await alma.Button("Connect software").ClickAsync();
        await alma.LogInAtSageAsync();
        await alma.IsAtAsync("Choose organisation");
        await alma.Page.GetByRole(AriaRole.Radio, new() { NameString = "Harbour Street Bakery" }).CheckAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Radio, new() { NameString = "Keep the old entries, and match them" })).ToBeCheckedAsync();
        await alma.LookAsync("organisations-change");
        await alma.Button("Next").ClickAsync();
        await alma.IsAtAsync("Harbour Street Bakery is connected");
        await alma.LookAsync("connected-with-matches");
        await alma.Button("Finish").ClickAsync();

        await alma.IsAtAsync("Match categories");
        await Expect(alma.Field("In place of Office costs (7500)")).ToHaveValueAsync("Office costs (7500)");
        await alma.SeesAsync("1 item");
        await alma.LookAsync("match-categories");
        await alma.ExactButton("Continue").ClickAsync();
        // Tax rates are Sage's own, the same in every British organisation: there is nothing to match.
        await alma.IsAtAsync("Match suppliers");
        await alma.SeesAsync("1 item was matched.");
        await alma.LookAsync("match-suppliers");
        await alma.ExactButton("Skip").ClickAsync();
        await alma.IsAtAsync("Sage Accounting settings");

        // What was skipped is not forgotten.
        await alma.Menu("Business settings").ClickAsync();
        await alma.ExactLink("Manage Sage Accounting").ClickAsync();
        await alma.SeesAsync("is not in Harbour Street Bakery: suppliers.");
        await alma.LookAsync("sage-connection-to-match");
        await alma.Menu("Costs").ClickAsync();
        await Expect(alma.Row("Northgate Stationers Ltd")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Cleared_codings_leave_nothing_to_match_and_no_green_banner_outlives_the_connection()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await alma.ConnectAsync("Marsh & Daughters Ltd");
        await alma.SeesAsync("Lists are up to date");
        await alma.Menu("Business settings").ClickAsync();
        await alma.ExactLink("Manage Sage Accounting").ClickAsync();
        await alma.ExactButton("Manage").ClickAsync();
        await alma.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Disconnect" }).ClickAsync();
        await alma.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await alma.SeesAsync("Sage has withdrawn the access");
        await alma.ExactButton("Close").ClickAsync();
        await Expect(alma.Page.GetByText("Lists are up to date")).ToHaveCountAsync(0);
        await alma.LookAsync("disconnected");

        await alma.LeaveForSageAsync();
        await alma.LogInAtSageAsync();
        await alma.IsAtAsync("Choose organisation");
        await alma.Page.GetByRole(AriaRole.Radio, new() { NameString = "Harbour Street Bakery" }).CheckAsync();
        await alma.Page.GetByRole(AriaRole.Radio, new() { NameString = "Clear them, and code anew" }).CheckAsync();
        await alma.Button("Next").ClickAsync();
        await alma.IsAtAsync("Harbour Street Bakery is connected");
        await alma.Button("Finish").ClickAsync();
        await alma.IsAtAsync("Sage Accounting settings");
    }
}
