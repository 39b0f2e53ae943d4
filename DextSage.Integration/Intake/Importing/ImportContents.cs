using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Unpacking;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Importing;

/// <summary>The files of one import, opened: its table, and every paper that came beside it or in a ZIP.</summary>
internal sealed class ImportContents : IDisposable
{
    private readonly ImportFolder folder;
    private readonly Guid import;
    private readonly List<StrangersZip> zips = [];
    private readonly List<(string Name, Guid File, ZippedFile? Zipped)> papers = [];

    private ImportContents(ImportFolder folder, Guid import) => (this.folder, this.import) = (folder, import);

    public DextExportResult Table { get; private set; } = new([], []);

    /// <summary>What of a row was not taken over, by its line.</summary>
    public ILookup<int?, string> Notes { get; private set; } = Enumerable.Empty<string>().ToLookup(_ => (int?)null);

    /// <summary>Names of the papers, for people.</summary>
    public IReadOnlyList<string> Papers { get; private set; } = [];

    /// <summary>What could not be opened, a sentence each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Which of the papers is which row's, by Receipt ID.</summary>
    public IReadOnlyDictionary<string, int> FileOf { get; private set; } = new Dictionary<string, int>();

    /// <summary>Null where the files are gone.</summary>
    public static async Task<ImportContents?> OpenAsync(DextSageDb db, ImportFolder folder, ExportImport import, CancellationToken cancellationToken)
    {
        var files = await db.ImportFiles.AsNoTracking().Where(f => f.ImportId == import.Id).OrderBy(f => f.Id).ToListAsync(cancellationToken);
        if (folder.TableOf(files) is not { } table || folder.OpenRead(import.Id, table.Id) is not { } content) return null;
        var contents = new ImportContents(folder, import.Id);
        try
        {
            await using (content) contents.Table = await DextExport.ReadAsync(content, import.Columns, cancellationToken);
            contents.Notes = contents.Table.Problems.Where(p => !p.DropsRow).ToLookup(p => p.Line, p => p.Sentence);
            foreach (var file in files) await contents.TakeAsync(file, table, cancellationToken);
            contents.Papers = contents.papers.ConvertAll(p => p.Name);
            contents.FileOf = ExportFileIndex.Match(contents.Table.Rows.Select(r => r.ReceiptId), contents.Papers);
            return contents;
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    /// <summary>A paper as one that was dropped; null where a ZIP does not give it out, with the sentence why.</summary>
    public async Task<(DroppedFile? File, string? Problem)> OpenAsync(int place, CancellationToken cancellationToken)
    {
        var (name, file, zipped) = papers[place];
        if (zipped is null)
        {
            if (folder.OpenRead(import, file) is not { } stream) return (null, ImportSentences.Gone(name));
            await using (stream) return (new DroppedFile(name, stream.Length, () => folder.OpenRead(import, file)!), null);
        }
        try
        {
            return await zipped.ReadAsync(PaperInspector.MaxBytes, cancellationToken) is { } content
                ? (new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false)), null)
                : (null, PaperInspector.TooLarge(name).Sentence);
        }
        catch (InvalidDataException)
        {
            return (null, ImportSentences.CannotBeUnpacked(name));
        }
    }

    private async Task TakeAsync(ImportFile file, ImportFile table, CancellationToken cancellationToken)
    {
        if (file.Id == table.Id) return;
        if (file.Kind is ImportFileKind.SecondTable) Problems.Add(ImportSentences.SecondTable(file.Name));
        else if (!folder.Holds(import, file.Id)) Problems.Add(file.Kind is ImportFileKind.Table ? ImportSentences.TableTooLarge(file.Name) : ImportSentences.TooLarge(file.Name));
        else if (file.Kind is ImportFileKind.Paper) papers.Add((file.Name, file.Id, null));
        else await UnpackAsync(file, table, cancellationToken);
    }

    private async Task UnpackAsync(ImportFile file, ImportFile table, CancellationToken cancellationToken)
    {
        if (await StrangersZip.OpenAsync(folder.OpenRead(import, file.Id)!, StrangersZip.LargestDirectory, cancellationToken) is not { } zip)
        {
            Problems.Add(ImportSentences.NoZip(file.Name));
            return;
        }
        zips.Add(zip);
        foreach (var within in zip.Files)
        {
            if (!within.IsTable) papers.Add((within.Name, file.Id, within));
            // The table itself, which Dext packs too.
            else if ((within.Name, within.Length) != (table.Name, table.Length)) Problems.Add(within.Length > DextExport.MaxBytes ? ImportSentences.TableTooLarge(within.Name) : ImportSentences.SecondTable(within.Name));
        }
    }

    public void Dispose()
    {
        foreach (var zip in zips) zip.Dispose();
    }
}
