using Bunit;
using DextSage.App;
using DextSage.App.Layout;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using Xunit;

namespace DextSage.Tests.Layout;

public sealed class ConnectionBannerTests : Screen
{
    public static TheoryData<ReconnectReason> Reasons => [.. Enum.GetValues<ReconnectReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void It_tells_every_reason_in_its_own_words(ReconnectReason reason) =>
        Assert.Contains(reason.Sentence(), Plain(Banner(new(ConnectionStatus.ReconnectNeeded, reason, "Marsh & Daughters Ltd"), mayReconnect: true)), StringComparison.Ordinal);

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
