using DextSage.Integration.Intake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>The same papers arrive twice: seen, compared, decided; two become one, and two again.</summary>
public sealed class OnePaperTwice(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task The_same_file_twice_is_seen_compared_and_said_to_be_different_and_two_items_are_merged_and_unmerged()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);
        await AddTwiceAsync(alma);

        // The later one waits; the filter has it alone.
        await alma.Page.GotoAsync(alma.Page.Url.Split('?')[0] + "?duplicates=yes");
        await Expect(alma.Page.GetByText("Duplicate?").First).ToBeVisibleAsync();
        await alma.LookAsync("inbox-duplicates");
        await alma.Page.Locator("a.open").First.ClickAsync();
        await alma.SeesAsync("This looks like item");
        await alma.LookAsync("item-duplicate");

        await alma.ExactLink("Compare").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Heading, new() { Name = "Is this the same?" })).ToBeVisibleAsync();
        await alma.LookAsync("compare");
        await alma.ExactButton("It’s different").ClickAsync();
        await alma.SeesAsync("said that these are different");
        await alma.ExactButton("Undo").ClickAsync();
        await Expect(alma.ExactButton("It’s different")).ToBeVisibleAsync();

        await alma.ExactLink("Merge their pages").ClickAsync();
        await Expect(alma.Page.GetByRole(AriaRole.Heading, new() { Name = "Merge items" })).ToBeVisibleAsync();
        await alma.LookAsync("merge");
        await alma.ExactButton("Merge 2 items").ClickAsync();
        await alma.SeesAsync("Merged from");
        await alma.LookAsync("item-merged");
        await alma.ExactButton("Unmerge").ClickAsync();
        await alma.SeesAsync("was taken apart again");
    }

    [Fact]
    public async Task A_document_of_two_papers_is_split_put_together_again_and_deleted_for_ever()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync(withSamples: false);
        await AddTwiceAsync(alma);
        await Expect(alma.Page.Locator("a.open")).ToHaveCountAsync(2);
        var codes = await alma.Page.Locator("a.open").EvaluateAllAsync<string[]>("links => links.map(a => new URL(a.href).pathname.split('/').pop())");
        await alma.Page.GotoAsync($"{alma.Page.Url.Split('?')[0]}/merge?items={string.Join(',', codes)}");
        await alma.ExactButton("Merge 2 items").ClickAsync();
        await alma.SeesAsync("Merged from");
        var merged = alma.Page.Url;
        await alma.ExactLink("Split pages").ClickAsync();
        await alma.IsAtAsync("Split pages");
        await Expect(alma.ExactButton("Split")).ToBeDisabledAsync();
        await alma.ExactButton("Cut after page 1").ClickAsync();
        await alma.LookAsync("split");
        await alma.ExactButton("Split into 2 items").ClickAsync();
        await alma.SeesAsync("Its later pages went to");

        await alma.Main.GetByText("Its later pages went to").GetByRole(AriaRole.Link).ClickAsync();
        await alma.SeesAsync("Its pages came out of");
        await alma.HasStatusAsync("To review");
        await alma.Page.GotoAsync(merged);
        // Its first part has come: what it is put together again from is not fetched any more.
        await Expect(alma.Page.Locator(".sheet canvas")).ToBeVisibleAsync();
        await alma.ExactButton("Put together again").ClickAsync();
        await Expect(alma.ExactLink("Split pages")).ToBeVisibleAsync();

        await alma.ExactButton("More actions").ClickAsync();
        await alma.Page.Locator(".mud-popover-open").GetByText("Delete", new() { Exact = true }).ClickAsync();
        await alma.SeesAsync("In the bin");
        await alma.ExactButton("Delete for ever").ClickAsync();
        await alma.SeesAsync("This cannot be undone.");
        await alma.LookAsync("delete-for-ever");
        await alma.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete for ever" }).ClickAsync();
        await Expect(alma.Link("Bin 0")).ToBeVisibleAsync();
        await alma.Page.GotoAsync(merged);
        await alma.SeesAsync("deleted this item");
    }

    private static async Task AddTwiceAsync(Visitor alma)
    {
        var paper = SampleDocuments.Draw(new DateOnly(2026, 11, 20))[0];
        foreach (var (n, name) in new[] { paper.FileName, $"again-{paper.FileName}" }.Index())
        {
            await alma.AddAsync(new FilePayload { Name = name, MimeType = "application/pdf", Buffer = paper.Content });
            await Expect(alma.Link($"To review {n + 1}")).ToBeVisibleAsync();
        }
    }
}
