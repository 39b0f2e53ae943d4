using System.Globalization;
using DextSage.Integration.Intake;

namespace DextSage.App.Items;

/// <summary>A file that the browser offers to send.</summary>
/// <param name="Length">Bytes.</param>
public sealed record OfferedFile(string Name, long Length, bool IsFolder);

/// <summary>What became of one file, small enough for one message over the circuit.</summary>
/// <param name="Added">Items that it made.</param>
/// <param name="FirstCode">The only item's code, to go to it; null for none or many.</param>
public sealed record UploadReport(string FileName, int Added, string? FirstCode, string? Refusal, string? Action, IReadOnlyList<string> Notes)
{
    /// <summary>The ZIP that it came in.</summary>
    public string? Within { get; init; }

    private const int MostNotes = 40;

    public static UploadReport From(ArrivalReport report) => new(
        report.FileName, report.Codes.Count, report.Codes.Count == 1 ? report.Codes[0] : null, report.Refusal, report.Action,
        report.Notes.Count <= MostNotes
            ? report.Notes
            : [.. report.Notes.Take(MostNotes), $"… and {(report.Notes.Count - MostNotes).ToString(CultureInfo.InvariantCulture)} more notes."])
    {
        Within = report.Within,
    };
}

public enum UploadStage { Sending, Reading, Added, Refused }

/// <summary>One line of the list below the Add documents button.</summary>
public sealed class UploadLine(string name, long length)
{
    public string Name { get; } = name;
    public long Length { get; } = length;
    public long Sent { get; set; }
    public UploadStage Stage { get; set; }
    public UploadReport? Report { get; set; }

    /// <summary>The ZIP that it came in: it was not sent by itself.</summary>
    public string? Within => Report?.Within;
}

/// <summary>The files of one drop, on their way in one request.</summary>
public sealed class UploadBatch
{
    public const int MostFiles = 100;

    /// <summary>Bytes that one drop may carry in all.</summary>
    public const long LargestDrop = 20 * Arrivals.LargestFile;

    private readonly List<UploadLine> sending = [];

    /// <param name="former">One whose lines stay above its own.</param>
    public UploadBatch(UploadBatch? former = null) => Lines = [.. former?.Lines ?? []];

    public List<UploadLine> Lines { get; }

    /// <summary>Why the drop as a whole was not taken.</summary>
    public string? Problem { get; private set; }

    public bool IsBusy => Lines.Any(l => l.Stage is UploadStage.Sending or UploadStage.Reading);

    /// <summary>A drop that needed no sending: the samples.</summary>
    public static UploadBatch Done(IEnumerable<UploadReport> reports)
    {
        var batch = new UploadBatch();
        foreach (var report in reports)
            batch.Lines.Add(new UploadLine(report.FileName, 0) { Report = report, Stage = report.Refusal is null ? UploadStage.Added : UploadStage.Refused });
        return batch;
    }

    /// <summary>Looks at what is offered, and says which of it to send, by position.</summary>
    public IReadOnlyList<int> Offer(IReadOnlyList<OfferedFile> files, int count)
    {
        if (count > MostFiles) return Refuse($"{count} files are too many at once: drop {MostFiles} at most. Nothing was added.");
        if (files.Where(IsTakeable).Sum(f => f.Length) > LargestDrop)
            return Refuse($"These files are more than {LargestDrop / 1024 / 1024} MB together: drop them in parts. Nothing was added.");

        var wanted = new List<int>();
        for (var i = 0; i < files.Count; i++)
        {
            var line = new UploadLine(files[i].Name, files[i].Length);
            Lines.Add(line);
            if (IsTakeable(files[i]))
            {
                wanted.Add(i);
                sending.Add(line);
            }
            else
            {
                (line.Stage, line.Report) = (UploadStage.Refused, Untakeable(files[i]));
            }
        }
        return wanted;
    }

    /// <summary>Bytes of the request that have left: the files leave one after another.</summary>
    public void Progress(long bytes)
    {
        foreach (var line in sending)
        {
            line.Sent = Math.Clamp(bytes, 0, line.Length);
            bytes -= line.Sent;
            if (line.Sent == line.Length && line.Stage is UploadStage.Sending) line.Stage = UploadStage.Reading;
        }
    }

    public void Arrived(UploadReport report)
    {
        if (report.Within is { } zip)
        {
            // Below those of the same ZIP that came before it; the ZIP's own line is there until all of it is done.
            var above = Lines.FindLastIndex(l => l.Within == zip || (l.Within is null && l.Name == zip));
            Lines.Insert(above < 0 ? Lines.Count : above + 1, new UploadLine(report.FileName, 0) { Report = report, Stage = report.Refusal is null ? UploadStage.Added : UploadStage.Refused });
            return;
        }

        var line = sending.Find(l => l.Report is null && l.Name == report.FileName) ?? sending.Find(l => l.Report is null);
        if (line is null) return;
        line.Report = report;
        line.Stage = report.Refusal is null ? UploadStage.Added : UploadStage.Refused;
    }

    /// <summary>The answer is whole. A file that no report names went to its row of an export beside it.</summary>
    public void Finished()
    {
        foreach (var line in sending.Where(l => l.Report is null))
            (line.Stage, line.Report) = (UploadStage.Added, new(line.Name, 0, null, null, null, ["Belongs to a row of the export."]));
    }

    /// <summary>The request ended without an answer. What the server took before is there, and is met again as already there.</summary>
    public void Broke(string sentence, string action)
    {
        foreach (var line in sending.Where(l => l.Report is null))
        {
            line.Report = new(line.Name, 0, null, sentence, action, []);
            line.Stage = UploadStage.Refused;
        }
    }

    private static bool IsTakeable(OfferedFile file) => file is { IsFolder: false, Length: > 0 } && file.Length <= Largest(file);

    private static long Largest(OfferedFile file) => file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Arrivals.LargestZip : Arrivals.LargestFile;

    private static UploadReport Untakeable(OfferedFile file) => file switch
    {
        { IsFolder: true } => new(file.Name, 0, null, $"{file.Name} is a folder.", "Drop the files that are in it.", []),
        { Length: 0 } => new(file.Name, 0, null, $"{file.Name} is empty.", "Save it again, and drop it anew.", []),
        _ => new(file.Name, 0, null, $"{file.Name} is larger than {Largest(file) / 1024 / 1024} MB.", "Save a smaller copy, or scan it at a lower resolution.", []),
    };

    private int[] Refuse(string sentence)
    {
        Problem = sentence;
        return [];
    }
}
