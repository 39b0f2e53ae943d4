using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>Whoever stands where Sage should: nothing is told to them, and it ends in a sentence.</summary>
public sealed class UntrustedWire
{
    [Theory]
    [InlineData("localhost", 30)] // By nobody that anybody trusts.
    [InlineData("localhost", -1)]
    [InlineData("api.accounting.sage.com", 30)]
    public async Task A_certificate_that_is_not_Sages_is_told_nothing_and_the_log_says_why(string name, int days)
    {
        using var stranger = new TlsServer(name, days);
        using var rig = new RealWireRig(stranger.Address);

        var failure = (await rig.WriteAsync()).Failure!;
        var renewal = (await rig.RenewAsync()).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, false), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.Equal((SageFailureKind.NoAnswer, false), (renewal.Kind, renewal.IsOutcomeUnknown));
        Assert.Equal("Sage could not be reached, or did not answer in time.", failure.Kind.Sentence);
        Assert.Equal((2, 0), (stranger.Connections, stranger.InClear));
        Assert.Empty(stranger.Told);
        Assert.Contains("certificate", rig.Logs.Troubles, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", rig.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_answers_in_clear_text_is_told_nothing()
    {
        using var proxy = new LoopbackServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var rig = new RealWireRig(new UriBuilder(proxy.Address) { Scheme = Uri.UriSchemeHttps }.Uri);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, false), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.DoesNotContain("canary", proxy.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/", proxy.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_no_doubt_about_a_write()
    {
        using var rig = new RealWireRig(new Uri("https://sage.invalid/v3.1"));

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, false), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.EndsWith(".", failure.Kind.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 52\r\nConnection: close\r\n\r\n<html><body>Sign in to the guest network</body></html")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    public async Task A_portals_page_is_not_Sages_answer(string answer)
    {
        using var portal = new LoopbackServer(answer);
        using var rig = new RealWireRig(portal.Address);

        Assert.Equal(SageFailureKind.Garbled, (await rig.ReadAsync()).Failure!.Kind);
        Assert.Equal(SageFailureKind.Garbled, (await rig.RenewAsync()).Failure!.Kind);
        Assert.Equal(2, portal.Requests);
        Assert.Contains("proxy", SageFailureKind.Garbled.Action, StringComparison.Ordinal);
    }
}
