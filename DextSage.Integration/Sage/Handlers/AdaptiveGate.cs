namespace DextSage.Integration.Sage;

/// <summary>
/// Lets so many in at once, in the order in which they came. As long as there is no trouble, each that goes well lets one more in beside it, up to the
/// most; after trouble half as many, and from then on by and by more again.
/// </summary>
/// <param name="own">How many may always be inside, trouble apart.</param>
/// <param name="most">How many when all goes well.</param>
/// <param name="isRoom">Whether there is room for more than <paramref name="own"/> now; null when there always is.</param>
internal sealed class AdaptiveGate(int own, int most, Func<bool>? isRoom = null)
{
    // How many must go well at each width before another is let in beside them, once there was trouble.
    private const int GoodTurnsPerPlace = 8;

    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private readonly int own = own;
    private readonly int most = Math.Max(own, most);
    private int width = own;
    private int inside;
    private int good;

    public int Width => width;

    /// <summary>Counts the narrowings: trouble of somebody who entered before the last one says nothing new.</summary>
    public int Narrowings { get; private set; }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            if (MayEnter && waiting.Count == 0)
            {
                inside++;
                return;
            }

            waiting.Enqueue(turn = new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var given = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    public void Leave()
    {
        lock (gate)
        {
            inside--;
            Admit();
        }
    }

    /// <param name="since">The count of narrowings when the one in trouble entered.</param>
    public void Narrow(int since)
    {
        lock (gate)
        {
            if (since != Narrowings) return;
            Narrowings++;
            (width, good) = (Math.Max(1, width / 2), 0);
        }
    }

    public void WentWell()
    {
        lock (gate)
        {
            if (width == most || (Narrowings > 0 && ++good < GoodTurnsPerPlace * width)) return;
            (width, good) = (width + 1, 0);
            Admit();
        }
    }

    // Beyond its own places it is let in only while others leave room; whoever waits is looked at again when one of the inside leaves.
    private bool MayEnter => inside < width && (inside < own || isRoom is null || isRoom());

    private void Admit()
    {
        // Whoever gave up waiting is passed over.
        while (MayEnter && waiting.TryDequeue(out var next))
            if (next.TrySetResult()) inside++;
    }
}
