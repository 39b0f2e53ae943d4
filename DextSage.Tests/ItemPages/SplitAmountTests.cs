using Bunit;
using DextSage.App.Items.Merging;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>The dialog that parts an item in two says what each gets before it does so, and the item says what became of it.</summary>
public sealed class SplitAmountTests : Screen
{
    [Fact]
    public async Task Each_part_is_told_before_and_both_are_put_together_again()
    {
        await SettleInAsync();
        await WriteAsync(new Item
        {
            BusinessId = Business.Id, Code = "WHOLE00000", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
            Currency = "GBP", Total = 120, Tax = 20,
        });
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        var shown = await ReadAsync();
        await provider.InvokeAsync(() => { _ = SplitAmountDialog.ShowAsync(Services.GetRequiredService<IDialogService>(), MemberAs(Role.Admin), shown); });
        var split = () => provider.FindAll("button").First(b => b.TextContent.Contains("Split into two items", StringComparison.Ordinal));
        provider.WaitForAssertion(() => Assert.True(split().HasAttribute("disabled")));

        provider.Find("#split-amount").Input("120");
        Assert.Contains("less than 120.00", provider.Markup, StringComparison.Ordinal);
        provider.Find("#split-amount").Input("40");
        Assert.Contains("£80.00 (tax £13.33) stays here, £40.00 (tax £6.67) goes to the new item.", provider.Markup, StringComparison.Ordinal);
        await split().ClickAsync(new());

        provider.WaitForAssertion(() => Assert.DoesNotContain("stays here", provider.Markup, StringComparison.Ordinal));
        var rest = await ReadAsync();
        Assert.Equal((80m, 13.33m), (rest.Total, rest.Tax));

        var notice = RenderAs<AmountNotice>(Role.Admin, p => p.Add(n => n.Item, rest));
        notice.WaitForAssertion(() => Assert.Contains("was split off into", notice.Markup, StringComparison.Ordinal));
        await notice.Find("button").ClickAsync(new());
        notice.WaitForAssertion(() => Assert.DoesNotContain("was split off into", notice.Markup, StringComparison.Ordinal));
        Assert.Equal((120m, 20m), (await ReadAsync()) is var whole ? (whole.Total, whole.Tax) : default);
    }

    private async Task<ItemView> ReadAsync() => (await Services.GetRequiredService<ItemDetails>().FindAsync(MemberAs(Role.Admin).Caller, "WHOLE00000"))!;
}
