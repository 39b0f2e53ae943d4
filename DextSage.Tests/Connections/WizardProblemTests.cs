using Bunit;
using DextSage.App;
using DextSage.App.Connections;
using DextSage.Integration.Connections;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Connections;

public sealed class WizardProblemTests : Screen
{
    public static TheoryData<WizardProblem> All => [.. Enum.GetValues<WizardProblem>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_end_says_what_happened_and_offers_the_way_on(WizardProblem problem)
    {
        var page = View(problem, isAgain: false);

        Assert.Equal(problem.Title(), page.Find("h1").TextContent);
        Assert.Contains(problem.Sentence(), page.Find(".ds-card").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("a.mud-button-filled"));
        Assert.Contains(page.FindAll("a"), a => a.GetAttribute("href") == Urls.Connections("marsh"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_end_has_an_address_of_its_own(WizardProblem problem) =>
        Assert.Equal(problem, ProblemSegments.Parse(problem.Segment()));

    [Fact]
    public void An_address_that_names_no_problem_names_none()
    {
        Assert.Equal("too-late", WizardProblem.TooLate.Segment());
        Assert.Null(ProblemSegments.Parse("3"));
        Assert.Null(ProblemSegments.Parse("TooLate"));
    }

    [Theory]
    [InlineData(false, "/b/marsh/settings/connections/available")]
    [InlineData(true, "/b/marsh/settings/connections/sage/reconnect")]
    public void Trying_again_goes_back_to_where_it_began(bool isAgain, string address) =>
        Assert.Equal(address, View(WizardProblem.Denied, isAgain).Find("a.mud-button-filled").GetAttribute("href"));

    [Fact]
    public void What_was_already_done_is_not_tried_again() =>
        Assert.DoesNotContain("Try again", View(WizardProblem.AlreadyUsed, isAgain: true).Markup, StringComparison.Ordinal);

    [Fact]
    public void Another_organisation_is_refused_with_both_names()
    {
        var page = Render<WizardProblemView>(p => p
            .Add(v => v.Problem, WizardProblem.OtherOrganisation).Add(v => v.Slug, "marsh").Add(v => v.IsAgain, true)
            .Add(v => v.Outcome, new ChoiceOutcome(WizardProblem.OtherOrganisation, "Harbour Bakery", "Marsh & Daughters Ltd")));

        Assert.Equal(["Harbour Bakery", "Marsh & Daughters Ltd"], page.FindAll("dd").Select(d => d.TextContent.Trim()));
    }

    private IRenderedComponent<WizardProblemView> View(WizardProblem problem, bool isAgain) =>
        Render<WizardProblemView>(p => p.Add(v => v.Problem, problem).Add(v => v.Slug, "marsh").Add(v => v.IsAgain, isAgain));
}
