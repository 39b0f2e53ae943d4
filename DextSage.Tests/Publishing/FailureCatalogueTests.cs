using DextSage.App;
using DextSage.App.Help;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using Xunit;

namespace DextSage.Tests.Publishing;

public sealed class FailureCatalogueTests
{
    public static TheoryData<PublishFailureKind> Kinds => [.. Enum.GetValues<PublishFailureKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_failure_has_one_help_of_whole_sentences(PublishFailureKind kind)
    {
        var help = Assert.Single(FailureCatalogue.All, h => h.Kind == kind);

        Assert.Same(help, FailureCatalogue.Find(kind.ToString()));
        Assert.InRange(help.Name.Length, 8, 40);
        Assert.NotEmpty(help.Why);
        Assert.NotEmpty(help.Here);
        string[] all = [help.Sentence, help.Books, .. help.Why, .. help.Here, .. help.InSage];
        Assert.All(all, text => Assert.Matches("^[A-Z“0-9].{20,}[.”]$", text));
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_an_address_of_its_own_that_leads_back_to_it(PublishFailureKind kind)
    {
        var address = Urls.Help("marsh", kind);

        Assert.Matches("^/b/marsh/help/publishing/[a-z-]+$", address);
        Assert.Equal(kind, HelpWords.Find(address.Split('/')[^1])!.Kind);
        Assert.Null(HelpWords.Find("no-such-reason"));
    }

    [Fact]
    public void No_two_kinds_are_called_the_same() =>
        Assert.Equal(FailureCatalogue.All.Count, FailureCatalogue.All.Select(h => h.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
}
