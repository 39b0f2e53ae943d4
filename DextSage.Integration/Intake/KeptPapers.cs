using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <summary>Reads documents that are kept, as the business's they are.</summary>
public sealed class KeptPapers(DocumentStore documents, PaperReader reader, TimeProvider time)
{
    /// <summary>Nothing where its file is gone.</summary>
    /// <inheritdoc cref="PaperReader.ReadAsync" path="/exception"/>
    internal async Task<PaperReading> ReadAsync(DextSageDb db, Document document, CancellationToken cancellationToken)
    {
        await using var stored = documents.OpenRead(document.Sha256);
        if (stored is null) return PaperReading.Nothing;
        var content = new byte[document.Length];
        await stored.ReadExactlyAsync(content, cancellationToken);
        var business = await db.Businesses.AsNoTracking().SingleAsync(b => b.Id == db.BusinessId, cancellationToken);
        var context = new ReadingContext(business.Name, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), business.BaseCurrency);
        return await reader.ReadAsync(content, context, cancellationToken);
    }
}
