using System.Threading.Channels;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Lists;

/// <summary>What the readers tell the one who writes.</summary>
internal abstract record Tidings
{
    /// <summary>A page; of its rows those that are new, and the keys by which its rows are remembered.</summary>
    public sealed record Page(Question Question, SagePageRequest Request, ArrivedPage Arrived, ulong[] Keys) : Tidings;

    /// <summary>Sage does not let this be read.</summary>
    public sealed record Refused(Question Question) : Tidings;

    public sealed record Waiting(Wait Wait) : Tidings;

    public sealed record GoingOn : Tidings;
}

/// <summary>Sage's answer ends the run.</summary>
internal sealed class RefreshFailedException(ListKind list, SageFailure failure, bool waitedTooLong = false) : Exception($"{list}: {failure.Kind}")
{
    public ListKind List { get; } = list;
    public SageFailure Failure { get; } = failure;
    public bool WaitedTooLong { get; } = waitedTooLong;
}

/// <summary>The wait is too long to sit out here.</summary>
internal sealed class RefreshLaterException(DateTimeOffset until) : Exception("Sage asks for a long wait.")
{
    public DateTimeOffset Until { get; } = until;
}

/// <summary>Fetches the pages of all questions side by side, and turns them into entries. The first page of each comes before the rest of any: a short
/// list need not wait for a long one.</summary>
internal sealed class PageReader(
    IReadOnlyList<Question> questions, ChannelWriter<Tidings> tidings, RefreshPatience patience, RefreshOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(Question, int FirstRow), int> troubles = [];
    private TaskCompletionSource changed = NewSignal();
    private int next;
    private int requests;

    /// <summary>Requests since this was last asked.</summary>
    public int TakeRequests() => Interlocked.Exchange(ref requests, 0);

    /// <param name="width">How many read at once. One or two more than Sage lets in, so that none of its places stays empty while a page is taken apart.</param>
    /// <exception cref="RefreshFailedException">Sage's answer ends the run.</exception>
    /// <exception cref="RefreshLaterException">The run is to be taken up again later.</exception>
    public async Task ReadAsync(int width, CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Enumerable.Range(0, width).Select(_ => ReadOnAsync(together.Token)).ToList();
        while (readers.Count > 0)
        {
            var done = await Task.WhenAny(readers);
            readers.Remove(done);
            if (done.IsCompletedSuccessfully) continue;
            await together.CancelAsync();
            await Task.WhenAll(readers).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await done;
        }
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await patience.WaitAsync(cancellationToken);
            Task more;
            (Question Question, SagePageRequest Request)? turn;
            lock (gate)
            {
                more = changed.Task;
                turn = Take();
                if (turn is null && questions.All(q => q.Reading.IsEnded)) return;
            }

            if (turn is { } mine) await AskAsync(mine.Question, mine.Request, cancellationToken);
            else await more.WaitAsync(cancellationToken);
        }
    }

    private (Question, SagePageRequest)? Take()
    {
        for (var i = 0; i < questions.Count; i++)
        {
            var question = questions[(next + i) % questions.Count];
            if (question.Reading.Next() is not { } request) continue;
            next = (next + i + 1) % questions.Count;
            return (question, request);
        }

        return null;
    }

    private async Task AskAsync(Question question, SagePageRequest request, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        Interlocked.Increment(ref requests);
        var answer = await question.FetchAsync(request, cancellationToken);
        if (answer.Failure is { } failure) await FailAsync(question, request, failure, asked, cancellationToken);
        else await AcceptAsync(question, request, answer.Value!, asked, cancellationToken);
    }

    private async Task AcceptAsync(Question question, SagePageRequest request, ArrivedPage page, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        ulong[] keys;
        lock (gate)
        {
            keys = question.Reading.Accept(page.Total, [.. page.Rows.Select(r => r.SageId)]);
            Signal();
        }

        if (patience.Succeeded(asked)) await tidings.WriteAsync(new Tidings.GoingOn(), cancellationToken);
        await tidings.WriteAsync(new Tidings.Page(question, request, page, keys), cancellationToken);
    }

    private async Task FailAsync(Question question, SagePageRequest request, SageFailure failure, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        if (MayDoWithout(question, failure))
        {
            lock (gate)
            {
                question.Reading.BreakOff();
                Signal();
            }

            await tidings.WriteAsync(new Tidings.Refused(question), cancellationToken);
            return;
        }

        var isSmaller = PutBack(question, request, failure, out var tries);
        if (isSmaller && failure.Kind is SageFailureKind.TooLarge) return;
        if (!failure.Kind.MayPass() || (failure.Kind is SageFailureKind.Garbled && tries >= options.UnreadableTries))
            throw new RefreshFailedException(question.Lists[0], failure);

        var wait = patience.Failed(failure, asked);
        if (wait.GivesUp) throw new RefreshFailedException(question.Lists[0], failure, waitedTooLong: true);
        await tidings.WriteAsync(new Tidings.Waiting(wait), cancellationToken);
        if (wait.Until - time.GetUtcNow() > options.LongestHold) throw new RefreshLaterException(wait.Until);
    }

    /// <summary>Once more as it was, and then in smaller pages: 500, 502 and 504 are what Sage says of a page that it cannot build in time (Sage API 4.2).</summary>
    private bool PutBack(Question question, SagePageRequest request, SageFailure failure, out int tries)
    {
        lock (gate)
        {
            var key = (question, (request.Number - 1) * request.Size);
            tries = troubles[key] = troubles.GetValueOrDefault(key) + 1;
            var isHeavy = failure.Kind is SageFailureKind.TooLarge || (tries > 1 && failure.HttpStatus is 500 or 502 or 504);
            var isSmaller = isHeavy && question.Reading.PutBackInSmaller(request);
            if (!isHeavy) question.Reading.PutBack(request);
            Signal();
            return isSmaller;
        }
    }

    // A person without the Settings right reads neither, and the Start plan has none (Sage API 7).
    private static bool MayDoWithout(Question question, SageFailure failure) =>
        question.Lists[0] is ListKind.AnalysisTypes or ListKind.AnalysisCategories && failure.Kind is SageFailureKind.AccessDenied or SageFailureKind.NoSubscription;

    private void Signal()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
