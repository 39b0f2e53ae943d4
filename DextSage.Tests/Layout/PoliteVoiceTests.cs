using DextSage.App.Layout;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Layout;

public sealed class PoliteVoiceTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void It_pauses_five_seconds_between_unimportant_sentences()
    {
        var voice = new PoliteVoice(clock);
        voice.Say("Suppliers", important: false);
        voice.Say("Customers", important: false);
        Assert.Equal("Suppliers", voice.Said);

        clock.Advance(TimeSpan.FromSeconds(5));
        voice.Say("Customers", important: false);
        Assert.Equal("Customers", voice.Said);
    }

    [Fact]
    public void The_end_is_said_at_once()
    {
        var voice = new PoliteVoice(clock);
        voice.Say("Suppliers", important: false);
        voice.Say("Lists are up to date", important: true);
        Assert.Equal("Lists are up to date", voice.Said);
    }
}
