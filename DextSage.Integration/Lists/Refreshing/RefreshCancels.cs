using System.Collections.Concurrent;
using System.Data.Common;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>The runs that are at work in this process, so that they can be ended: at once from here, and within a second from elsewhere.</summary>
public sealed class RefreshCancels(BusinessStore store, TimeProvider time)
{
    // What another process asks for is found in the run's row. Often enough for a person, and nothing beside the pages.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Watch> running = new();
    private readonly TimeProvider time = time;

    internal bool Cancel(Guid runId) => running.TryGetValue(runId, out var watch) && watch.Cancel();

    /// <summary>Its token ends when the run is cancelled or the process stops.</summary>
    internal Watch Begin(RefreshRun run, CancellationToken stopping) => running[run.Id] = new Watch(this, run, stopping);

    private async Task<bool> IsAskedForAsync(RefreshRun run, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(run.BusinessId);
        return await db.RefreshRuns.AnyAsync(r => r.Id == run.Id && r.CancelAskedById != null, cancellationToken);
    }

    internal sealed class Watch : IAsyncDisposable
    {
        private readonly RefreshCancels cancels;
        private readonly RefreshRun run;
        private readonly CancellationToken stopping;
        private readonly CancellationTokenSource source;
        private readonly CancellationTokenSource over = new();
        private readonly Task looking;

        public Watch(RefreshCancels cancels, RefreshRun run, CancellationToken stopping)
        {
            (this.cancels, this.run, this.stopping) = (cancels, run, stopping);
            source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            looking = LookOnAsync();
        }

        public CancellationToken Token => source.Token;

        /// <summary>By a person: a process that stops leaves the run to the next one.</summary>
        public bool IsCancelled => source.IsCancellationRequested && !stopping.IsCancellationRequested;

        public bool Cancel()
        {
            try
            {
                source.Cancel();
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }

        /// <summary>Whether it was asked for where nobody could tell us.</summary>
        public async Task LookAsync(CancellationToken cancellationToken)
        {
            if (await cancels.IsAskedForAsync(run, cancellationToken)) Cancel();
        }

        private async Task LookOnAsync()
        {
            using var timer = new PeriodicTimer(LookEvery, cancels.time);
            try
            {
                while (!source.IsCancellationRequested && await timer.WaitForNextTickAsync(over.Token)) await TryLookAsync();
            }
            catch (OperationCanceledException)
            {
                // The run has ended by itself.
            }
        }

        private async Task TryLookAsync()
        {
            try
            {
                await LookAsync(over.Token);
            }
            catch (DbException)
            {
                // The run itself meets the same trouble, and says so.
            }
        }

        public async ValueTask DisposeAsync()
        {
            cancels.running.TryRemove(run.Id, out _);
            await over.CancelAsync();
            await looking;
            over.Dispose();
            source.Dispose();
        }
    }
}
