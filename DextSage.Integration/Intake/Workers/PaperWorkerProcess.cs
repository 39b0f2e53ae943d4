using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace DextSage.Integration.Intake.Workers;

/// <summary>One worker, seen from the program. Answers one question at a time; once anything went wrong it is of no more use.</summary>
internal sealed class PaperWorkerProcess : IDisposable
{
    private readonly Process process;
    private volatile bool isSpoilt;

    private PaperWorkerProcess(Process process)
    {
        this.process = process;
        // A worker that dies writes a long lament, and would wait for somebody to read it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool IsUsable => !isSpoilt && !process.HasExited;

    /// <exception cref="PaperWorkerException">It could not be started, or was not ready in time.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<PaperWorkerProcess> StartAsync(
        PaperWorkerCommand command, PaperWorkerLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        PaperWorkerProcess worker;
        try
        {
            worker = new PaperWorkerProcess(Process.Start(command.StartInfo(limits.MemoryBytes))!);
        }
        catch (Win32Exception e)
        {
            throw new PaperWorkerException($"The process that opens PDFs could not be started: {command.Program}.", e);
        }

        using var limit = new CancellationTokenSource(limits.StartUp, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await using (either.Token.Register(worker.Kill)) await PaperFrames.ReadAsync(worker.process.StandardOutput.BaseStream, most: 0);
            return worker;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            worker.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new PaperWorkerException($"The process that opens PDFs was not ready: {command.Program} {string.Join(' ', command.Arguments)}.", e);
        }
    }

    /// <summary>The worker's answer, or the trouble that the file made it: a worker that dies of a file gives that answer too.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the worker is of no more use.</exception>
    public async Task<PaperAnswer> AskAsync(
        PaperQuestion question, ReadOnlyMemory<byte> pdf, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            // A pipe cannot be cancelled on every system; the end of the process ends it on all of them.
            await using (either.Token.Register(Kill))
            {
                await PaperFrames.WriteAsync(process.StandardInput.BaseStream, PaperFrames.Pack(question));
                await PaperFrames.WriteAsync(process.StandardInput.BaseStream, pdf);
                var answer = PaperFrames.UnpackAnswer(await PaperFrames.ReadAsync(process.StandardOutput.BaseStream, PaperFrames.MaxAnswer));
                if (answer.Following > 0) answer = answer with { Content = await PaperFrames.ReadAsync(process.StandardOutput.BaseStream, PaperFrames.MaxBound) };
                isSpoilt |= answer.Trouble is PdfTrouble.TookTooMuch;
                return answer;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            Kill();
            cancellation.ThrowIfCancellationRequested();
            return PaperAnswer.Of(limit.IsCancellationRequested ? PdfTrouble.TookTooMuch : PdfTrouble.Damaged);
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Kill()
    {
        isSpoilt = true;
        try { process.Kill(entireProcessTree: true); }
        catch (InvalidOperationException) { /* It had ended by itself. */ }
    }
}
