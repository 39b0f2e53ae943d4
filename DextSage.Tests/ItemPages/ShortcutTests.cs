using DextSage.App.Shared;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class ShortcutTests
{
    // What browsers do with a key alone, or with Ctrl and it, on the systems that people have.
    private static readonly string[] Browsers =
    [
        "Ctrl+a", "Ctrl+c", "Ctrl+d", "Ctrl+e", "Ctrl+f", "Ctrl+g", "Ctrl+h", "Ctrl+j", "Ctrl+k", "Ctrl+l", "Ctrl+n", "Ctrl+o", "Ctrl+p", "Ctrl+r", "Ctrl+s", "Ctrl+t", "Ctrl+u",
        "Ctrl+v", "Ctrl+w", "Ctrl+x", "Ctrl+y", "Ctrl+z", " ", "Tab", "Home", "End", "PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "F1", "F3", "F5", "F6", "F7", "F11", "F12",
    ];

    [Fact]
    public void None_of_the_browsers_own_keys_is_taken() => Assert.Empty(Shortcuts.All.Select(s => s.Keys).Intersect(Browsers, StringComparer.OrdinalIgnoreCase));

    [Theory]
    [InlineData(ShortcutPlace.Inbox)]
    [InlineData(ShortcutPlace.Item)]
    public void On_a_page_each_key_does_one_thing_and_none_begins_another(ShortcutPlace place)
    {
        var keys = Shortcuts.On(place).Select(s => s.Keys).ToList();
        Assert.Equal(keys.Distinct(StringComparer.Ordinal), keys);
        Assert.All(keys, one => Assert.DoesNotContain(keys, other => other.StartsWith(one + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_action_has_its_keys_and_its_words()
    {
        Assert.Equal(Enum.GetValues<ShortcutAction>().Order(), Shortcuts.All.Select(s => s.Action).Distinct().Order());
        Assert.All(Shortcuts.All, s => Assert.NotEmpty(s.Does));
    }
}
