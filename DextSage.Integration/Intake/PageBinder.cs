using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake;

/// <summary>Binds pages of stored files into one PDF, in a worker. The files themselves are kept as they are.</summary>
public sealed class PageBinder(DocumentStore documents, PaperWorkers workers) : IPageBinder
{
    /// <inheritdoc/>
    public async Task<BoundPages> BindAsync(Guid businessId, IReadOnlyList<Sheets> sheets, string fileName, CancellationToken cancellationToken = default)
    {
        var pages = sheets.Sum(s => s.To - s.From + 1);
        if (pages > PaperInspector.MaxPages) return Refused($"Together these have {pages} pages. A document has at most {PaperInspector.MaxPages}.");
        if (sheets.Sum(s => s.Document.Length) > PaperFrames.MaxBound) return Refused($"Together these files are larger than {PaperFrames.MaxBound / 1_048_576} MB.");
        if (sheets.FirstOrDefault(s => s.Document.ContentType == Document.Xml) is { } unpaged) return Refused($"“{unpaged.Document.FileName}” is an e-invoice and has no pages to bind. Nothing has changed.");
        using var content = new MemoryStream();
        foreach (var sheet in sheets)
        {
            await using var stored = documents.OpenRead(sheet.Document.Sha256);
            if (stored is null) return Refused($"The file {sheet.Document.FileName} is missing from the store. Nothing has changed.");
            await stored.CopyToAsync(content, cancellationToken);
        }

        var question = new PaperQuestion(ToRead: null) { ToBind = [.. sheets.Select(s => new SheetOrder((int)s.Document.Length, s.Document.ContentType, s.From, s.To))] };
        var answer = await workers.AskAsync(question, content.ToArray(), cancellationToken);
        if (answer.Content is not { Length: > 0 } bound) return Refused(Sentence(answer.Trouble));
        var kept = await documents.SaveAsync(bound, cancellationToken);
        return new BoundPages(new Document
        {
            BusinessId = businessId, Sha256 = kept.Sha256, FileName = FileNames.Safe(fileName, ".pdf"), ContentType = "application/pdf", Length = kept.Length, Pages = pages,
        }, Refusal: null);
    }

    private static string Sentence(PdfTrouble trouble) => trouble switch
    {
        PdfTrouble.PasswordProtected => "One of the files is protected by a password, so its pages cannot be taken out. Nothing has changed.",
        PdfTrouble.TookTooMuch => "One of the files took too long to take apart. Nothing has changed.",
        _ => "One of the files is damaged, so its pages cannot be taken out. Nothing has changed.",
    };

    private static BoundPages Refused(string sentence) => new(Document: null, sentence);
}
