using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using DextSage.Integration.Intake.Converting;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Shrinking;

namespace DextSage.Integration.Intake.Workers;

/// <param name="ToRead">What the reader must know; null when only the pages are to be counted.</param>
internal sealed record PaperQuestion(ReadingContext? ToRead)
{
    /// <summary>Only the electronic invoice within it is wanted.</summary>
    public bool ToUnwrap { get; init; }

    /// <summary>What to bind into one PDF; the file is then all of them, one after the other.</summary>
    public IReadOnlyList<SheetOrder>? ToBind { get; init; }

    /// <summary>How the file is to be made smaller.</summary>
    public ShrinkOrder? ToShrink { get; init; }

    /// <summary>What the file is, and is to be made into something else for.</summary>
    public ConvertOrder? ToConvert { get; init; }

    /// <summary>The pictures of its pages are wanted, ready to have their words read.</summary>
    public bool ToScan { get; init; }
}

/// <summary>Pages of one of the files, both counted from 1 and both with it.</summary>
/// <param name="Length">Bytes of the file.</param>
internal sealed record SheetOrder(int Length, string ContentType, int From, int To);

/// <param name="Trouble">Anything but <see cref="PdfTrouble.None"/> leaves the rest empty.</param>
/// <param name="Pages">Only when nothing was to be read.</param>
/// <param name="Reading">Only when it was.</param>
internal sealed record PaperAnswer(PdfTrouble Trouble, int Pages, PaperReading? Reading)
{
    /// <summary>Bytes of what was bound, made smaller or converted, or of the electronic invoice that was found within; they follow in a block of their own.</summary>
    public int Following { get; init; }

    /// <summary>Only when it was to be made smaller.</summary>
    public ShrunkFacts? Shrunk { get; init; }

    /// <summary>Only when it was to be converted.</summary>
    public ConvertedFacts? Converted { get; init; }

    /// <summary>Only when it was to be scanned: its pages, whose pictures follow one after the other.</summary>
    public IReadOnlyList<ScanFacts>? Scans { get; init; }

    [JsonIgnore]
    public byte[]? Content { get; init; }

    public PaperAnswer With(byte[]? content) => this with { Following = content?.Length ?? 0, Content = content is { Length: > 0 } ? content : null };

    public static PaperAnswer Of(PdfTrouble trouble) => new(trouble, 0, Reading: null);
}

[JsonSerializable(typeof(PaperQuestion))]
[JsonSerializable(typeof(PaperAnswer))]
internal sealed partial class PaperJson : JsonSerializerContext;

/// <summary>
/// What passes between the program and its worker: blocks of bytes, each after its length as four little-endian bytes. The worker
/// begins with an empty block when it is ready; then, in turns, a question (JSON) and the file, and an answer (JSON).
/// </summary>
internal static class PaperFrames
{
    public const int MaxQuestion = 64 * 1024;

    /// <summary>Of files to bind or to make smaller, and of what becomes of them.</summary>
    public const int MaxBound = 20 * 1024 * 1024;

    public const int MaxAnswer = 1024 * 1024;

    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> block)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, block.Length);
        await stream.WriteAsync(length);
        await stream.WriteAsync(block);
        await stream.FlushAsync();
    }

    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    /// <exception cref="InvalidDataException">The other side would send more than it may.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, int most)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var announced = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (announced < 0 || announced > most) throw new InvalidDataException($"A block of {announced} bytes is not between 0 and {most}.");
        var block = new byte[announced];
        await stream.ReadExactlyAsync(block);
        return block;
    }

    public static byte[] Pack(PaperQuestion question) => JsonSerializer.SerializeToUtf8Bytes(question, PaperJson.Default.PaperQuestion);

    public static byte[] Pack(PaperAnswer answer)
    {
        var block = JsonSerializer.SerializeToUtf8Bytes(answer, PaperJson.Default.PaperAnswer);
        return block.Length <= MaxAnswer ? block : Pack(PaperAnswer.Of(PdfTrouble.Damaged));
    }

    /// <exception cref="JsonException">It is no question.</exception>
    public static PaperQuestion UnpackQuestion(byte[] block) => Needed(JsonSerializer.Deserialize(block, PaperJson.Default.PaperQuestion));

    /// <exception cref="JsonException">It is no answer.</exception>
    public static PaperAnswer UnpackAnswer(byte[] block) => Needed(JsonSerializer.Deserialize(block, PaperJson.Default.PaperAnswer));

    private static T Needed<T>(T? value) where T : class => value ?? throw new JsonException("Something was expected here.");
}
