using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Intake.Workers;

/// <summary>
/// The few processes that open PDFs for us. They are started when they are needed, kept warm while they are, and replaced when a file
/// was too much for them: what a PDF does to its reader, it does to that process.
/// </summary>
public sealed partial class PaperWorkers : IDisposable
{
    private readonly PaperWorkerCommand command;
    private readonly PaperWorkerLimits limits;
    private readonly TimeProvider time;
    private readonly ILogger<PaperWorkers> logger;
    private readonly SemaphoreSlim places;
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly Stack<PaperWorkerProcess> idle = [];
    private readonly ITimer idleTimer;
    private bool isClosed;

    public PaperWorkers(PaperWorkerCommand command, PaperWorkerLimits limits, TimeProvider time, ILogger<PaperWorkers> logger)
    {
        (this.command, this.limits, this.time, this.logger) = (command, limits, time, logger);
        places = new SemaphoreSlim(limits.Workers, limits.Workers);
        idleTimer = time.CreateTimer(_ => EndIdle(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The ids of the processes that wait for work.</summary>
    internal IReadOnlyList<int> Idle
    {
        get { lock (gate) return [.. idle.Select(worker => worker.Id)]; }
    }

    /// <summary>Asks a worker, as soon as one is free. A worker that the file ends gives an answer too.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the host is closing.</exception>
    /// <exception cref="PaperWorkerException">No worker could be started.</exception>
    internal async Task<PaperAnswer> AskAsync(PaperQuestion question, ReadOnlyMemory<byte> pdf, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
        await places.WaitAsync(either.Token);
        PaperWorkerProcess? worker = null;
        try
        {
            worker = Warm() ?? await PaperWorkerProcess.StartAsync(command, limits, time, either.Token);
            var answer = await worker.AskAsync(question, pdf, PatienceFor(question), time, either.Token);
            if (!worker.IsUsable) Log.Replaced(logger, worker.Id, answer.Trouble);
            return answer;
        }
        finally
        {
            if (worker is not null) PutBack(worker);
            places.Release();
        }
    }

    private TimeSpan PatienceFor(PaperQuestion question) => question switch
    {
        { ToShrink: not null } => limits.PatienceToShrink,
        { ToConvert: not null } or { ToScan: true } => limits.PatienceToConvert,
        _ => limits.Patience,
    };

    private PaperWorkerProcess? Warm()
    {
        lock (gate)
        {
            while (idle.TryPop(out var worker))
            {
                if (worker.IsUsable) return worker;
                worker.Dispose();
            }
        }

        return null;
    }

    private void PutBack(PaperWorkerProcess worker)
    {
        lock (gate)
        {
            if (isClosed || !worker.IsUsable)
            {
                worker.Dispose();
                return;
            }

            idle.Push(worker);
            idleTimer.Change(limits.Idle, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndIdle()
    {
        lock (gate)
        {
            while (idle.TryPop(out var worker)) worker.Dispose();
        }
    }

    /// <summary>Ends every worker, the busy ones too; whoever waits for an answer is told that it was cancelled.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
        }

        idleTimer.Dispose();
        EndIdle();
        closing.Cancel(); // Neither it nor the places are disposed: those who still wait use them on their way out, and they hold nothing of the system's.
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The worker {Process} is replaced: a PDF was too much for it ({Trouble}).")]
        public static partial void Replaced(ILogger logger, int process, PdfTrouble trouble);
    }
}
