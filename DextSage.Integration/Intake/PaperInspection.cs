using System.Diagnostics.CodeAnalysis;
using DextSage.Integration.Items;

namespace DextSage.Integration.Intake;

/// <summary>What a piece of paperwork is, found by its content.</summary>
public enum PaperKind { Pdf, Jpeg, Png, Invoice }

/// <summary>Why a file is not taken in.</summary>
public enum PaperRefusalKind
{
    Empty, TooLarge, NotPaper, HiddenInside, Damaged, PasswordProtected, TooManyPages, TooManyPixels, TookTooLong, NotAnInvoice, HasDocumentType, TooMuchXml, TooLargeConverted,
    ZipTooLarge, ZipTooMany, ZipUnpacksTooMuch, ZipEmpty, ZipLocked, ZipWithin,
}

/// <summary>A file refused at the door.</summary>
/// <param name="Kind">The rule that it broke.</param>
/// <param name="Sentence">One sentence that names the file and the rule; safe to show, not encoded as HTML.</param>
/// <param name="Action">What the person can do about it.</param>
public sealed record PaperRefusal(PaperRefusalKind Kind, string Sentence, string Action);

/// <summary>What is known of an accepted file without opening its pictures.</summary>
/// <param name="Kind">By content; the name's extension has no say.</param>
/// <param name="Pages">1 to 200 for a PDF; 1 for an image or an electronic invoice.</param>
/// <param name="Width">Pixels, of an image only.</param>
/// <param name="Height">Pixels, of an image only.</param>
public sealed record PaperFacts(PaperKind Kind, int Pages, int? Width, int? Height)
{
    /// <summary>The media type to store and to serve it with, together with <c>nosniff</c>.</summary>
    public string ContentType => Kind switch
    {
        PaperKind.Pdf => "application/pdf",
        PaperKind.Jpeg => "image/jpeg",
        PaperKind.Invoice => Document.Xml,
        _ => "image/png",
    };

    /// <summary>The extension that fits the content, with its dot: for names that the server makes.</summary>
    public string Extension => Kind switch { PaperKind.Pdf => ".pdf", PaperKind.Jpeg => ".jpg", PaperKind.Invoice => ".xml", _ => ".png" };
}

/// <summary>A file made of one in another format.</summary>
public sealed record ConvertedPaper(ForeignFormat From, byte[] Content);

/// <summary>The answer of <see cref="PaperInspector"/>: either <see cref="Facts"/> or a <see cref="Refusal"/>.</summary>
public sealed record PaperInspection
{
    private PaperInspection(PaperFacts? facts, PaperRefusal? refusal) => (Facts, Refusal) = (facts, refusal);

    /// <summary>Of the file; where it came in a format of its own, of what was made of it.</summary>
    public PaperFacts? Facts { get; }

    /// <summary>What was made of the file, to be shown, read and sent in its stead; null where it can be taken as it is.</summary>
    public ConvertedPaper? Converted { get; private init; }

    public PaperRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Facts))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Facts is not null;

    internal static PaperInspection Accept(PaperFacts facts, ConvertedPaper? converted = null) => new(facts, null) { Converted = converted };

    internal static PaperInspection Refuse(PaperRefusal refusal) => new(null, refusal);
}
