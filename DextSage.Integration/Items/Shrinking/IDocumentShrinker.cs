namespace DextSage.Integration.Items;

/// <summary>Makes a copy of a document that is small enough for Sage, and keeps it in the content store.</summary>
public interface IDocumentShrinker
{
    /// <summary>What came of it, and the copy where there is one. Never throws for what a file contains.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the host is closing.</exception>
    Task<(ShrinkOutcome Outcome, SentCopy? Copy)> ShrinkAsync(Document document, CancellationToken cancellationToken);
}
