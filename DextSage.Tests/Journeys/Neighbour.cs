using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Journeys;

/// <summary>
/// Another process on a workshop's database and keys. It runs no jobs; told to renew, so many callers of it ask for a token other than the one it began with.
/// </summary>
internal static class Neighbour
{
    public const string Word = "neighbour";
    private const string Halting = "halting";

    /// <summary>Said by a halting one once Sage has answered. It gets no further.</summary>
    public const string HasAnswer = "has an answer";

    /// <param name="halts">Whether it stands still between Sage's answer and its own save.</param>
    public static Task<Twin> StartAsync(Workshop workshop, Guid grantId, bool halts = false) =>
        Twin.StartAsync([Word, workshop.DataFolder, workshop.Sandbox.Home.AbsoluteUri, grantId.ToString("N"), .. halts ? (string[])[Halting] : []]);

    /// <summary>Tells tokens apart without telling them.</summary>
    public static string Print(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..12];

    public static async Task<int> RunAsync(string[] args)
    {
        var (folder, home, grantId) = (args[0], new Uri(args[1]), Guid.Parse(args[2]));
        var services = new ServiceCollection().AddLogging();
        Workshop.AddOurs(services, folder, home);
        if (args is [.., Halting]) services.AddHttpClient(SageOAuth.HttpClientName).AddHttpMessageHandler(() => new Halt());
        await using var ours = services.BuildServiceProvider();
        var tokens = ours.GetRequiredService<ISageTokens>();
        var first = await tokens.GetAccessTokenAsync(grantId, CancellationToken.None);
        await Console.Out.WriteLineAsync(Twin.Ready);
        while (await Console.In.ReadLineAsync() is { } order)
        {
            var callers = int.Parse(order.Split(' ')[^1], CultureInfo.InvariantCulture);
            var renewed = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => tokens.RenewAsync(grantId, first, CancellationToken.None).AsTask())));
            await Console.Out.WriteLineAsync(string.Join(' ', renewed.Distinct(StringComparer.Ordinal).Select(Print)));
        }

        return 0;
    }

    private sealed class Halt : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await base.SendAsync(request, cancellationToken);
            await Console.Out.WriteLineAsync(HasAnswer);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            throw new InvalidOperationException("Nobody gets here.");
        }
    }
}
