using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>A payment method without a bank account is linked to one from the item that misses it.</summary>
public sealed class LinkingInPlace : Screen
{
    private readonly Guid card = Guid.CreateVersion7();

    [Fact]
    public async Task An_Admin_links_it_in_the_dialog_of_the_list()
    {
        await SettleInAsync();
        await WriteAsync(
            new PaymentMethod { Id = card, BusinessId = Business.Id, Name = "Company card", LastDigits = "4242", CreatedAt = DateTimeOffset.UnixEpoch },
            new BankAccount { BusinessId = Business.Id, SageId = "B1", Name = "Current", DisplayName = "Current (1200)" });
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();

        await Shown(Role.Admin).Find("button").ClickAsync(new());

        dialogs.WaitForAssertion(() => Assert.Equal("Link to bank account", dialogs.Find("h2").TextContent));
        Assert.Equal("4242", dialogs.Find("#method-digits").GetAttribute("value"));
    }

    [Theory]
    [InlineData(Role.Bookkeeper, false)]
    [InlineData(Role.Standard, false)]
    [InlineData(Role.Admin, true)]
    public async Task It_is_offered_to_those_who_may_do_so_on_the_list_and_not_while_the_item_is_locked(Role role, bool isOffered)
    {
        await SettleInAsync();

        Assert.Equal(isOffered, Offers(Shown(role)));
        Assert.False(Offers(Shown(role, locked: "It is in Sage.")));
    }

    private static bool Offers(IRenderedComponent<IssuesPanel> panel) => panel.FindAll("button").Any(b => b.TextContent.Trim() == "Link to bank account");

    private IRenderedComponent<IssuesPanel> Shown(Role role, string? locked = null)
    {
        var item = ItemViews.Ready with { Locked = locked, Issues = [new(ItemField.PaymentMethod, "Company card 4242 is linked to no bank account in Sage.") { UnlinkedMethodId = card }] };
        return RenderAs<IssuesPanel>(role, p => p.AddCascadingValue(new ItemEditing(item, Last: null, new FieldPlaces(), (_, _, _) => Task.FromResult(new EditOutcome(null)), () => Task.CompletedTask)));
    }
}
