using System.Globalization;
using DextSage.Tests.Browser;

namespace DextSage.Tests.Benches;

/// <summary><see cref="SwiftSage"/>, from outside.</summary>
internal sealed class SwiftSageProcess : IDisposable
{
    private readonly Twin twin;

    private SwiftSageProcess(Twin twin, Uri home) => (this.twin, Home) = (twin, home);

    public Uri Home { get; }

    public static async Task<SwiftSageProcess> StartAsync(int businesses)
    {
        var port = TestApp.FreePort();
        return new(await Twin.StartAsync(["bench", SwiftSage.Word, port.ToString(CultureInfo.InvariantCulture), businesses.ToString(CultureInfo.InvariantCulture)]), new Uri($"http://localhost:{port}/"));
    }

    /// <summary>The numbers it answers with.</summary>
    public async Task<double[]> AskAsync(string order)
    {
        var answer = await twin.AskAsync(order);
        return answer.StartsWith(Orders.Failed, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{order}: {answer}")
            : [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    }

    public void Dispose() => twin.Dispose();
}
