using System.Globalization;
using DextSage.Integration.Intake;
using DextSage.Tests.Intake;

namespace DextSage.Tests.Corpus;

/// <summary>
/// <c>-- corpus FOLDER</c> takes every file of a folder in and reads it as arrivals are read, and says of each what is right, empty and wrong according to
/// <c>NAME.expected.json</c> beside it, where there is one. The exit code is 0 when no field of an electronic invoice is wrong and nothing hung or fell over.
/// </summary>
internal static class CorpusCommand
{
    public const string Word = "corpus";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var folder] || !Directory.Exists(folder))
        {
            Console.Error.WriteLine("Say which folder of documents to read: corpus FOLDER");
            return 2;
        }

        using var ocr = TestPapers.NewOcr();
        using var workers = TestPapers.New(TimeSpan.FromSeconds(30));
        var (inspector, reader) = (new PaperInspector(workers), new PaperReader(workers, ocr));
        var context = new ReadingContext(OwnBusinessName: null, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), "GBP");
        List<CorpusFile> files = [];
        foreach (var path in CorpusFile.In(folder))
        {
            var file = await CorpusFile.ReadAsync(inspector, reader, folder, path, context);
            files.Add(file);
            foreach (var line in Told(file)) Console.WriteLine(line);
        }

        foreach (var line in Summed(files)) Console.WriteLine(line);
        return files.TrueForAll(f => f.Harm is null) && !files.Exists(f => f.IsStructured && f.Fields.Any(is1 => is1.Verdict is Verdict.Wrong)) ? 0 : 1;
    }

    private static IEnumerable<string> Told(CorpusFile file)
    {
        var kind = file switch
        {
            { Harm: { } harm } => harm,
            { Refusal: { } refusal } => $"refused: {refusal}",
            { IsStructured: true } => $"e-invoice ({file.Reading!.Invoice!.Syntax.ToString().ToUpperInvariant()})",
            _ => "read",
        };
        var verdicts = file.Fields.Count == 0 ? "" : $": {Counted(file.Fields)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"{file.Name} · {kind}{verdicts} · {file.Took.TotalMilliseconds:0} ms");
        foreach (var difference in file.Reading?.Differences ?? []) yield return $"    {difference.Sentence}";
        foreach (var field in file.Fields.Where(f => f.Verdict is not Verdict.Right))
            yield return $"    {field.Name}: {field.Verdict.ToString().ToLowerInvariant()}, {(field.Read is null ? "nothing read" : $"read “{field.Read}”")}, is “{string.Join("” or “", field.Right)}”";
    }

    private static IEnumerable<string> Summed(List<CorpusFile> files)
    {
        yield return "";
        yield return $"{files.Count} files: {files.Count(f => f.IsStructured)} electronic invoices, {files.Count(f => f is { Reading: not null, IsStructured: false })} others read, {files.Count(f => f.Refusal is not null)} refused, {files.Count(f => f.Harm is not null)} hung or fell over";
        foreach (var (title, group) in new[] { ("Electronic invoices", files.Where(f => f.IsStructured)), ("All others", files.Where(f => !f.IsStructured)) })
        {
            var fields = group.SelectMany(f => f.Fields).ToList();
            if (fields.Count == 0) continue;
            yield return $"{title}: {Counted(fields)}";
            foreach (var field in fields.GroupBy(f => f.Name)) yield return $"    {field.Key}: {Counted(field)}{Alike(field)}";
        }
    }

    private static string Counted(IEnumerable<CorpusField> fields)
    {
        var counts = fields.CountBy(f => f.Verdict).ToDictionary();
        return string.Join(", ", Enum.GetValues<Verdict>().Select(v => $"{counts.GetValueOrDefault(v)} {v.ToString().ToLowerInvariant()}"));
    }

    private static string Alike(IEnumerable<CorpusField> fields) =>
        fields.Where(f => f is { IsText: true, Read: not null, Right.Count: > 0 }).Select(f => f.Likeness).ToList() is { Count: > 0 } alike
            ? string.Create(CultureInfo.InvariantCulture, $" (alike by {alike.Average():0.00})") : "";
}
