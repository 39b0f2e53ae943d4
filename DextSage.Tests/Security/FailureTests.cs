using Bunit;
using DextSage.App.Shared;
using DextSage.Integration.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DextSage.Tests.Security;

public sealed class FailureTests : BunitContext
{
    private readonly TestLogs logs = new();

    public FailureTests() => Services.AddLogging(logging => logging.AddProvider(logs));

    [Fact]
    public void An_unexpected_failure_shows_a_reference_that_the_log_knows_and_nothing_of_the_exception()
    {
        var page = Render<Failure>(p => p.Add(f => f.Exception, new InvalidOperationException("canary inside")));

        var reference = page.Find("code").TextContent;
        Assert.DoesNotContain("canary", page.Markup);
        Assert.Single(logs.Entries, entry => entry.Contains(reference, StringComparison.Ordinal) && entry.Contains("canary inside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_without_the_permission_learns_which_role_it_needs()
    {
        var page = Render<Failure>(p => p.Add(f => f.Exception, new AccessDeniedException(Permission.ManageConnections, isMember: true)));

        Assert.Equal("You don't have access to this", page.Find("h1").TextContent);
        Assert.Contains("the role Admin", page.Markup);
    }

    [Fact]
    public void A_stranger_does_not_learn_that_the_business_exists()
    {
        var page = Render<Failure>(p => p.Add(f => f.Exception, new AccessDeniedException(Permission.View, isMember: false)));

        Assert.Equal("There is nothing here", page.Find("h1").TextContent);
    }
}
