using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DextSage.Integration.Sage;

/// <summary>The body of an upload. The file is read and turned into base64 while it is sent, block by block, so that many at once need no memory of their size.</summary>
internal sealed class AttachmentContent : HttpContent
{
    // A multiple of three: no block but the last is padded.
    private const int Block = 3 * 16 * 1024;

    private readonly byte[] before;
    private readonly byte[] after;
    private readonly SageFile file;

    /// <param name="json">The whole body, its file empty.</param>
    /// <param name="emptyFile">How that stands in it, the quotes at its end.</param>
    public AttachmentContent(string json, string emptyFile, SageFile file)
    {
        var at = json.LastIndexOf(emptyFile, StringComparison.Ordinal) + emptyFile.Length - 1;
        (before, after, this.file) = (Encoding.UTF8.GetBytes(json[..at]), Encoding.UTF8.GetBytes(json[at..]), file);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(before, cancellationToken);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Block));
        try
        {
            await using var content = file.Open();
            var left = file.Length;
            while (left > 0)
            {
                var length = (int)Math.Min(Block, left);
                await content.ReadExactlyAsync(block.AsMemory(0, length), cancellationToken);
                Base64.EncodeToUtf8(block.AsSpan(0, length), text, out _, out var written);
                await stream.WriteAsync(text.AsMemory(0, written), cancellationToken);
                left -= length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            ArrayPool<byte>.Shared.Return(text);
        }

        await stream.WriteAsync(after, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = before.Length + ((file.Length + 2) / 3 * 4) + after.Length;
        return true;
    }
}
