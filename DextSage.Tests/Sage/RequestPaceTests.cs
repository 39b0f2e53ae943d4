using DextSage.Integration.Sage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>A rate that Sage tells nobody is found by what it refuses.</summary>
public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly RequestPace pace;

    public RequestPaceTests() => pace = new(clock);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(20, 2)]
    [InlineData(20, 10)]
    [InlineData(20, 40)]
    [InlineData(100, 50)]
    public async Task Nine_tenths_of_an_unknown_rate_are_used_and_two_in_a_hundred_are_refused_at_most(int perSecond, int reserve)
    {
        var sage = new Strict(perSecond, reserve, clock);

        await SendAsync(sage, TimeSpan.FromMinutes(5));

        Assert.InRange(sage.Served / ((300d * perSecond) + reserve), 0.9, 1);
        Assert.InRange(sage.Refused / (double)(sage.Served + sage.Refused), 0, 0.02);
    }

    [Fact]
    public async Task A_rate_that_rises_is_followed()
    {
        await SendAsync(new Strict(10, 5, clock), TimeSpan.FromMinutes(2));
        var later = new Strict(60, 5, clock);

        await SendAsync(later, TimeSpan.FromMinutes(10));

        Assert.InRange(later.Served / (600d * 60), 0.8, 1.01);
    }

    [Fact]
    public async Task A_rate_that_falls_is_followed()
    {
        await SendAsync(new Strict(60, 5, clock), TimeSpan.FromMinutes(2));
        var later = new Strict(10, 5, clock);

        await SendAsync(later, TimeSpan.FromMinutes(5));

        Assert.InRange(later.Served / (300d * 10), 0.85, 1.01);
        Assert.InRange(later.Refused / (double)(later.Served + later.Refused), 0, 0.02);
    }

    [Fact]
    public void Nothing_is_concluded_from_a_refusal_of_the_few_that_were_sent()
    {
        pace.Served();
        pace.Refused(TimeSpan.FromSeconds(5));

        Assert.Null(pace.PerSecond);
    }

    [Fact]
    public async Task Those_that_had_left_with_a_refused_one_say_nothing_new()
    {
        await SendAsync(new Strict(20, 10, clock), TimeSpan.FromMinutes(1));
        pace.Refused(TimeSpan.FromSeconds(1));
        var once = pace.PerSecond;
        pace.Refused(TimeSpan.FromSeconds(1));

        Assert.Equal(once, pace.PerSecond);
    }

    /// <summary>As fast as the pace allows, and never within a wait.</summary>
    private async Task SendAsync(Strict sage, TimeSpan time)
    {
        var until = clock.GetUtcNow() + time;
        while (clock.GetUtcNow() < until)
        {
            var turn = pace.TakeAsync(CancellationToken.None);
            while (!turn.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(1));
            await turn;
            if (sage.Takes())
            {
                pace.Served();
            }
            else
            {
                pace.Refused(TimeSpan.FromSeconds(1));
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            clock.Advance(TimeSpan.FromMilliseconds(2));
        }
    }

    /// <summary>Takes so many a second, and so many at once after a quiet time.</summary>
    private sealed class Strict(int perSecond, int reserve, FakeTimeProvider clock)
    {
        private double left = reserve;
        private DateTimeOffset counted = clock.GetUtcNow();

        public int Served { get; private set; }
        public int Refused { get; private set; }

        public bool Takes()
        {
            left = Math.Min(reserve, left + ((clock.GetUtcNow() - counted).TotalSeconds * perSecond));
            counted = clock.GetUtcNow();
            if (left < 1)
            {
                Refused++;
                return false;
            }

            left--;
            Served++;
            return true;
        }
    }
}
