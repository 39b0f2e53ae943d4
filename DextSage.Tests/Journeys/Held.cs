namespace DextSage.Tests.Journeys;

/// <summary>A process falls asleep at a request, as when its machine is suspended, and gets no further until it is let go.</summary>
/// <param name="which">The request; all others pass.</param>
/// <param name="hasAnswer">Sage has done and answered it by then; otherwise it has not left.</param>
internal sealed class Held(Func<HttpRequestMessage, bool> which, bool hasAnswer = true) : DelegatingHandler
{
    private readonly TaskCompletionSource isAsleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task IsAsleep => isAsleep.Task;

    public void LetGo() => mayGo.SetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!which(request)) return await base.SendAsync(request, cancellationToken);
        if (!hasAnswer) await SleepAsync();
        var answer = await base.SendAsync(request, cancellationToken);
        if (hasAnswer) await SleepAsync();
        return answer;
    }

    private Task SleepAsync()
    {
        isAsleep.TrySetResult();
        return mayGo.Task;
    }
}
