using System.Globalization;
using DextSage.App.Layout;
using DextSage.Integration.Lists;
using DextSage.Tests.Journeys;
using DextSage.Tests.Sandbox;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Sage asks us to wait, in any of the ways in which a server may say it.</summary>
public sealed class Throttled
{
    private const string InFourSeconds = "in four seconds, as a date";
    private static readonly string Marsh = SandboxHost.BusinessId("Marsh & Daughters Ltd");

    // What had left, or had its turn already, when the 429 came.
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData("2", 2)]
    [InlineData("0", 1)]
    [InlineData("Sun, 22 Nov 2020 12:00:00 GMT", 1)]
    [InlineData(InFourSeconds, 4)]
    [InlineData("-5", 5)] // No valid header: as if it were absent.
    [InlineData(null, 5)]
    public async Task Nothing_is_asked_within_the_wait_the_banner_says_why_and_the_run_goes_on(string? retryAfter, int seconds)
    {
        var wire = new WireTimes();
        await using var workshop = await OpenAsync(wire);
        // A date has no fractions of a second, and counts whenever it was heard.
        DateTimeOffset? date = retryAfter == InFourSeconds ? DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 4) : null;
        await workshop.FaultAsync("/contacts", "throttle", retryAfter: date?.ToString("R", CultureInfo.InvariantCulture) ?? retryAfter);

        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        if (seconds > 1) await workshop.EventuallyAsync(r => RefreshWords.Progress(r) == "Sage asks us to slow down. It goes on by itself.");
        var ended = await workshop.EndedAsync(run);

        Assert.True(ended.Status is RefreshStatus.Completed, ended.Problem);
        Assert.Null(ended.WaitingBecause);
        var refused = Assert.Single(wire.All, r => r.Status == 429);
        var over = (date ?? refused.Answered.AddSeconds(seconds)) - TimeSpan.FromMilliseconds(50);
        Assert.DoesNotContain(wire.All, r => r.Business == Marsh && r.Left > refused.Answered + OnTheirWay && r.Left < over);
        Assert.Contains(wire.All, r => r.Business == Marsh && r.Left >= over);
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("99999999", 3600)] // At most an hour, whatever is said.
    public async Task One_business_waits_and_the_other_goes_on(string retryAfter, int seconds)
    {
        var wire = new WireTimes();
        await using var workshop = await OpenAsync(wire);
        var harbour = await workshop.AddBusinessAsync("harbour-street", "Harbour Street Bakery");
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/", kind = "throttle", retryAfter, times = 50, business = Marsh });

        await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        var waiting = (await workshop.EventuallyAsync(r => r is { WaitingBecause: RefreshWait.Throttled, WaitingUntil: not null }))!;
        Assert.Equal(TimeProvider.System.GetUtcNow().AddSeconds(seconds), waiting.WaitingUntil!.Value, TimeSpan.FromSeconds(30));
        var since = TimeProvider.System.GetUtcNow();

        Assert.Null((await workshop.ConnectAsync("Harbour Street Bakery", by: harbour)).Problem);
        var other = await workshop.EventuallyAsync(() => workshop.Get<ListRefresh>().LatestAsync(harbour), run => run is { IsLive: false });
        Assert.Equal(RefreshStatus.Completed, other!.Status);

        Assert.Equal((true, RefreshWait.Throttled), (await workshop.Get<ListRefresh>().LatestAsync(workshop.Admin)) is var still ? (still!.IsLive, still.WaitingBecause!.Value) : default);
        Assert.DoesNotContain(wire.All, r => r.Business == Marsh && r.Left > since + OnTheirWay);
    }

    private static Task<Workshop> OpenAsync(WireTimes wire) => Workshop.OpenConnectedAsync(o => (o.LargeSuppliers, o.NewGrantEndsEarlierOnes) = (450, false), services =>
    {
        Refreshes.Hasten(services, o => o.GiveUpAfter = TimeSpan.FromHours(2));
        wire.StandIn(services);
    });
}
