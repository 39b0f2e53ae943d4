using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Access was taken away in Sage while an item was ready.</summary>
[Collection(nameof(OtherChromium))]
public sealed class Reconnecting(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task The_item_waits_the_banner_says_so_and_reconnecting_publishes_it_once()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        var ben = await SignInAsync("Ben Okafor");
        await alma.OpenAsync("Northgate Stationers Ltd");
        await alma.ResolveAsync();
        await RemoveAccessAsync(alma);

        await alma.ExactButton("Publish").ClickAsync();
        await alma.HasStatusAsync("Waiting");
        await alma.SeesAsync("once an Admin has reconnected, this is published by itself");
        await Expect(ben.Row("Northgate Stationers Ltd")).ToContainTextAsync("Waiting");
        await ben.SeesAsync("once an Admin has reconnected, this is published by itself");
        await ben.SeesAsync("Ask an Admin to reconnect.");
        await Expect(ben.Link("Reconnect")).ToHaveCountAsync(0);
        await ben.LookAsync("costs-reconnect-needed");
        await alma.SeesAsync("The connection to Marsh & Daughters Ltd has stopped");
        await Expect(alma.ExactLink("Reconnect")).ToBeVisibleAsync();
        await alma.LookAsync("item-waiting");

        await alma.LeaveForSageAgainAsync();
        await alma.LogInAtSageAsync();
        await alma.Button("Allow").ClickAsync();
        await alma.IsAtAsync("Choose organisation");
        await alma.LookAsync("organisations-again");
        await alma.ChooseAsync("Harbour Street Bakery");
        await alma.IsAtAsync("That is another organisation");
        await Expect(alma.Main).ToContainTextAsync("Harbour Street Bakery");
        await Expect(alma.Main).ToContainTextAsync("Marsh & Daughters Ltd");
        await alma.LookAsync("wizard-other-organisation");
        await alma.ExactLink("Try again").ClickAsync();
        await alma.Button("Connect software").ClickAsync();
        await alma.LogInAtSageAsync();
        await alma.ChooseAsync("Marsh & Daughters Ltd");
        await alma.SeesAsync("Your organisation is connected");
        await alma.Button("Finish").ClickAsync();
        // It leads there when it is done, wherever one has gone meanwhile.
        await alma.IsAtAsync("Sage Accounting settings");

        await Expect(ben.Page.GetByText("Ask an Admin to reconnect.")).ToHaveCountAsync(0);
        await alma.Menu("Costs").ClickAsync();
        await alma.Main.GetByRole(AriaRole.Link, new() { Name = "Archive" }).ClickAsync();
        await Expect(alma.Row("Northgate Stationers Ltd")).ToContainTextAsync("Published");
        await BooksHoldAsync(alma, bills: 1);
    }

    [Fact]
    public async Task Disconnected_and_connected_again_it_goes_on_where_it_was()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);
        await alma.Menu("Business settings").ClickAsync();
        await alma.ExactLink("Manage Sage Accounting").ClickAsync();
        await alma.ExactButton("Manage").ClickAsync();
        await alma.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Radio, new() { NameString = "Keep the data I have in my lists now" })).ToBeCheckedAsync();
        await alma.LookAsync("disconnect");
        await alma.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await alma.SeesAsync("Sage has withdrawn the access");
        await alma.ExactButton("Close").ClickAsync();
        await alma.SeesAsync("Sage Accounting is not connected");

        await alma.LeaveForSageAsync();
        await alma.LogInAtSageAsync();
        await alma.ChooseAsync("Marsh & Daughters Ltd");
        await alma.SeesAsync("Your organisation is connected");
        await alma.Button("Finish").ClickAsync();
        await alma.IsAtAsync("Sage Accounting settings");
        await alma.LookAsync("settings");
    }

    private async Task RemoveAccessAsync(Visitor person)
    {
        var sage = await person.NewPageAsync();
        await sage.GotoAsync(new Uri(Sage, "connections").AbsoluteUri);
        await sage.GetByRole(AriaRole.Button, new() { Name = "Remove access of DextSage for Olivia Marsh" }).ClickAsync();
        await Expect(sage.GetByText("Nobody has connected an application.")).ToBeVisibleAsync();
        await sage.CloseAsync();
    }
}
