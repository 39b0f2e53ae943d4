using DextSage.Integration.Intake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>What a role may not do is not there, and its address refuses.</summary>
[Collection(nameof(OtherChromium))]
public sealed class Roles(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_bookkeeper_meets_no_Connect_and_a_standard_user_only_own_items()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await alma.AddSamplesAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");

        var ben = await SignInAsync("Ben Okafor");
        await Expect(ben.Row("Northgate Stationers Ltd")).ToBeVisibleAsync();
        await ben.SeesAsync("Ask an Admin of the business to connect it.");
        await ben.Menu("Business settings").ClickAsync();
        await ben.IsAtAsync("Lists");
        await Expect(ben.Menu("Connections")).ToHaveCountAsync(0);
        await ben.Page.GotoAsync("/b/marsh-daughters/settings/connections/available");
        await ben.IsAtAsync("You don't have access to this");
        await ben.SeesAsync("This needs the role Admin.");
        await ben.LookAsync("no-access");
        ben.Expects("status of 403");
        await ben.Page.GotoAsync("/b/marsh-daughters/connect/sage/connect");
        await ben.IsAtAsync("Connecting is for Admins");

        var cara = await SignInAsync("Cara Lind");
        await cara.SeesAsync("No costs yet");
        var own = SampleDocuments.Draw(new DateOnly(2026, 3, 9)).First(s => s.FileName.StartsWith("pelican", StringComparison.Ordinal));
        await cara.AddAsync(new FilePayload { Name = own.FileName, MimeType = "application/pdf", Buffer = own.Content });
        await cara.OpenAsync("Pelican Couriers Ltd");
        await cara.SeesAsync("Your role does not include publishing. Ask an Admin for the permission.");
        await Expect(cara.ExactButton("Publish")).ToHaveCountAsync(0);
        await Expect(cara.Link("Business settings")).ToHaveCountAsync(0);
        await cara.LookAsync("item-standard");
        await cara.Page.GotoAsync(alma.Page.Url);
        await cara.IsAtAsync("There is nothing here");
        await cara.LookAsync("nothing-here");
        var document = await alma.Link("Download").GetAttributeAsync("href");
        Assert.Equal(200, (await alma.Page.APIRequest.GetAsync(document!)).Status);
        Assert.Equal(404, (await cara.Page.APIRequest.GetAsync(document!)).Status);
    }
}
