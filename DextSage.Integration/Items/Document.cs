using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A file in the content store under its SHA-256: byte for byte as it came, or what was made of one whose format neither browsers nor Sage take.</summary>
public sealed class Document : IBusinessOwned
{
    /// <summary>What an electronic invoice without pages is.</summary>
    public const string Xml = "application/xml";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The sender's name for it. Shown and sent, never used as a path.</summary>
    public required string FileName { get; init; }

    /// <summary>As found in the content, not as claimed: application/pdf, image/jpeg, image/png or application/xml.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }
    public int? Pages { get; init; }

    /// <summary>It is an electronic invoice, or carries one within it.</summary>
    public bool CarriesInvoice { get; set; }

    /// <summary>When the last item that used it was deleted for ever; null as long as one does.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>The file as it came, where this one was made of it.</summary>
    public OriginalFile? Original { get; init; }

    /// <summary>What came of making it small enough for Sage; null where that was not tried yet, or need not be.</summary>
    public ShrinkOutcome? Shrinking { get; set; }

    /// <summary>How often that was begun.</summary>
    public int ShrinkTries { get; set; }

    /// <summary>What Sage gets in its stead: a smaller copy of what is too large, or the PDF that was drawn of an electronic invoice without pages.</summary>
    public SentCopy? Copy { get; set; }

    /// <summary>Sage would not take it as it is (Sage API 12). It never gets XML, of whatever size.</summary>
    public bool IsTooLarge => Length > ItemLimits.AttachmentBytes && ContentType != Xml;

    /// <summary>The file that goes to Sage: the document, or its smaller copy.</summary>
    public SentFile Sent => Copy is { } copy
        ? new(copy.ContentType == ContentType ? FileName : Path.GetFileNameWithoutExtension(FileName) + (copy.ContentType == "application/pdf" ? ".pdf" : ".jpg"), copy.ContentType, copy.Sha256, copy.Length)
        : new(FileName, ContentType, Sha256, Length);
}

/// <summary>What came of making a document small enough for Sage.</summary>
public enum ShrinkOutcome { Done, TooLarge, Protected, HasSignature, Damaged, TookTooLong, Missing }

/// <summary>What of a document Sage takes, in the content store: a smaller copy, or a drawing of it.</summary>
public sealed class SentCopy
{
    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    /// <summary>application/pdf or image/jpeg.</summary>
    public required string ContentType { get; init; }

    /// <summary>The most pixels that the longer side of its pictures has; null where they have as many as before.</summary>
    public int? LongSide { get; init; }

    /// <summary>Of JPEG, 1 to 100; null where the pictures are as they were.</summary>
    public int? Quality { get; init; }
}

/// <summary>A file as it came, byte for byte, in the content store: a TIFF, a HEIC photo and the like.</summary>
public sealed class OriginalFile
{
    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The sender's name for it.</summary>
    public required string FileName { get; init; }

    /// <summary>As found in the content: image/tiff, image/heic, image/gif, image/bmp or image/webp.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }
}

/// <summary>A file as Sage gets it.</summary>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Length">Bytes.</param>
public sealed record SentFile(string FileName, string ContentType, string Sha256, long Length);
