using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DextSage.Tests.Browser;

/// <summary>A person at a browser: finds things by role and label, and hears every complaint of the browser's console.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly List<string> expected = [];

    private Visitor(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of the console, of scripts and of the content security policy that the test did not announce.</summary>
    public IEnumerable<string> Complaints => complaints.Where(c => !expected.Exists(e => c.Contains(e, StringComparison.Ordinal)));

    public static async Task<Visitor> ComeAsync(IBrowserContext context)
    {
        var visitor = new Visitor(context, await context.NewPageAsync());
        context.Console += (_, message) =>
        {
            if (message.Type is "error") visitor.complaints.Enqueue($"{message.Text} ({message.Location}, on {message.Page?.Url})");
        };
        context.WebError += (_, error) => visitor.complaints.Enqueue($"{error.Error} (on {error.Page?.Url})");
        return visitor;
    }

    /// <summary>The browser will complain of this, and rightly so: a page that answers 404 on purpose, a server that is gone.</summary>
    public void Expects(string complaint) => expected.Add(complaint);

    public Task<IPage> NewPageAsync() => context.NewPageAsync();

    /// <summary>The browser loses what it keeps for a site.</summary>
    public Task ForgetCookieAsync(string name) => context.ClearCookiesAsync(new() { Name = name });

    public ILocator Main => Page.GetByRole(AriaRole.Main);
    /// <summary>A destination in the sidebar.</summary>
    public ILocator Menu(string name) => Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { NameString = name });

    public ILocator Alert => Page.GetByRole(AriaRole.Alert);
    public ILocator RefreshBanner => Page.GetByRole(AriaRole.Region, new() { Name = "Refresh of lists" });
    public ILocator Issues => Page.GetByRole(AriaRole.Region, new() { Name = "Please resolve these issues" });
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { NameString = name });
    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { NameString = name });
    public ILocator ExactButton(string name) => Page.GetByRole(AriaRole.Button, new() { NameString = name, Exact = true });
    public ILocator ExactLink(string name) => Page.GetByRole(AriaRole.Link, new() { NameString = name, Exact = true });
    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    /// <summary>A row of the inbox by its supplier.</summary>
    public ILocator Row(string supplier) => Page.GetByRole(AriaRole.Row).Filter(new() { Has = Link(supplier) });

    /// <summary>The page's one heading of the first order.</summary>
    public Task IsAtAsync(string title) => Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { NameString = title, Level = 1 })).ToBeVisibleAsync();

    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    public Task HasStatusAsync(string status) => Assertions.Expect(Main.Locator("header").GetByText(status, new() { Exact = true })).ToBeVisibleAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
