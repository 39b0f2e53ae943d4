using System.IO.Compression;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Importing;

/// <summary>The files of one import, opened: its table, and every paper that came beside it or in a ZIP.</summary>
internal sealed class ImportContents : IDisposable
{
    private readonly ImportFolder folder;
    private readonly Guid import;
    private readonly List<ZipArchive> zips = [];
    private readonly List<(string Name, Guid File, ZipArchiveEntry? Entry)> papers = [];

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
    public static async Task<ImportContents?> OpenAsync(DextSageDb db, ImportFolder folder, ExportImport import, IReadOnlyDictionary<ExportColumn, int>? columns, CancellationToken cancellationToken)
    {
        var files = await db.ImportFiles.AsNoTracking().Where(f => f.ImportId == import.Id).OrderBy(f => f.Id).ToListAsync(cancellationToken);
        if (files.Find(f => f.Kind is ImportFileKind.Table) is not { } table || folder.OpenRead(import.Id, table.Id) is not { } content) return null;
        var contents = new ImportContents(folder, import.Id);
        try
        {
            await using (content) contents.Table = await DextExport.ReadAsync(content, columns, cancellationToken);
            contents.Notes = contents.Table.Problems.Where(p => !p.DropsRow).ToLookup(p => p.Line, p => p.Sentence);
            foreach (var file in files) await contents.TakeAsync(file, cancellationToken);
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
        var (name, file, entry) = papers[place];
        if (entry is null)
        {
            if (folder.OpenRead(import, file) is not { } stream) return (null, $"Its file {PaperRefusals.Shown(name)} is gone.");
            await using (stream) return (new DroppedFile(name, stream.Length, () => folder.OpenRead(import, file)!), null);
        }
        try
        {
            return await ZipDoor.ReadAsync(entry, PaperInspector.MaxBytes, cancellationToken) is { } content
                ? (new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false)), null)
                : (null, PaperInspector.TooLarge(name).Sentence);
        }
        catch (InvalidDataException)
        {
            return (null, $"{PaperRefusals.Shown(name)} cannot be unpacked: it is damaged in the ZIP, encrypted, or packed in an unusual way.");
        }
    }

    private async Task TakeAsync(ImportFile file, CancellationToken cancellationToken)
    {
        if (file.Kind is not ImportFileKind.Table && !folder.Holds(import, file.Id))
        {
            Problems.Add($"{PaperRefusals.Shown(file.Name)} was too large and was left out. A document can have {PaperInspector.MaxBytes / 1024 / 1024} MB, a ZIP {ImportDesk.LargestZip / 1024 / 1024} MB.");
            return;
        }
        if (file.Kind is ImportFileKind.Paper) papers.Add((file.Name, file.Id, null));
        if (file.Kind is not ImportFileKind.Zip || folder.OpenRead(import, file.Id) is not { } stream) return;
        if (await ZipDoor.OpenAsync(stream, cancellationToken) is not { } zip)
        {
            Problems.Add($"{PaperRefusals.Shown(file.Name)} is no ZIP that can be opened, so none of its files are taken. Export it from Dext again.");
            return;
        }
        zips.Add(zip);
        foreach (var (name, entry) in ZipDoor.Files(zip).Where(f => !f.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))) papers.Add((FileNames.Leaf(name), file.Id, entry));
    }

    public void Dispose()
    {
        foreach (var zip in zips) zip.Dispose();
    }
}
