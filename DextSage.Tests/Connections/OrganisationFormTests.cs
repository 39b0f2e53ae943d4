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
    private readonly List<OrganisationForm.Pick> picks = [];
    private IEnumerable<string> Chosen => picks.Select(p => p.OrganisationId);

    [Fact]
    public void Among_several_nothing_is_chosen_for_anybody()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Liffey);
        form.Find("form").Submit();

        Assert.Empty(Chosen);
        Assert.Contains("Choose an organisation first.", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_picked_is_handed_on()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Liffey);
        form.Find("input[value=l]").Change("l");
        form.Find("form").Submit();

        Assert.Equal(["l"], Chosen);
        Assert.Contains("Ireland · Standard", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_one_that_can_be_chosen_is()
    {
        var form = Form(AuthorisationIntent.Connect, null, Marsh, Lapsed);
        form.Find("form").Submit();
        Assert.Equal(["m"], Chosen);
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
        Assert.Equal(["l"], Chosen);
    }

    [Fact]
    public void A_login_that_cannot_see_the_connected_organisation_is_told_so()
    {
        var form = Form(AuthorisationIntent.Reconnect, "gone", Marsh);
        Assert.Contains("not among those of this login", form.Markup, StringComparison.Ordinal);
        form.Find("form").Submit();
        Assert.Empty(Chosen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_organisation_than_before_asks_what_becomes_of_codings(bool clear)
    {
        var form = Form(AuthorisationIntent.Change, "m", Marsh, Liffey);
        Assert.Empty(form.FindAll("input[name=codings]"));
        form.Find("input[value=l]").Change("l");
        Assert.Contains("The lists of Marsh &amp; Daughters Ltd are put away", form.Markup, StringComparison.Ordinal);
        if (clear) form.FindAll("input[name=codings]")[1].Change("on");
        form.Find("form").Submit();

        Assert.Equal([new OrganisationForm.Pick("l", clear)], picks);
    }

    [Fact]
    public void The_same_organisation_again_keeps_everything_without_asking()
    {
        var form = Form(AuthorisationIntent.Change, "m", Marsh, Liffey);
        form.Find("input[value=l]").Change("l");
        form.FindAll("input[name=codings]")[1].Change("on");
        form.Find("input[value=m]").Change("m");
        form.Find("form").Submit();

        Assert.Equal([new OrganisationForm.Pick("m", ClearCodings: false)], picks);
    }

    private IRenderedComponent<OrganisationForm> Form(AuthorisationIntent intent, string? current, params Organisation[] organisations) =>
        Render<OrganisationForm>(p => p
            .Add(f => f.Choice, new OrganisationChoice(intent, organisations, current, MayMove: intent is AuthorisationIntent.Change)).Add(f => f.Slug, "marsh").Add(f => f.OnNext, picks.Add));
}
