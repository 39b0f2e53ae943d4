using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>What is to be made smaller, and to how many bytes at most.</summary>
internal sealed record ShrinkOrder(string ContentType, int Most);

/// <summary>How it was made smaller.</summary>
/// <param name="ContentType">Of the copy: a PNG becomes a JPEG.</param>
/// <param name="LongSide">The most pixels of a picture's longer side; null where its pictures have as many as before.</param>
/// <param name="Quality">Of JPEG; null where a PDF was small enough once it was written anew, with its pictures as they were.</param>
internal sealed record ShrunkFacts(ShrinkOutcome Outcome, string ContentType, int? LongSide, int? Quality)
{
    public static ShrunkFacts Failed(ShrinkOutcome why) => new(why, "", LongSide: null, Quality: null);
}

/// <summary>The shrinking itself, where the worker does it. The same file always gives the same copy.</summary>
internal static class PaperShrinking
{
    public static PaperAnswer Shrink(ShrinkOrder order, byte[] file)
    {
        try
        {
            return order.ContentType == "application/pdf" ? PdfShrinking.Shrink(file, order.Most) : OfPicture(file, order.Most);
        }
        catch (Exception e) when (e is NoRoomException or OutOfMemoryException)
        {
            return PaperAnswer.Of(PdfTrouble.TookTooMuch);
        }
    }

    public static PaperAnswer Done(byte[] copy, string contentType, ShrinkRung? rung, bool isScaled) => new(PdfTrouble.None, 0, Reading: null)
    {
        Following = copy.Length, Content = copy, Shrunk = new ShrunkFacts(ShrinkOutcome.Done, contentType, isScaled ? rung?.LongSide : null, rung?.Quality),
    };

    public static PaperAnswer Failed(ShrinkOutcome why) => new(PdfTrouble.None, 0, Reading: null) { Shrunk = ShrunkFacts.Failed(why) };

    private static PaperAnswer OfPicture(byte[] file, int most)
    {
        using var picture = Picture.Of(file);
        if (picture is null) return Failed(ShrinkOutcome.Damaged);
        foreach (var rung in ShrinkRung.Ladder)
            if (picture.Jpeg(rung).Content is { } jpeg && jpeg.Length <= most) return Done(jpeg, "image/jpeg", rung, picture.IsScaled(rung));
        return Failed(ShrinkOutcome.TooLarge);
    }
}
