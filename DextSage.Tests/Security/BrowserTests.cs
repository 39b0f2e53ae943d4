using System.Collections.Concurrent;
using DextSage.App.Account;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Security;

/// <summary>What only a browser can tell: whether the pages live with their own policy, and whether passkeys work.</summary>
public sealed class BrowserTests(BrowserTests.Chromium chromium) : IClassFixture<BrowserTests.Chromium>
{
    [Fact]
    public async Task Pages_run_without_breaking_the_content_security_policy()
    {
        await using var app = await TestApp.StartAsync();
        await using var context = await chromium.NewContextAsync(app);
        var page = await context.NewPageAsync();
        var violations = ListenForViolations(page);

        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alma Marsh" }).ClickAsync();
        await page.WaitForURLAsync("**/b/marsh-daughters/costs");
        await page.GotoAsync("/not-found");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await page.GotoAsync("/account/security/authenticator");
        await Assertions.Expect(page.GetByAltText("QR code of the key below")).ToBeVisibleAsync();
        await page.GotoAsync("/error");

        Assert.Empty(violations);
    }

    [Fact]
    public async Task The_policy_would_stop_a_script_that_was_slipped_in()
    {
        await using var app = await TestApp.StartAsync();
        await using var context = await chromium.NewContextAsync(app);
        var page = await context.NewPageAsync();
        var violations = ListenForViolations(page);
        await page.GotoAsync("/account/sign-in");

        await page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.slipped = true'; document.body.append(s); }");

        Assert.False(await page.EvaluateAsync<bool>("() => window.slipped === true"));
        Assert.NotEmpty(violations);
    }

    [Fact]
    public async Task A_passkey_is_added_renamed_used_to_sign_in_and_removed()
    {
        await using var app = await TestApp.StartAsync();
        await using var context = await chromium.NewContextAsync(app);
        var page = await context.NewPageAsync();
        await AddVirtualAuthenticatorAsync(context, page);
        await page.GotoAsync("/account/sign-in?returnUrl=%2Faccount%2Fsecurity");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alma Marsh" }).ClickAsync();

        await page.GetByLabel("Name of the new passkey").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Office laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is renamed.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/sign-in?returnUrl=%2Faccount%2Fsecurity");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Office laptop");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is removed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_open_page_of_a_disabled_person_turns_into_the_sign_in_page()
    {
        await using var app = await TestApp.StartWithAsync(builder => builder.Services.Configure<SessionChecks>(checks =>
        {
            checks.Circuits = TimeSpan.FromMilliseconds(200);
            checks.Cookies = TimeSpan.Zero;
        }), null);
        await using var context = await chromium.NewContextAsync(app);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in?returnUrl=%2Fnot-found");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cara Lind" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            await people.SetLockoutEndDateAsync((await people.FindByEmailAsync("cara@marsh.example"))!, DateTimeOffset.MaxValue);
        }

        await page.WaitForURLAsync("**/account/sign-in?**");
    }

    private static ConcurrentQueue<string> ListenForViolations(IPage page)
    {
        var violations = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) violations.Enqueue(message.Text);
        };
        return violations;
    }

    private static async Task AddVirtualAuthenticatorAsync(IBrowserContext context, IPage page)
    {
        var devTools = await context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true,
                ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    public sealed class Chromium : IAsyncLifetime
    {
        private const string Program = "/usr/bin/chromium";
        private IPlaywright? playwright;
        private IBrowser? browser;

        internal async Task<IBrowserContext> NewContextAsync(TestApp app)
        {
            Assert.SkipWhen(browser is null, $"No browser at {Program}");
            var context = await browser!.NewContextAsync(new() { BaseURL = app.Url.ToString() });
            context.SetDefaultTimeout(20_000);
            return context;
        }

        public async ValueTask InitializeAsync()
        {
            if (!File.Exists(Program)) return;
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Program,
                Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (browser is not null) await browser.DisposeAsync();
            playwright?.Dispose();
        }
    }
}
