using Bunit;
using DextSage.App;
using DextSage.App.Layout;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Layout;

public sealed class ConnectionBannerTests : Screen
{
    public static TheoryData<ReconnectReason> Reasons => [.. Enum.GetValues<ReconnectReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void It_tells_every_reason_in_its_own_words(ReconnectReason reason) =>
        Assert.Contains(reason.Sentence(), Plain(Banner(new(ConnectionStatus.ReconnectNeeded, reason, "Marsh & Daughters Ltd"), mayReconnect: true)), StringComparison.Ordinal);

    [Fact]
    public void Rights_that_are_too_small_name_whose_they_are() =>
        Assert.Contains("that Alma Marsh connected with", Plain(Banner(new(ConnectionStatus.ReconnectNeeded, ReconnectReason.RightsRemoved, "Marsh", AuthorisedBy: "Alma Marsh"), mayReconnect: true)), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lapsed_subscription_is_looked_at_again_and_not_signed_in_to(bool mayReconnect)
    {
        var asked = 0;
        var banner = Render<ConnectionBannerView>(p => p.Add(b => b.Notice, new(ConnectionStatus.ReconnectNeeded, ReconnectReason.SubscriptionLapsed, "Marsh"))
            .Add(b => b.MayReconnect, mayReconnect).Add(b => b.Slug, "marsh").Add(b => b.OnCheck, () => asked++));

        Assert.Empty(banner.FindAll("a"));
        Assert.Equal(mayReconnect ? 1 : 0, banner.FindAll("button").Count);
        if (!mayReconnect) return;
        await banner.InvokeAsync(() => banner.Find("button").ClickAsync(new()));
        Assert.Equal(1, asked);
        Assert.Equal("Asking Sage…", banner.Find("button").TextContent.Trim());
        banner.Render(p => p.Add(b => b.Notice, new(ConnectionStatus.ReconnectNeeded, ReconnectReason.SubscriptionLapsed, "Marsh", CheckedAt: DateTimeOffset.UnixEpoch)));
        Assert.Equal("Check again", banner.Find("button").TextContent.Trim());
    }

    [Fact]
    public void A_Sage_that_is_away_is_a_note_with_since_and_no_button()
    {
        var banner = Banner(new(ConnectionStatus.Connected, null, "Marsh", Trouble: SageFailureKind.Busy, TroubleSince: new DateTimeOffset(2026, 11, 22, 14, 5, 0, TimeSpan.Zero)), mayReconnect: true);

        Assert.Contains(SageFailureKind.Busy.Sentence, Plain(banner), StringComparison.Ordinal);
        Assert.Contains("22 Nov 2026, 14:05", Plain(banner), StringComparison.Ordinal);
        Assert.Empty(banner.FindAll("a, button"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sign_in_that_is_about_to_end_says_when(bool mayReconnect)
    {
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(5);
        var banner = Banner(new(ConnectionStatus.Connected, null, "Marsh", SignInEndsAt: end), mayReconnect);

        Assert.Contains("The Sage sign-in ends in 5 days", Plain(banner), StringComparison.Ordinal);
        Assert.Equal(mayReconnect, banner.FindAll($"a[href='{Urls.SageReconnect("marsh")}']").Count == 1);
        Assert.Equal(!mayReconnect, Plain(banner).Contains("Ask an Admin to reconnect.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConnectionStatus.NotConnected)]
    [InlineData(ConnectionStatus.Connected)]
    [InlineData(ConnectionStatus.Disconnected)]
    public void It_is_silent_at_any_other_time(ConnectionStatus status) =>
        Assert.Empty(Banner(new(status, Reason: null, OrganisationName: null), mayReconnect: true).Markup.Trim());

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Bookkeeper, false)]
    [InlineData(Role.Standard, false)]
    public async Task Admins_may_reconnect_and_others_are_sent_to_them(Role role, bool mayReconnect)
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved);

        var banner = RenderAs<ConnectionBanner>(role);

        Assert.Contains("The connection to Marsh & Daughters Ltd has stopped", banner.Find("strong").TextContent, StringComparison.Ordinal);
        Assert.Equal(mayReconnect, banner.FindAll($"a[href='{Urls.SageReconnect("marsh")}']").Count == 1);
        Assert.Equal(!mayReconnect, banner.Markup.Contains("Ask an Admin", StringComparison.Ordinal));
    }

    private IRenderedComponent<ConnectionBannerView> Banner(ConnectionNotice notice, bool mayReconnect) =>
        Render<ConnectionBannerView>(p => p.Add(b => b.Notice, notice).Add(b => b.MayReconnect, mayReconnect).Add(b => b.Slug, "marsh"));

    private static string Plain(IRenderedComponent<ConnectionBannerView> banner) => banner.Find(".ds-banner").TextContent;
}
