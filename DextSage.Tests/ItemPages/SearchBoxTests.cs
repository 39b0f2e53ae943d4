using Bunit;
using DextSage.App.Items.Inboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class SearchBoxTests : BunitContext
{
    private readonly FakeTimeProvider time = new();
    private readonly List<string> looked = [];

    public SearchBoxTests() => Services.AddSingleton<TimeProvider>(time);

    [Fact]
    public async Task What_is_typed_is_looked_for_once_the_typing_rests()
    {
        var box = Shown(value: null);

        foreach (var text in (string[])["h", "ha", "hal"])
        {
            box.Find("input").Input(text);
            time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Empty(looked);
        time.Advance(TimeSpan.FromMilliseconds(200));
        await box.InvokeAsync(() => { });
        Assert.Equal(["hal"], looked);
    }

    [Fact]
    public void Another_search_takes_the_place_of_what_was_typed_but_its_own_answer_does_not()
    {
        var box = Shown("paper");
        Assert.Equal("paper", box.Find("input").GetAttribute("value"));

        box.Find("input").Input("paint ");
        box.Render(p => p.Add(b => b.Value, "paint"));
        Assert.Equal("paint ", box.Find("input").GetAttribute("value"));

        box.Render(p => p.Add(b => b.Value, (string?)null));
        Assert.Equal("", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void Clear_is_offered_where_something_is_typed_and_counts_at_once()
    {
        var box = Shown("paper");

        box.Find("button[aria-label=Clear]").Click();

        Assert.Equal([""], looked);
        Assert.Empty(box.FindAll("button"));
    }

    private IRenderedComponent<SearchBox> Shown(string? value) =>
        Render<SearchBox>(p => p.Add(b => b.Label, "Search costs").Add(b => b.Value, value).Add(b => b.OnSearch, looked.Add));
}
