using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Unpacking;

/// <summary>The ZIP that a file came in.</summary>
/// <param name="Sha256">Of the ZIP: 64 lower-case hex digits.</param>
internal sealed record ZipOrigin(string FileName, string Sha256)
{
    /// <summary>
    /// The id of the item that a file of this ZIP becomes, the same each time: so whoever adds the ZIP again, because the first time was broken off, adds nothing twice.
    /// On the other workspace, or for somebody else, it is added anew.
    /// </summary>
    public Guid ItemId(Guid businessId, Workspace workspace, Guid ownerId, Document document)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes($"zip {businessId:N} {workspace} {ownerId:N} {Sha256} {document.Original?.Sha256 ?? document.Sha256}"), hash);
        // A name-based UUID (RFC 9562, 5.8).
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], bigEndian: true);
    }
}
