using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <summary>Reads, for the search, the text of documents that came without being read: those of a Dext export, and those that were here before the search had it.</summary>
public sealed class TextWork(BusinessStore store, KeptPapers papers) : IBusinessWork
{
    public IQueryable<Guid> Pending(DextSageDb db) => Unread(db.Documents.IgnoreQueryFilters(), db).Select(d => d.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            // The business is named: filters that are ignored anywhere in a query are ignored in all of it.
            if (await Unread(db.Documents.Where(d => d.BusinessId == businessId), db).AsNoTracking().OrderBy(d => d.Id).FirstOrDefaultAsync(cancellationToken) is not { } document) return null;

            // Kept before it is begun: a document that brings the process down is not read again.
            var text = new DocumentText { BusinessId = businessId, DocumentId = document.Id, Text = "" };
            db.Add(text);
            await db.SaveChangesAsync(cancellationToken);
            text.Text = (await papers.ReadAsync(db, document, cancellationToken)).Text;
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    // Whoever reads an item keeps its document's text.
    private static IQueryable<Document> Unread(IQueryable<Document> all, DextSageDb db) => all.Where(d =>
        (d.ContentType == "application/pdf" || d.ContentType == Document.Xml)
        && !db.DocumentTexts.IgnoreQueryFilters().Any(t => t.DocumentId == d.Id)
        && !db.Items.IgnoreQueryFilters().Any(i => i.DocumentId == d.Id && i.Status == ItemStatus.Processing));
}
