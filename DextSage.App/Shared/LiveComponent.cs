using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Shared;

/// <summary>
/// A component that shows rows of one business and stays true: it reads once, and again whenever the business signals a change,
/// at most <see cref="AtMostEvery"/> and not in the same moment as every other screen; while <see cref="IsWatching"/> it also polls, to see what other processes did.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    // A reading takes a few milliseconds: so spread, a thousand of them leave the machine to who is working on it.
    private static readonly TimeSpan ForEachScreen = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource gone = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private IDisposable? subscription;
    private Guid readFor;

    [CascadingParameter] public BusinessMembership Business { get; set; } = null!;
    [Inject] private BusinessSignal Signal { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <summary>Cancelled when the component leaves the screen.</summary>
    protected CancellationToken Gone => gone.Token;

    /// <summary>Reads what the screen shows.</summary>
    protected abstract Task ReadAsync();

    /// <summary>What news makes it read again.</summary>
    protected virtual News Concern => News.Rows;

    /// <summary>True while something moves that another process may be moving.</summary>
    protected virtual bool IsWatching => false;

    /// <summary>Lets go of what it listens to.</summary>
    protected virtual void OnLeave()
    {
    }

    protected override async Task OnParametersSetAsync()
    {
        if (readFor != Business.Caller.BusinessId)
        {
            readFor = Business.Caller.BusinessId;
            subscription?.Dispose();
            subscription = Signal.Listen(readFor, Wake, Concern);
        }
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await (IsWatching ? wake.WaitAsync(PollEvery, Gone) : wake.WaitAsync(Gone));
                if (Turn() is { Ticks: > 0 } turn) await Task.Delay(turn, Time, Gone);
                await InvokeAsync(async () =>
                {
                    await ReadAsync();
                    StateHasChanged();
                });
                await Task.Delay(AtMostEvery, Time, Gone);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The component left the screen.
        }
        catch (Exception e) when (!Gone.IsCancellationRequested)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Who is alone, or nearly, reads at once.</summary>
    private TimeSpan Turn() => Signal.Listeners(readFor) is > 20 and var screens ? ForEachScreen * Random.Shared.Next(screens) : TimeSpan.Zero;

    private void Wake()
    {
        try { wake.Release(); }
        catch (SemaphoreFullException) { /* It has been woken already. */ }
        catch (ObjectDisposedException) { /* It has just left. */ }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        subscription?.Dispose();
        OnLeave();
        await gone.CancelAsync();
    }
}
