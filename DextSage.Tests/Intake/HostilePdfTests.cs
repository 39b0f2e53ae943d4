using System.Diagnostics;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>PDFs that once broke a viewer: each gets an answer, in bounded time.</summary>
public sealed class HostilePdfTests(ITestOutputHelper output)
{
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 6, 1), "GBP");

    [Theory]
    [InlineData("hostile/pdf")]
    [InlineData("broken")]
    public async Task Every_file_gets_an_answer(string folder)
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        using var workers = TestPapers.New(TimeSpan.FromSeconds(4));
        var (inspector, reader) = (new PaperInspector(workers), new PaperReader(workers));
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(
            Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "corpus", folder), "*.pdf").Order(StringComparer.Ordinal).Select(async file =>
            {
                var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
                var inspection = await inspector.InspectAsync(content, Path.GetFileName(file), TestContext.Current.CancellationToken);
                await reader.ReadAsync(content, Context, TestContext.Current.CancellationToken);
                return (Name: Path.GetFileName(file), Inspection: inspection);
            }));
        foreach (var (name, inspection) in answers.Where(answer => !answer.Inspection.IsAccepted))
        {
            output.WriteLine(inspection.Refusal!.Sentence);
            Assert.Contains(name[..5], inspection.Refusal.Sentence, StringComparison.Ordinal);
            Assert.EndsWith(".", inspection.Refusal.Sentence, StringComparison.Ordinal);
            Assert.NotEmpty(inspection.Refusal.Action);
        }

        var kinds = answers.CountBy(answer => answer.Inspection.Refusal?.Kind.ToString() ?? "Accepted");
        output.WriteLine($"{answers.Length} files in {watch.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"))}");
        Assert.Contains(answers, answer => answer.Inspection.IsAccepted);
    }
}
