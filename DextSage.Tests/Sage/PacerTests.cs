using DextSage.Integration.Sage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>How hard we lean on Sage.</summary>
public sealed class PacerTests
{
    [Fact]
    public async Task Trouble_halves_how_many_go_at_once_and_what_goes_well_brings_them_back()
    {
        var gate = new AdaptiveGate(own: 4, most: 4);
        gate.Narrow(gate.Narrowings);
        Assert.Equal(2, gate.Width);
        // Two who entered before it met the same trouble.
        gate.Narrow(0);
        gate.Narrow(0);
        Assert.Equal(2, gate.Width);
        gate.Narrow(gate.Narrowings);
        gate.Narrow(gate.Narrowings);
        Assert.Equal(1, gate.Width);

        await gate.EnterAsync(CancellationToken.None);
        var second = gate.EnterAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);
        for (var i = 0; i < 8; i++) gate.WentWell();
        await second;
        Assert.Equal(2, gate.Width);
        for (var i = 0; i < 200; i++) gate.WentWell();
        Assert.Equal(4, gate.Width);
    }

    [Fact]
    public async Task As_long_as_all_goes_well_each_lets_another_in_beside_it_and_trouble_ends_that()
    {
        var gate = new AdaptiveGate(own: 4, most: 15);
        for (var i = 0; i < 4; i++) await gate.EnterAsync(CancellationToken.None);
        var fifth = gate.EnterAsync(CancellationToken.None);
        Assert.False(fifth.IsCompleted);
        gate.WentWell();
        await fifth;

        for (var i = 0; i < 50; i++) gate.WentWell();
        Assert.Equal(15, gate.Width);

        gate.Narrow(gate.Narrowings);
        Assert.Equal(7, gate.Width);
        gate.WentWell();
        Assert.Equal(7, gate.Width);
        for (var i = 0; i < 8 * 7; i++) gate.WentWell();
        Assert.Equal(8, gate.Width);
    }

    [Fact]
    public async Task Beyond_its_own_places_a_business_takes_only_what_the_others_leave()
    {
        var isRoom = true;
        var gate = new AdaptiveGate(own: 2, most: 15, () => isRoom);
        for (var i = 0; i < 20; i++) gate.WentWell();
        for (var i = 0; i < 5; i++) await gate.EnterAsync(CancellationToken.None);

        isRoom = false;
        var next = gate.EnterAsync(CancellationToken.None);
        for (var i = 0; i < 3; i++) gate.Leave();
        Assert.False(next.IsCompleted);

        gate.Leave();
        await next;
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_nobodys_place()
    {
        var gate = new AdaptiveGate(own: 1, most: 1);
        await gate.EnterAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var impatient = gate.EnterAsync(cancel.Token);
        var patient = gate.EnterAsync(CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        gate.Leave();

        await patient;
    }

    [Fact]
    public async Task A_look_at_a_business_itself_counts_among_what_is_asked_of_it()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(429, "", ("Retry-After", "300")));
        await rig.Client.BusinessAsync(rig.Target, SageRig.Business, TestContext.Current.CancellationToken);
        var sent = rig.Sage.Sent.Count;

        Assert.DoesNotContain("X-Business", rig.Sage.Sent[0].Headers.Keys);
        Assert.Equal(SageFailureKind.Throttled, (await rig.ReadAsync()).Failure?.Kind);
        Assert.Equal(sent, rig.Sage.Sent.Count);
    }

    [Fact]
    public void A_burst_goes_at_once_and_then_the_average_holds()
    {
        var clock = new FakeTimeProvider();
        var bucket = new RequestBucket(perSecond: 15, reserve: 30, clock);
        Assert.All(Enumerable.Range(0, 30), _ => Assert.True(bucket.TakeAsync(CancellationToken.None).IsCompleted));

        var waiting = Enumerable.Range(0, 30).Select(_ => bucket.TakeAsync(CancellationToken.None)).ToList();
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(waiting.Count(w => w.IsCompleted), 14, 15);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.All(waiting, w => Assert.True(w.IsCompleted));

        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(30, Enumerable.Range(0, 60).Count(_ => bucket.TakeAsync(CancellationToken.None).IsCompleted));
    }
}
