using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An open file: whoever asked for it disposes of <see cref="Content"/>.</summary>
public sealed record DocumentFile(string FileName, string ContentType, Stream Content);

/// <summary>Which of a document's files is meant.</summary>
public enum DocumentForm
{
    /// <summary>What is looked at and read.</summary>
    Shown,

    /// <summary>As Sage gets it: the smaller copy, where there is one.</summary>
    Sent,

    /// <summary>As it came, in whatever format.</summary>
    Original,
}

/// <summary>The files behind the items.</summary>
public sealed class ItemDocuments(BusinessStore store, DocumentStore files)
{
    /// <summary>The document's bytes, for its own authorised URL; null where this person has no such document.</summary>
    public async Task<DocumentFile?> OpenAsync(Caller caller, Guid documentId, DocumentForm form = DocumentForm.Shown, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var document = await scope.Items.Where(i => i.DocumentId == documentId).Select(i => i.Document!).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (document is null) return null;
        var (name, type, sha256) = form switch
        {
            DocumentForm.Sent => (document.Sent.FileName, document.Sent.ContentType, document.Sent.Sha256),
            DocumentForm.Original when document.Original is { } original => (original.FileName, original.ContentType, original.Sha256),
            _ => (document.FileName, document.ContentType, document.Sha256),
        };
        return files.OpenRead(sha256) is { } content ? new DocumentFile(name, type, content) : null;
    }
}
