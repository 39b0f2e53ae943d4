using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Browser;

/// <summary>The process dies between two requests to Sage. Sage is a process of its own here, and lives on.</summary>
[Collection(nameof(OtherChromium))]
public sealed class Killed(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task Between_the_purchase_invoice_and_its_attachment()
    {
        await using var sandbox = await StartApartAsync();
        var alma = await ReadyToPublishAsync();
        await FaultAsync(new { kind = "slow", method = "POST", path = "/attachments", delayMs = 60_000 });

        await alma.ExactButton("Publish").ClickAsync();
        await UntilAsync(() => HasArrivedAsync("/attachments"), "the upload has reached Sage");
        await KillAsync();
        await StartAsync(AtSandbox);

        // The same open page: it finds its server again by itself.
        await alma.SeesAsync("Published to Sage as");
        await BooksHoldAsync(alma, bills: 1, filesEach: 1);
    }

    [Fact]
    public async Task While_the_answer_to_the_purchase_invoice_is_on_its_way()
    {
        await using var sandbox = await StartApartAsync();
        var alma = await ReadyToPublishAsync();
        await FaultAsync(new { kind = "answer-lost-after-commit", method = "POST", path = "/purchase_invoices" });

        await alma.ExactButton("Publish").ClickAsync();
        await UntilAsync(() => HasArrivedAsync("/purchase_invoices"), "the invoice has reached Sage");
        await KillAsync();
        await StartAsync(AtSandbox);

        await alma.SeesAsync("Published to Sage as");
        await BooksHoldAsync(alma, bills: 1, filesEach: 1);
    }

    private async Task<Visitor> ReadyToPublishAsync()
    {
        var alma = await SignInConnectedAsync();
        await alma.OpenAsync("Northgate Stationers Ltd");
        await alma.ResolveAsync();
        // A browser complains of a server that does not answer.
        foreach (var complaint in (string[])["ERR_CONNECTION_REFUSED", "WebSocket", "Connection disconnected", "Failed to", "Error: "]) alma.Expects(complaint);
        return alma;
    }

    private async Task<AppProcess> StartApartAsync()
    {
        var home = new Uri($"http://localhost:{TestApp.FreePort()}");
        Sage = new Uri(home, "/sandbox/sage/");
        UseHome(new Uri($"http://localhost:{TestApp.FreePort()}"));
        var sandbox = await AppProcess.StartAsync("sandbox", $"--DextSage:Url={home.GetLeftPart(UriPartial.Authority)}", $"--DextSage:DataFolder={Path.Combine(Folder, "sage")}",
            $"--Sandbox:RedirectUris:0={new Uri(Home, "/connect/sage/callback")}", "--Sandbox:Latency=00:00:00", "--Sandbox:LargeSuppliers=60");
        await StartAsync(AtSandbox);
        return sandbox;
    }

    private string[] AtSandbox => AppProcess.At(Sage);

    private async Task<bool> HasArrivedAsync(string path) =>
        JsonNode.Parse(await JournalAsync())!.AsArray().Any(one => (string?)one!["method"] == "POST" && (string?)one["path"] == path);
}
