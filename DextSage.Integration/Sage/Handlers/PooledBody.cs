using System.Buffers;
using System.Net;

namespace DextSage.Integration.Sage;

/// <summary>A whole answer in memory that goes back to the pool with it: page after page is read in the same few buffers.</summary>
internal sealed class PooledBody : HttpContent
{
    private byte[]? lent;

    private PooledBody(byte[] buffer, int length) => (lent, Length) = (buffer, length);

    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => (lent ?? throw new ObjectDisposedException(nameof(PooledBody))).AsSpan(0, Length);

    /// <summary>Null when the stream holds more than <paramref name="most"/> bytes. What is announced may be missing or a lie, and what is compressed grows:
    /// only what arrives is counted.</summary>
    public static async Task<PooledBody?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            var length = 0;
            for (int read; (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0;)
            {
                length += read;
                if (length > most) return null;
                if (length == buffer.Length) buffer = Grown(buffer);
            }

            var body = new PooledBody(buffer, length);
            buffer = [];
            return body;
        }
        finally
        {
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(lent!, 0, Length);

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref lent, null) is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }
}
