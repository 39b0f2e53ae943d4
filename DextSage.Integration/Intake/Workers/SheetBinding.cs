using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics.Operations.SpecialGraphicsState;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Workers;

/// <summary>The binding itself, where the worker does it.</summary>
internal static class SheetBinding
{
    /// <summary>The longer side of a page made of a picture, in points: A4's.</summary>
    public const double LongSide = 842;

    public static PaperAnswer Bind(IReadOnlyList<SheetOrder> orders, byte[] content)
    {
        List<PdfDocument> open = [];
        using var builder = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        try
        {
            var at = 0;
            foreach (var order in orders)
            {
                var file = content.AsSpan(at, order.Length).ToArray();
                at += order.Length;
                if (PdfDoor.Visit(() => Add(builder, order, file, open)) is not PdfTrouble.None and var trouble) return PaperAnswer.Of(trouble);
            }

            byte[] bound = [];
            var built = PdfDoor.Visit(() => bound = PdfId.Steady(builder.Build()));
            if (built is not PdfTrouble.None) return PaperAnswer.Of(built);
            return bound.Length > PaperFrames.MaxBound ? PaperAnswer.Of(PdfTrouble.TookTooMuch) : PaperAnswer.Of(PdfTrouble.None).With(bound);
        }
        finally
        {
            foreach (var document in open) document.Dispose();
        }
    }

    private static void Add(PdfDocumentBuilder builder, SheetOrder order, byte[] file, List<PdfDocument> open)
    {
        if (order.ContentType == "application/pdf")
        {
            // Open until the new one is built: it draws from it.
            var document = PdfDocument.Open(file, PdfDoor.Options);
            open.Add(document);
            for (var page = order.From; page <= order.To; page++) builder.AddPage(document, page);
            return;
        }

        var isPng = order.ContentType == "image/png";
        var size = (isPng ? PngHeader.Read(file) : JpegHeader.Read(file)) ?? throw new InvalidDataException("A picture without a size.");
        var scale = LongSide / Math.Max(size.Width, size.Height);
        var place = new PdfRectangle(0, 0, size.Width * scale, size.Height * scale);
        var turn = isPng ? 1 : JpegTurn.Read(file);
        var sheet = turn >= 5 ? builder.AddPage(place.Height, place.Width) : builder.AddPage(place.Width, place.Height);
        sheet.CurrentStream.Operations.Add(new ModifyCurrentTransformationMatrix(JpegTurn.Upright(turn, place.Width, place.Height)));
        if (isPng) sheet.AddPng(file, place);
        else sheet.AddJpeg(file, place);
    }
}
