using System.Globalization;

namespace DextSage.Integration.Items;

/// <summary>What was done to make a document small enough for Sage, in words.</summary>
public static class ShrinkWords
{
    /// <summary>While it has not been done: no sentence of something wrong.</summary>
    public static string Awaited(Document document) =>
        $"Sage takes documents of up to 2.5 MB. A smaller copy of this one, which has {Size(document.Length)}, is being made; that takes a moment.";

    /// <summary>Where it was tried in vain.</summary>
    public static string Refused(Document document) =>
        $"Sage takes documents of up to 2.5 MB; this one has {Size(document.Length)}. Making a smaller copy was tried: {Reason(document.Shrinking)}.";

    /// <summary>From what to what, and by what means: "4.1 MB → 1.9 MB, pictures of at most 1,754 pixels in JPEG quality 60".</summary>
    public static string Done(long length, SentCopy copy) => $"{Size(length)} → {Size(copy.Length)}, {Means(copy.LongSide, copy.Quality)}";

    /// <summary>As it stands in an item's history.</summary>
    public static string Told(Document document) => document.Copy is { } copy
        ? $"Made a smaller copy of the document for Sage ({Done(document.Length, copy)})"
        : $"Tried to make a smaller copy of the document for Sage: {Reason(document.Shrinking)}";

    private static string Means(int? longSide, int? quality) => (longSide, quality) switch
    {
        (_, null) => "packed more tightly, its pictures as they were",
        (null, _) => $"pictures in JPEG quality {quality}",
        (int pixels, _) => $"pictures of at most {pixels.ToString("#,0", CultureInfo.InvariantCulture)} pixels in JPEG quality {quality}",
    };

    private static string Size(long bytes) => $"{(bytes / 1_048_576m).ToString("0.0", CultureInfo.InvariantCulture)} MB";

    private static string Reason(ShrinkOutcome? outcome) => outcome switch
    {
        ShrinkOutcome.TooLarge => "all that can be made smaller in it was, and it stays too large",
        ShrinkOutcome.Protected => "it is protected, and cannot be written anew",
        ShrinkOutcome.HasSignature => "it is signed, and a copy would lose the signature",
        ShrinkOutcome.TookTooLong => "it took too long",
        ShrinkOutcome.Missing => "its file is missing from this server's store",
        _ => "not all of it can be read",
    };
}
