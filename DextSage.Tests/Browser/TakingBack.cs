using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>A published item is put right in Sage, taken out of it, and what was done can be shown to anybody later.</summary>
public sealed class TakingBack(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_bill_is_corrected_and_withdrawn_and_the_proof_tells_both()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");
        await alma.ResolveAsync();
        await alma.PublishAsync();
        await alma.HasStatusAsync("Published");
        await alma.LookAsync("published");

        // Corrected: both sides are seen before it is sent.
        await alma.ExactButton("Correct…").ClickAsync();
        await alma.SeesAsync("Sage keeps what was published until you send the correction");
        await alma.ExactButton("Open it for correction").ClickAsync();
        await alma.HasStatusAsync("Being corrected");
        await Expect(alma.ExactButton("Send correction")).ToBeDisabledAsync();
        await alma.Field("Document reference").FillAsync("RIGHT-1");
        await alma.Page.Keyboard.PressAsync("Tab");
        await Expect(alma.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "RIGHT-1" })).ToBeVisibleAsync();
        await alma.LookAsync("correcting");
        await alma.ExactButton("Send correction").ClickAsync();
        await alma.SeesAsync("Published to Sage as RIGHT-1");
        await alma.HasStatusAsync("Published");

        // Withdrawn: what it does in Sage is listed before.
        await alma.ExactButton("Withdraw…").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The purchase invoice RIGHT-1 of 273.00 GBP is deleted in Sage.");
        await alma.LookAsync("withdraw");
        await alma.ExactButton("Withdraw from Sage").ClickAsync();
        await alma.HasStatusAsync("Ready");
        await Expect(alma.ExactButton("Publish")).ToBeEnabledAsync();

        // The proof, at an address of its own, and as a file.
        await alma.ExactLink("Publishing").ClickAsync();
        await alma.SeesAsync("3. Withdrawn from Sage, where it was RIGHT-1");
        await alma.SeesAsync("2. Corrected in Sage, where it was RIGHT-1");
        await alma.Button("Proof of: Change the purchase invoice").ClickAsync();
        await Expect(alma.Page.Locator("pre").First).ToContainTextAsync("\"reference\": \"RIGHT-1\"");
        await alma.LookAsync("proof");
        var file = await alma.Page.RunAndWaitForDownloadAsync(() => alma.Link("Download as a file").ClickAsync());
        Assert.StartsWith("publications-", file.SuggestedFilename, StringComparison.Ordinal);
        await alma.Page.ReloadAsync();
        await alma.SeesAsync("3. Withdrawn from Sage");

        await alma.ExactLink("History").ClickAsync();
        await alma.SeesAsync("Alma Marsh withdrew it from Sage, where it was RIGHT-1");
    }
}
