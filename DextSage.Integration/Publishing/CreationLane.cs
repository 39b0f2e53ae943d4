using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Where the documents of a business are created one after the other, while others look ahead beside it. It remembers what has passed: a look that began before
/// that cannot have seen it.
/// </summary>
internal sealed class CreationLane(TimeProvider time) : IDisposable
{
    /// <summary>What somebody enters in Sage meanwhile is found by a look that is no older than this.</summary>
    private static readonly TimeSpan LooksLast = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private readonly List<Passed> passed = [];
    private bool isTaken;

    /// <summary>Where a look begins.</summary>
    public Look LookFrom()
    {
        // What is under way now may arrive in Sage after it was asked.
        lock (gate) return new Look(passed.Count - (isTaken ? 1 : 0), time.GetUtcNow());
    }

    /// <summary>Waits for the turn. Dispose to give it on.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Turn(this);
    }

    /// <summary>From here on its document may stand in Sage, whatever comes of the request.</summary>
    public void Passes(StepWork work)
    {
        // Where there is no contact yet, there is no look at it either.
        if (work.Contact is not { } contact) return;
        lock (gate)
        {
            isTaken = true;
            passed.Add(new Passed(contact.SageId, new SageDocument
            {
                Reference = DocumentMapping.Cut(work.Item.Reference, SageLimits.Reference),
                VendorReference = DocumentMapping.Cut(work.Item.Reference, SageLimits.VendorReference),
                TotalAmount = work.Item.Total,
            }));
        }
    }

    /// <summary>Whether what has passed since the look could be the same paper, or the look is too old to be believed.</summary>
    public bool HasOutrun(Look look, StepWork work)
    {
        if (time.GetUtcNow() - look.At > LooksLast) return true;
        lock (gate) return passed.Skip(look.From).Any(p => p.ContactId == work.Contact!.SageId && DuplicateStep.IsAlike(p.Document, work.Item));
    }

    public void Dispose() => turn.Dispose();

    /// <param name="From">How many had passed for certain when it began.</param>
    internal readonly record struct Look(int From, DateTimeOffset At);

    private sealed record Passed(string ContactId, SageDocument Document);

    private sealed class Turn(CreationLane lane) : IDisposable
    {
        public void Dispose()
        {
            lock (lane.gate) lane.isTaken = false;
            lane.turn.Release();
        }
    }
}
