using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>
/// Writes a PDF anew with smaller pictures. Nothing else of it is touched: not its pages, not its text, not its fonts. The copy is opened and compared before it is believed.
/// </summary>
internal static class PdfShrinking
{
    public static PaperAnswer Shrink(byte[] pdf, int most)
    {
        var visit = PdfDoor.Visit(pdf, document => Shrink(document, most));
        return visit.Found ?? PaperAnswer.Of(visit.Trouble);
    }

    private static PaperAnswer Shrink(PdfDocument document, int most)
    {
        if (document.IsEncrypted) return PaperShrinking.Failed(ShrinkOutcome.Protected);
        var objects = PdfObjects.Read(document);
        if (objects.IsSigned) return PaperShrinking.Failed(ShrinkOutcome.HasSignature);
        var pictures = new PdfPictures(objects);
        // First only written anew: what was changed often carries along all that it ever was.
        foreach (var rung in (IEnumerable<ShrinkRung?>)[null, .. pictures.Any ? ShrinkRung.Ladder : []])
        {
            var copy = objects.Write(rung is null ? (_, stream) => stream : (number, stream) => pictures.Smaller(number, stream, rung), most);
            if (copy is not null) return IsSame(document, copy) ? PaperShrinking.Done(copy, "application/pdf", rung, pictures.IsScaled) : PaperShrinking.Failed(ShrinkOutcome.Damaged);
        }

        return PaperShrinking.Failed(ShrinkOutcome.TooLarge);
    }

    private static bool IsSame(PdfDocument document, byte[] copy) =>
        PdfDoor.Visit(copy, other => other.NumberOfPages == document.NumberOfPages && document.GetPages().Zip(other.GetPages()).All(p => IsSame(p.First, p.Second))).Found;

    private static bool IsSame(Page page, Page other) =>
        IsSame(page.Width, other.Width) && IsSame(page.Height, other.Height) && page.Rotation.Value == other.Rotation.Value && page.NumberOfImages == other.NumberOfImages && page.Text == other.Text;

    // In points: numbers are written with nine decimals.
    private static bool IsSame(double length, double other) => Math.Abs(length - other) < 0.001;
}
