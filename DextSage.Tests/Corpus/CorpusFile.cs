using System.Diagnostics;
using System.Text.Json;
using DextSage.Integration.Intake;

namespace DextSage.Tests.Corpus;

/// <summary>What became of one file: read, refused with a sentence, or harm.</summary>
/// <param name="Name">Within the folder.</param>
/// <param name="Refusal">The sentence, where it was not taken.</param>
/// <param name="Harm">How it hung or fell over; null where it did not.</param>
/// <param name="Fields">Those that the expectation beside it names.</param>
internal sealed record CorpusFile(string Name, PaperReading? Reading, string? Refusal, string? Harm, IReadOnlyList<CorpusField> Fields, TimeSpan Took)
{
    /// <summary>Longer than a worker's patience with all its visits; a busy machine has its time too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const string Beside = ".expected.json";

    public bool IsStructured => Reading?.Invoice is not null;

    /// <summary>Every file of a folder and its folders but what stands beside the files.</summary>
    public static IEnumerable<string> In(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(Beside, StringComparison.Ordinal) && Path.GetExtension(file) is not (".md" or ".txt")).Order(StringComparer.Ordinal);

    public static async Task<CorpusFile> ReadAsync(PaperInspector inspector, PaperReader reader, string folder, string file, ReadingContext context)
    {
        var name = Path.GetRelativePath(folder, file);
        var started = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var content = await File.ReadAllBytesAsync(file, patience.Token);
            var inspection = await inspector.InspectAsync(content, Path.GetFileName(file), patience.Token);
            if (!inspection.IsAccepted) return Done(reading: null, inspection.Refusal.Sentence, harm: null);
            return Done(await reader.ReadAsync(content, context, patience.Token), refusal: null, harm: null);
        }
        catch (OperationCanceledException)
        {
            return Done(reading: null, refusal: null, "hung");
        }
#pragma warning disable CA1031 // Whatever it throws, it fell over: that is what is looked for.
        catch (Exception e)
        {
            return Done(reading: null, refusal: null, $"fell over: {e.GetType().Name}: {e.Message}");
        }
#pragma warning restore CA1031

        CorpusFile Done(PaperReading? reading, string? refusal, string? harm)
        {
            var took = Stopwatch.GetElapsedTime(started);
            if (harm is not null || !File.Exists(file + Beside)) return new(name, reading, refusal, harm, [], took);
            using var expected = JsonDocument.Parse(File.ReadAllBytes(file + Beside));
            return new(name, reading, refusal, harm, CorpusField.Of(reading ?? PaperReading.Nothing, expected.RootElement), took);
        }
    }
}
