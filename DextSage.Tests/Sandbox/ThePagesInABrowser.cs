using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>The dance and the ledger in a real browser: usable by keyboard and reader, on a phone, in light and dark.</summary>
public sealed class ThePagesInABrowser
{
    private const string Chromium = "/usr/bin/chromium";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_is_clean_for_axe_and_fits_the_screen(int width, ColorScheme scheme)
    {
        Assert.SkipUnless(File.Exists(Chromium), "There is no Chromium on this machine.");
        await using var sandbox = await SandboxHost.StartAsync(options =>
        {
            options.RedirectUris.Clear();
            options.RedirectUris.Add("http://localhost:9/callback");
        });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });

        var request = $"oauth2/auth/central?response_type=code&scope=full_access&state=s&client_id={Uri.EscapeDataString(sandbox.Options.ClientId)}&redirect_uri=http%3A%2F%2Flocalhost%3A9%2Fcallback";
        await page.GotoAsync(new Uri(sandbox.Home, request).AbsoluteUri);
        await CheckAsync(page, "login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Olivia Marsh" }).ClickAsync();
        await CheckAsync(page, "region");
        await page.GetByRole(AriaRole.Link, new() { Name = "United Kingdom" }).ClickAsync();
        await CheckAsync(page, "consent");
        await page.RouteAsync("http://localhost:9/**", arrival => arrival.FulfillAsync(new() { Body = "Arrived" }));
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.GetByText("Arrived").WaitForAsync();
        Assert.StartsWith("http://localhost:9/callback?code=GB%2F", page.Url, StringComparison.Ordinal);

        using var api = sandbox.Api((await ExchangeAsync(sandbox, page.Url)).Access);
        var bill = await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)bill["id"]!, [1, 2, 3]));
        var sale = await api.CreateAsync("sales_invoices", "Amelia Hughes");
        await api.CreateAsync("purchase_quick_entries", "Pelican Couriers Ltd");
        var credit = await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd");
        var payment = await api.PayAsync("VENDOR_PAYMENT", 70, (bill, 70));
        await api.AllocateAsync("VENDOR_ALLOCATION", (credit, 50), (bill, -50));
        await api.PayAsync("CUSTOMER_RECEIPT", 120, (sale, 120));
        var expense = await api.CreateAsync("other_payments", Till.WrapExpense(await api.ExpenseAsync()));
        await api.CreateAsync("attachments", TheAttachments.Attachment((string)expense["id"]!, [1, 2, 3], context: "OTHER_PAYMENT"));
        var current = await api.IdAsync("bank_accounts", Till.Current);
        var marsh = "ledger/" + SandboxHost.BusinessId("Marsh & Daughters Ltd");
        foreach (var address in (string[])["", marsh, $"{marsh}{bill["$path"]}", $"{marsh}{sale["$path"]}", $"{marsh}{payment["$path"]}", $"{marsh}{expense["$path"]}", $"{marsh}/bank_accounts/{current}", "connections", request])
        {
            await page.GotoAsync(new Uri(sandbox.Home, address).AbsoluteUri);
            await CheckAsync(page, address);
        }
        await page.GotoAsync(new Uri(sandbox.Home, "connections").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove access" }).ClickAsync();
        await page.GetByText("Nobody has connected an application.").WaitForAsync();
    }

    private static async Task CheckAsync(IPage page, string name)
    {
        var violations = (await page.RunAxe()).Violations;
        Assert.True(violations.Length == 0, $"{name}: {string.Join("; ", violations.Select(one => $"{one.Id} {one.Nodes[0].Html}"))}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} is wider than the screen.");
        if (Environment.GetEnvironmentVariable("SANDBOX_SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{page.ViewportSize!.Width}-{string.Concat(name.Split('?')[0].Replace(SandboxHost.BusinessId("Marsh & Daughters Ltd"), "", StringComparison.Ordinal).Where(char.IsAsciiLetter).Take(40))}.png"), FullPage = true });
    }

    private static async Task<Tokens> ExchangeAsync(SandboxHost sandbox, string callback)
    {
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(callback).Query)["code"].ToString();
        return await Tokens.OfAsync(await sandbox.TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "http://localhost:9/callback")));
    }
}
