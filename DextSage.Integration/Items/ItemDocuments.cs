using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An open file: whoever asked for it disposes of <see cref="Content"/>.</summary>
public sealed record DocumentFile(string FileName, string ContentType, Stream Content);

/// <summary>The files behind the items.</summary>
public sealed class ItemDocuments(BusinessStore store, DocumentStore files)
{
    /// <summary>The document's bytes, for its own authorised URL; null where this person has no such document.</summary>
    public async Task<DocumentFile?> OpenAsync(Caller caller, Guid documentId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var document = await scope.Items.Where(i => i.DocumentId == documentId).Select(i => i.Document!).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        return document is not null && files.OpenRead(document.Sha256) is { } content ? new DocumentFile(document.FileName, document.ContentType, content) : null;
    }
}
