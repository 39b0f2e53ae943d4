using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Lists;

public sealed class RefreshPatienceTests
{
    private static readonly SageFailure Throttled = new() { Kind = SageFailureKind.Throttled, RetryAfter = TimeSpan.FromMinutes(5) };
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void An_answer_to_what_was_asked_before_the_trouble_does_not_end_the_wait()
    {
        var patience = new RefreshPatience(new RefreshOptions(), clock, waitingSince: null);
        var asked = clock.GetUtcNow();
        patience.Failed(Throttled, asked);

        Assert.False(patience.Succeeded(asked));

        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(patience.Succeeded(clock.GetUtcNow()));
        Assert.False(patience.Succeeded(clock.GetUtcNow()));
    }

    [Fact]
    public void A_run_that_is_taken_up_again_waits_no_more_once_something_comes()
    {
        var patience = new RefreshPatience(new RefreshOptions(), clock, waitingSince: clock.GetUtcNow());

        Assert.True(patience.Succeeded(clock.GetUtcNow()));
    }
}
