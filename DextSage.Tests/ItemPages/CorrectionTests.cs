using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>While an item is corrected, its page says what Sage has and what it would get, and offers what can be done.</summary>
public sealed class CorrectionTests : BunitContext
{
    private readonly List<string> asked = [];

    public CorrectionTests()
    {
        Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Each_change_is_seen_from_both_sides_and_is_sent_or_discarded()
    {
        var panel = Render(new([new(ItemField.Date, null, null, "2026-11-02", "2026-11-03"), new(ItemField.Reference, null, null, "A-1", null), new(ItemField.Lines, LineField.Description, 2, "Paper", "Ink")], Refusal: null, IsForWithdrawal: false));

        Assert.Equal(["Date | 02/11/2026 | 03/11/2026", "Document reference | A-1 | nothing", "Description of line 2 | Paper | Ink"],
            panel.FindAll("tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => c.TextContent.Trim()))));
        await Button(panel, "Send correction").ClickAsync(new());
        await Button(panel, "Discard it").ClickAsync(new());
        Assert.Equal(["send", "discard"], asked);
    }

    [Fact]
    public void What_cannot_be_sent_says_why_and_offers_withdrawing_where_that_is_the_way()
    {
        Assert.True(Button(Render(new([], "Nothing is different from what was published.", IsForWithdrawal: false)), "Send correction").HasAttribute("disabled"));
        var panel = Render(new([], "There are fewer lines now.", IsForWithdrawal: true));

        Assert.Contains("Withdraw it and publish it again", panel.Find("#correction-refusal").TextContent, StringComparison.Ordinal);
        Button(panel, "Withdraw…").Click();
        Assert.Equal(["withdraw"], asked);
    }

    [Fact]
    public void Who_may_not_publish_sees_it_and_changes_nothing()
    {
        var panel = Render<CorrectionPanel>(p => p.Add(x => x.Item, ItemViews.Ready with { Status = ItemStatus.Published }).Add(x => x.Correction, new([], Refusal: null, IsForWithdrawal: false)));

        Assert.Contains("Sage still has what was published", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("button"));
    }

    private IRenderedComponent<CorrectionPanel> Render(CorrectionView correction) => Render<CorrectionPanel>(p => p
        .Add(x => x.Item, ItemViews.Ready with { Status = ItemStatus.Published, SageNumber = "PI-7", IsBeingCorrected = true }).Add(x => x.Correction, correction)
        .Add(x => x.OnSend, () => Ask("send")).Add(x => x.OnDiscard, () => Ask("discard")).Add(x => x.OnWithdraw, () => Ask("withdraw")));

    private Task Ask(string what)
    {
        asked.Add(what);
        return Task.CompletedTask;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<CorrectionPanel> panel, string words) => panel.FindAll("button").Single(b => b.TextContent.Contains(words, StringComparison.Ordinal));
}
