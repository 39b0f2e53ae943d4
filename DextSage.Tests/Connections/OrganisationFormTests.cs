using Bunit;
using DextSage.App.Connections;
using DextSage.Integration.Connections;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Connections;

public sealed class OrganisationFormTests : Screen
{
    private static readonly Organisation Marsh = new("m", "Marsh & Daughters Ltd", "GB", "Plus", Problem: null);
    private static readonly Organisation Liffey = new("l", "Liffey Design", "IE", "Standard", Problem: null);
    private static readonly Organisation Lapsed = new("x", "Old Mill", "GB", Plan: null, "Its subscription is not active.");
    private readonly List<string> chosen = [];

    [Fact]
    public void Among_several_nothing_is_chosen_for_anybody()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Liffey);
        form.Find("form").Submit();

        Assert.Empty(chosen);
        Assert.Contains("Choose an organisation first.", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_picked_is_handed_on()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Liffey);
        form.Find("input[value=l]").Change("l");
        form.Find("form").Submit();

        Assert.Equal(["l"], chosen);
        Assert.Contains("Ireland · Standard", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_one_that_can_be_chosen_is()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Lapsed);
        form.Find("form").Submit();
        Assert.Equal(["m"], chosen);
    }

    [Fact]
    public void One_that_cannot_be_chosen_says_why()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Liffey, Lapsed);
        Assert.True(form.Find("input[value=x]").HasAttribute("disabled"));
        Assert.Contains("Its subscription is not active.", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reconnect_comes_back_to_the_same_organisation()
    {
        var form = Form(AuthorisationIntent.Reconnect, "l", Marsh, Liffey);
        form.Find("form").Submit();
        Assert.Equal(["l"], chosen);
    }

    [Fact]
    public void A_login_that_cannot_see_the_connected_organisation_is_told_so()
    {
        var form = Form(AuthorisationIntent.Reconnect, "gone", Marsh);
        Assert.Contains("not among those of this login", form.Markup, StringComparison.Ordinal);
        form.Find("form").Submit();
        Assert.Empty(chosen);
    }

    private IRenderedComponent<OrganisationForm> Form(AuthorisationIntent intent, string? current, params Organisation[] organisations) =>
        Render<OrganisationForm>(p => p
            .Add(f => f.Choice, new OrganisationChoice(intent, organisations, current)).Add(f => f.Slug, "marsh").Add(f => f.OnNext, chosen.Add));
}
