using Xunit;

namespace DextSage.Tests;

/// <summary>For what comes about by itself, without a pause to guess.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until it is so.</summary>
    /// <param name="what">Is waited for, for whoever reads that it never came.</param>
    /// <exception cref="TimeoutException">It has not come in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? patience = null)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience ?? Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            try
            {
                await again.WaitForNextTickAsync(late.Token);
            }
            catch (OperationCanceledException given) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Not so in {patience ?? Patience}: {what}", given);
            }
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task UntilAsync(Func<bool> isSo, string what, TimeSpan? patience = null) => UntilAsync(() => Task.FromResult(isSo()), what, patience);
}
