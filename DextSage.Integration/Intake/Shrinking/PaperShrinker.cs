using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>Makes the smaller copy in a worker.</summary>
public sealed class PaperShrinker(DocumentStore documents, PaperWorkers workers) : IDocumentShrinker, IDisposable
{
    /// <summary>One at a time, of all businesses: it takes long, and others wait for the workers to look at what they have just dropped.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    /// <exception cref="PaperWorkerException">No worker could be started: the machine's trouble, not the file's.</exception>
    public async Task<(ShrinkOutcome Outcome, SentCopy? Copy)> ShrinkAsync(Document document, CancellationToken cancellationToken)
    {
        if (document.Length > PaperFrames.MaxBound) return (ShrinkOutcome.TooLarge, null);
        await using var stored = documents.OpenRead(document.Sha256);
        if (stored is null || stored.Length != document.Length) return (ShrinkOutcome.Missing, null);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var content = new byte[document.Length];
            await stored.ReadExactlyAsync(content, cancellationToken);
            var question = new PaperQuestion(ToRead: null) { ToShrink = new ShrinkOrder(document.ContentType, (int)ItemLimits.AttachmentBytes) };
            return await KeepAsync(await workers.AskAsync(question, content, cancellationToken), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(ShrinkOutcome, SentCopy?)> KeepAsync(PaperAnswer answer, CancellationToken cancellationToken)
    {
        if (answer is not { Shrunk: { } shrunk, Trouble: PdfTrouble.None }) return (OutcomeOf(answer.Trouble), null);
        if (answer.Content is not { Length: > 0 } copy) return (shrunk.Outcome is ShrinkOutcome.Done ? ShrinkOutcome.Damaged : shrunk.Outcome, null);
        if (copy.Length > ItemLimits.AttachmentBytes) return (ShrinkOutcome.TooLarge, null);
        var kept = await documents.SaveAsync(copy, cancellationToken);
        return (ShrinkOutcome.Done, new SentCopy
        {
            Sha256 = kept.Sha256, Length = kept.Length, ContentType = shrunk.ContentType, LongSide = shrunk.LongSide, Quality = shrunk.Quality,
        });
    }

    private static ShrinkOutcome OutcomeOf(PdfTrouble trouble) => trouble switch
    {
        PdfTrouble.PasswordProtected => ShrinkOutcome.Protected,
        PdfTrouble.TookTooMuch => ShrinkOutcome.TookTooLong,
        _ => ShrinkOutcome.Damaged,
    };

    public void Dispose() => turn.Dispose();
}
