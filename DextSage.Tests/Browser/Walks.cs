using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>The ways that journeys share, word for word as the product's own article describes them.</summary>
internal static class Walks
{
    /// <summary>Business settings → Connections → Connect → Sage Accounting's Connect → the dialog's Connect software. Ends at Sage's door.</summary>
    public static async Task LeaveForSageAsync(this Visitor admin)
    {
        await admin.Menu("Business settings").ClickAsync();
        await admin.Menu("Connections").ClickAsync();
        await admin.IsAtAsync("Connections");
        await admin.ExactLink("Connect").ClickAsync();
        await admin.IsAtAsync("Available accounting software");
        await admin.Button("Connect Sage Accounting").ClickAsync();
        await admin.Button("Connect software").ClickAsync();
        await admin.IsAtAsync("Sign in");
    }

    /// <summary>The reconnect of the article: … → Connect → Manage next to Sage Accounting → Reconnect → Connect software.</summary>
    public static async Task LeaveForSageAgainAsync(this Visitor admin)
    {
        await admin.Menu("Business settings").ClickAsync();
        await admin.Menu("Connections").ClickAsync();
        await admin.ExactLink("Connect").ClickAsync();
        await admin.ExactLink("Manage Sage Accounting").ClickAsync();
        await admin.IsAtAsync("Sage Accounting");
        await admin.Main.GetByRole(AriaRole.Link, new() { Name = "Reconnect" }).ClickAsync();
        await admin.IsAtAsync("Reconnect Sage Accounting");
        await admin.Button("Connect software").ClickAsync();
        await admin.IsAtAsync("Sign in");
    }

    /// <summary>Sage's login, in a browser that it may know already, and the country.</summary>
    public static async Task LogInAtSageAsync(this Visitor admin)
    {
        await admin.Button("Olivia").First.ClickAsync();
        await admin.ExactLink("United Kingdom").ClickAsync();
    }

    public static async Task ConnectAsync(this Visitor admin, string organisation)
    {
        await admin.LeaveForSageAsync();
        await admin.LogInAtSageAsync();
        await admin.Button("Allow").ClickAsync();
        await admin.ChooseAsync(organisation);
        await admin.IsAtAsync($"{organisation} is connected");
        await admin.Button("Finish").ClickAsync();
        await admin.IsAtAsync("Sage Accounting");
    }

    public static async Task ChooseAsync(this Visitor admin, string organisation)
    {
        await admin.IsAtAsync("Choose organisation");
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameString = organisation }).CheckAsync();
        await admin.Button("Next").ClickAsync();
    }

    /// <summary>An empty Costs offers them; returns when each has been read.</summary>
    public static async Task AddSamplesAsync(this Visitor person)
    {
        await person.IsAtAsync("Costs");
        await person.Button("Try sample documents").ClickAsync();
        await person.SeesAsync("5 items added");
        await Expect(person.Link("Northgate Stationers Ltd")).ToBeVisibleAsync();
        await Expect(person.Link("Castle Street Coffee Roasters Ltd")).ToBeVisibleAsync();
        await Expect(person.Page.GetByText("being read")).ToHaveCountAsync(0);
    }

    public static async Task OpenAsync(this Visitor person, string supplier)
    {
        await person.Main.GetByRole(AriaRole.Link, new() { NameString = supplier, Exact = true }).ClickAsync();
        await person.IsAtAsync(supplier);
    }

    /// <summary>Types into a picker and takes the first entry that the list gives.</summary>
    public static async Task PickAsync(this Visitor person, string field, string typed, string entry)
    {
        var input = person.Field(field);
        await input.FillAsync(typed);
        await person.Page.GetByRole(AriaRole.Option).Or(person.Page.Locator(".mud-list-item")).Filter(new() { HasText = entry }).First.ClickAsync();
        await Expect(input).ToHaveValueAsync(new Regex("^" + Regex.Escape(entry), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Resolves what the panel names, until the item is Ready.</summary>
    public static async Task ResolveAsync(this Visitor person, string category = "Office costs")
    {
        await person.Issues.GetByRole(AriaRole.Button, new() { Name = "Go to category" }).ClickAsync();
        await Expect(person.Field("Category")).ToBeFocusedAsync();
        await person.PickAsync("Category", category, category);
        await person.HasStatusAsync("Ready");
    }

    public static async Task PublishAsync(this Visitor person)
    {
        await person.ExactButton("Publish").ClickAsync();
        await person.SeesAsync("Published to Sage as");
    }

    /// <summary>By the page's button, as soon as it is there.</summary>
    public static Task AddAsync(this Visitor person, params FilePayload[] files) => person.ChooseAsync(person.ExactButton("Add documents").First, files);

    /// <summary>Through the browser's own picker, which a button opens.</summary>
    public static async Task ChooseAsync(this Visitor person, ILocator button, params FilePayload[] files)
    {
        var chooser = await person.Page.RunAndWaitForFileChooserAsync(() => button.ClickAsync());
        await chooser.SetFilesAsync(files);
    }

    public static Task PressAsync(this Visitor person, string key) => person.Page.Keyboard.PressAsync(key);

    /// <summary>Presses until the focus is there, as a person would, and never touches anything else.</summary>
    public static async Task TabToAsync(this Visitor person, ILocator target, string key = "Tab")
    {
        await target.WaitForAsync();
        for (var presses = 0; presses < 120; presses++)
        {
            if (await target.EvaluateAsync<bool>("one => one === document.activeElement")) return;
            await person.PressAsync(key);
        }
        Assert.Fail($"{key} never came to {target}.");
    }

    /// <summary>Goes to a picker, types, and takes the first entry that the list gives.</summary>
    public static async Task PickByKeysAsync(this Visitor person, string field, string typed)
    {
        var input = person.Field(field);
        await person.TabToAsync(input);
        await person.Page.Keyboard.TypeAsync(typed);
        var entries = person.Page.Locator(".mud-popover-open .mud-list-item");
        await Expect(entries.First).ToContainTextAsync(typed);
        // The list as it was before the last letter has others too.
        await Expect(entries.Filter(new() { HasNotText = typed })).ToHaveCountAsync(0);
        await person.PressAsync("ArrowDown");
        await person.PressAsync("Enter");
        await Expect(entries).ToHaveCountAsync(0);
        await Expect(input).ToHaveValueAsync(new Regex(Regex.Escape(typed), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
