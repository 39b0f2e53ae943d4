namespace DextSage.Integration.Sage;

/// <summary>Reads a whole list, page by page, while it may be changing.</summary>
public static class SageList
{
    // Each divides the one before, so that a smaller page starts where the larger one would have.
    private static readonly int[] Sizes = [SagePageRequest.LargestSize, 50, 10];

    /// <summary>
    /// Yields a step per page, and a failure as the last element when a page cannot be had. Loops on the total and the ids seen, never on
    /// <c>$next</c>; asks for smaller pages when Sage cannot build large ones in time (Sage API 4.1, 4.2).
    /// </summary>
    /// <param name="fetch">A page of the list: <c>page =&gt; client.TaxRatesAsync(target, page, cancellationToken)</c>.</param>
    public static async IAsyncEnumerable<SageAnswer<SageStep<T>>> ReadAsync<T>(
        Func<SagePageRequest, Task<SageAnswer<SagePage<T>>>> fetch, DateTimeOffset? changedSince = null) where T : class, ISageRecord
    {
        var reading = new Reading<T>();
        var (offset, size) = (0, 0);
        while (true)
        {
            var answer = await fetch(new(offset / Sizes[size] + 1, Sizes[size], changedSince));
            if (answer.Failure is { } failure)
            {
                if (IsTooHeavy(failure) && size + 1 < Sizes.Length)
                {
                    size++;
                    continue;
                }

                yield return SageAnswer<SageStep<T>>.Failed(failure);
                yield break;
            }

            offset += Sizes[size];
            var step = reading.Take(answer.Value!, offset);
            yield return SageAnswer<SageStep<T>>.Success(step, answer.RequestId);
            if (step.IsLast) yield break;
        }
    }

    /// <summary>Reads one list of ours that Sage keeps as two. Until the first is whole, the total is that of the first alone.</summary>
    public static async IAsyncEnumerable<SageAnswer<SageStep<T>>> ReadBothAsync<T>(
        Func<SagePageRequest, Task<SageAnswer<SagePage<T>>>> first, Func<SagePageRequest, Task<SageAnswer<SagePage<T>>>> second, DateTimeOffset? changedSince = null)
        where T : class, ISageRecord
    {
        SageStep<T>? before = null;
        await foreach (var answer in ReadAsync(first, changedSince))
        {
            if (answer.Value is not { } step)
            {
                yield return answer;
                yield break;
            }

            before = step;
            yield return SageAnswer<SageStep<T>>.Success(step with { IsLast = false, IsSettled = false }, answer.RequestId);
        }

        await foreach (var answer in ReadAsync(second, changedSince))
        {
            yield return answer.Value is not { } step ? answer : SageAnswer<SageStep<T>>.Success(
                step with { Seen = before!.Seen + step.Seen, Total = before.Total + step.Total, IsSettled = before.IsSettled && step.IsSettled }, answer.RequestId);
        }
    }

    private static bool IsTooHeavy(SageFailure failure) => failure.HttpStatus is 500 or 502 or 504;

    private sealed class Reading<T> where T : ISageRecord
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private int? _firstTotal;
        private bool _totalHeld = true;
        private bool _started;
        private bool _lastBroughtNothing;

        public SageStep<T> Take(SagePage<T> page, int offsetAfter)
        {
            if (!_started) (_started, _firstTotal) = (true, page.Total);
            _totalHeld &= page.Total is not null && page.Total == _firstTotal;

            var fresh = page.Items.Where(item => item.Id is { } id && _seen.Add(id)).ToList();
            var isLast = IsLast(page, offsetAfter, fresh.Count);
            _lastBroughtNothing = fresh.Count == 0;
            return new(fresh, _seen.Count, page.Total, isLast, isLast && _totalHeld && _seen.Count == page.Total);
        }

        // A total may be missing, or lie: two pages that bring nothing new end the reading whatever it says.
        private bool IsLast(SagePage<T> page, int offsetAfter, int fresh) =>
            page.Total is { } total
                ? offsetAfter >= total || (fresh == 0 && _lastBroughtNothing)
                : fresh == 0;
    }
}
