using System.Globalization;
using System.Text;
using DextSage.Integration.Intake.Unpacking;

namespace DextSage.Integration.Intake;

/// <summary>Every reason for refusing a file, with its sentence and its way on: one place to read and to translate them.</summary>
internal static class PaperRefusals
{
    private const int LongestNameShown = 80;

    public static PaperRefusal For(PaperRefusalKind kind, string fileName)
    {
        var name = Shown(fileName);
        var (sentence, action) = kind switch
        {
            PaperRefusalKind.Empty => (
                $"{name} is empty.",
                "Choose the file again; if it stays empty, fetch it again from where it came."),
            PaperRefusalKind.TooLarge => (
                $"{name} is larger than {PaperInspector.MaxBytes / (1024 * 1024)} MB.",
                "Save it in a lower resolution, or split it, and add it again."),
            PaperRefusalKind.NotPaper => (
                $"{name} is not a PDF, JPEG, PNG, TIFF, HEIC, ZIP or electronic invoice, whatever its name says.",
                "Save or print the document as a PDF, or take a photo of it, and add that."),
            PaperRefusalKind.HiddenInside => (
                $"{name} contains a PDF behind something else, so it is not taken for a document.",
                "Open it, print it as a PDF, and add the new file."),
            PaperRefusalKind.Damaged => (
                $"{name} is damaged or cut short.",
                "Fetch it again from where it came, or open it, print it as a PDF, and add the new file."),
            PaperRefusalKind.PasswordProtected => (
                $"{name} is protected by a password.",
                "Open it with its password, print it as a PDF without one, and add the new file."),
            PaperRefusalKind.TooManyPages => (
                $"{name} has more than {PaperInspector.MaxPages} pages.",
                "Split it into one file per invoice and add those."),
            PaperRefusalKind.TooManyPixels => (
                $"{name} has more than {PaperInspector.MaxPixels / 1_000_000} million pixels.",
                "Save the image in a smaller size and add it again."),
            PaperRefusalKind.TookTooLong => (
                $"{name} took too long to open.",
                "Print it as a new PDF and add that; if it is simple and this keeps happening, try again in a minute."),
            PaperRefusalKind.NotAnInvoice => (
                $"{name} is XML, but not an electronic invoice: neither UBL nor UN/CEFACT CII.",
                "Ask the sender for the invoice as UBL, Factur-X or PDF, or print it as a PDF, and add that."),
            PaperRefusalKind.HasDocumentType => (
                $"{name} is XML with a document type of its own, which electronic invoices do not have.",
                "Ask the sender for the invoice as UBL, Factur-X or PDF."),
            PaperRefusalKind.TooMuchXml => (
                $"{name} has more elements, or deeper ones, than any invoice.",
                "Ask the sender for the invoice as a PDF, and add that."),
            PaperRefusalKind.TooLargeConverted => (
                $"{name} was made into a PDF or JPEG to be shown, which is larger than {PaperInspector.MaxBytes / (1024 * 1024)} MB.",
                "Save it as a PDF in a lower resolution, or split it, and add it again."),
            PaperRefusalKind.ZipTooLarge => (
                $"{name} is larger than {Arrivals.LargestZip / (1024 * 1024)} MB.",
                "Pack its files into several ZIPs, and add those."),
            PaperRefusalKind.ZipTooMany => (
                $"{name} holds more than {ZipDrop.MostEntries} files. Nothing of it was added.",
                "Pack its files into several ZIPs, and add those."),
            PaperRefusalKind.ZipUnpacksTooMuch => (
                $"{name} was left out: what was unpacked before it has {ZipDrop.MostUnpacked / (1024 * 1024)} MB already.",
                "Add it by itself, or in a ZIP with fewer files."),
            PaperRefusalKind.ZipEmpty => (
                $"{name} holds no files.",
                "Pack it again, or add the files themselves."),
            PaperRefusalKind.ZipLocked => (
                $"{name} is locked with the password of its ZIP.",
                "Unpack the ZIP with its password, and add the files."),
            PaperRefusalKind.ZipWithin => (
                $"{name} is a ZIP within a ZIP.",
                "Unpack the outer one, and add this one by itself."),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        return new PaperRefusal(kind, sentence, action);
    }

    /// <summary>
    /// A sender chooses the name. Control and direction-turning characters (<c>invoice‮fdp.exe</c>) are not shown,
    /// and a long name is cut so that the sentence stays one.
    /// </summary>
    internal static string Shown(string fileName)
    {
        var leaf = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var text = new StringBuilder();
        foreach (var rune in leaf.EnumerateRunes())
        {
            if (text.Length >= LongestNameShown) { text.Append('…'); break; }
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            text.Append(rune);
        }

        return text.ToString().Trim() is { Length: > 0 } shown ? $"“{shown}”" : "The file";
    }
}
