using System.Buffers.Binary;

namespace DextSage.Integration.Intake.Unpacking;

/// <summary>
/// The end of a ZIP (APPNOTE.TXT 4.3.16), looked at before anybody reads its directory: a reader believes the directory for as long as it goes on, whatever number of entries it claims to have.
/// </summary>
internal static class ZipDirectory
{
    /// <summary>Bytes: five hundred entries with names of a few thousand letters.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    private const int EndBytes = 22;
    private const int LongestComment = ushort.MaxValue;

    private static ReadOnlySpan<byte> Start => "PK\u0003\u0004"u8;

    public static ReadOnlySpan<byte> End => "PK\u0005\u0006"u8;

    /// <summary>A ZIP by its first bytes; an empty one has only an end.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(Start) || head.StartsWith(End);

    /// <summary>Whether the directory lies where its end says, right before it, and is no longer than it needs to be.</summary>
    /// <param name="most">Bytes of the directory.</param>
    public static async Task<bool> IsBoundedAsync(Stream zip, CancellationToken cancellationToken, long most = MostBytes)
    {
        var tail = new byte[Math.Min(zip.Length, EndBytes + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        await zip.ReadExactlyAsync(tail, cancellationToken);
        zip.Position = 0;
        return Lies(tail, zip.Length, most);
    }

    private static bool Lies(ReadOnlySpan<byte> tail, long length, long most)
    {
        var at = tail.LastIndexOf(End);
        if (at < 0 || tail.Length - at < EndBytes) return false;
        // ZIP64 (4.3.14) states all of it elsewhere, and a reader looks there where one of these says so. What is small enough needs none.
        for (var field = 4; field <= 10; field += 2)
            if (BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + field)..]) == ushort.MaxValue) return false;
        var (size, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 12)..]), BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 16)..]));
        return size <= most && offset != uint.MaxValue && offset + (long)size == length - tail.Length + at;
    }
}
