namespace DextSage.App.Layout;

/// <summary>Keeps a live region from talking without pause: an unimportant sentence waits until the last one is five seconds old.</summary>
internal sealed class PoliteVoice(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private DateTimeOffset spokenAt = DateTimeOffset.MinValue;

    /// <summary>What the live region holds now.</summary>
    public string Said { get; private set; } = "";

    public void Say(string sentence, bool important)
    {
        var now = time.GetUtcNow();
        if (sentence == Said || (!important && now - spokenAt < Pause)) return;
        Said = sentence;
        spokenAt = now;
    }

    public void Hush() => Said = "";
}
