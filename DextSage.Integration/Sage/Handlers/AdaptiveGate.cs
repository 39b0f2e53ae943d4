namespace DextSage.Integration.Sage;

/// <summary>Lets so many in at once, in the order in which they came: half as many after trouble, and by and by as many as before.</summary>
internal sealed class AdaptiveGate(int widest)
{
    // How many must go well at each width before another is let in beside them.
    private const int GoodTurnsPerPlace = 8;

    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int inside;
    private int good;
    private readonly int most = widest;
    private int width = widest;

    public int Width => width;

    /// <summary>Counts the narrowings: trouble of somebody who entered before the last one says nothing new.</summary>
    public int Narrowings { get; private set; }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            if (inside < width && waiting.Count == 0)
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
            if (width == most || ++good < GoodTurnsPerPlace * width) return;
            (width, good) = (width + 1, 0);
            Admit();
        }
    }

    private void Admit()
    {
        // Whoever gave up waiting is passed over.
        while (inside < width && waiting.TryDequeue(out var next))
            if (next.TrySetResult()) inside++;
    }
}
