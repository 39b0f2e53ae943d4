using System.Text;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>Somebody who brings a Dext export, up to its preview.</summary>
internal static class Exporter
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<Guid> BringAsync(Quarter quarter, string csv, params (string Name, byte[] Content)[] files) =>
        BringAsync(quarter, [("dext.csv", Encoding.UTF8.GetBytes(csv)), .. files]);

    public static async Task<Guid> BringAsync(Quarter quarter, (string Name, byte[] Content)[] files)
    {
        var (id, refusal) = await TryAsync(quarter, files);
        Assert.Null(refusal);
        return id;
    }

    /// <returns>And why there is nothing to import.</returns>
    public static async Task<(Guid Id, string? Refusal)> TryAsync(Quarter quarter, params (string Name, byte[] Content)[] files)
    {
        var (desk, alma) = (quarter.Get<ImportDesk>(), quarter.Town.Claim(Who.Admin));
        var id = (await desk.BeginAsync(alma, Workspace.Costs, Cancellation)).Id!.Value;
        foreach (var (name, content) in files) Assert.True(await desk.KeepAsync(alma, id, name, new MemoryStream(content), Cancellation));
        return (id, await desk.ArrivedAsync(alma, id, Cancellation));
    }

    public static async Task<ImportPreview> PreviewAsync(Quarter quarter, Guid id) => (await quarter.Get<ImportPages>().PreviewAsync(quarter.Town.Claim(Who.Admin), id, Cancellation))!;

    /// <summary>Starts it, and works at it once.</summary>
    /// <returns>When to go on.</returns>
    public static async Task<DateTimeOffset?> ImportAsync(Quarter quarter, Guid id)
    {
        Assert.Null(await quarter.Get<ImportDesk>().StartAsync(quarter.Town.Claim(Who.Admin), id, Cancellation));
        return await quarter.Get<ImportWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);
    }

    public static async Task<ImportView> FindAsync(Quarter quarter, Guid id) => (await quarter.Get<ImportPages>().FindAsync(quarter.Town.Claim(Who.Admin), id, Cancellation))!;
}
