using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Browser;

/// <summary>The machine's own browser, started once for half of the journeys, which walk one after another; the other half walks beside them.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class Chromium : IAsyncLifetime, ICollectionFixture<Chromium>
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A browser of somebody's own, with nothing in it yet. Skips the test where there is none on this machine.</summary>
    /// <param name="onPhone">A narrow screen that is touched.</param>
    internal async Task<IBrowserContext> OpenAsync(Uri home, bool onPhone = false)
    {
        Assert.SkipWhen(browser is null, $"There is no browser at {Program}.");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = home.AbsoluteUri,
            ViewportSize = onPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
            HasTouch = onPhone,
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        context.SetDefaultTimeout(20_000);
        return context;
    }

    internal void SkipWithoutBrowser() => Assert.SkipWhen(browser is null, $"There is no browser at {Program}.");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        Assertions.SetDefaultExpectTimeout(20_000);
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

/// <summary>The other half, with a browser of its own.</summary>
[CollectionDefinition(nameof(OtherChromium))]
public sealed class OtherChromium : ICollectionFixture<Chromium>;
