using System.Globalization;

namespace DextSage.Integration.Sandbox;

/// <summary>Now, in the way Sage writes it: UTC to the second (Sage API 3).</summary>
internal sealed class SandboxClock(TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public string Stamp => Text(Now);

    public string StampAfter(TimeSpan life) => Text(Now + life);

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public Task WaitAsync(TimeSpan wait, CancellationToken cancel) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, time, cancel) : Task.CompletedTask;
}
