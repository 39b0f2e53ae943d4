namespace DextSage.Integration.Items;

/// <summary>Makes one PDF of the pages of several files. Implemented by the room that opens files; items know no more of it.</summary>
public interface IPageBinder
{
    /// <param name="sheets">In their order.</param>
    /// <param name="fileName">What the new file is called, with its extension.</param>
    Task<BoundPages> BindAsync(Guid businessId, IReadOnlyList<Sheets> sheets, string fileName, CancellationToken cancellationToken = default);
}

/// <summary>Pages of a stored file, both counted from 1 and both with it.</summary>
public sealed record Sheets(Document Document, int From, int To)
{
    public static Sheets AllOf(Document document) => new(document, 1, document.Pages ?? 1);
}

/// <summary>The new document, kept in the content store and not in the database yet; or why there is none, as a sentence.</summary>
public sealed record BoundPages(Document? Document, string? Refusal);
