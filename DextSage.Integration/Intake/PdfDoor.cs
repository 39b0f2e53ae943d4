using DextSage.Integration.Intake.Shrinking;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace DextSage.Integration.Intake;

internal enum PdfTrouble { None, Damaged, PasswordProtected, TookTooMuch }

/// <summary>What came of opening a PDF: something found, or the trouble that it made.</summary>
internal readonly record struct PdfVisit<T>(T? Found, PdfTrouble Trouble);

/// <summary>
/// The only place that opens PDFs. A sender writes them, so a PDF may loop, nest without end or fill the memory: only
/// <see cref="Workers.PaperWorker"/> comes here with a stranger's file, in a process that can be ended.
/// </summary>
internal static class PdfDoor
{
    public static readonly ParsingOptions Options = new() { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = 128 };

    public static PdfVisit<T> Visit<T>(byte[] pdf, Func<PdfDocument, T> look)
    {
        try
        {
            using var document = PdfDocument.Open(pdf, Options);
            return new PdfVisit<T>(look(document), PdfTrouble.None);
        }
        catch (PdfDocumentEncryptedException)
        {
            return new PdfVisit<T>(default, PdfTrouble.PasswordProtected);
        }
#pragma warning disable CA1031 // A damaged file makes PdfPig throw whatever the damage leads to, from KeyNotFound to InvalidCast; each means "damaged".
        catch (Exception damage)
        {
            return new PdfVisit<T>(default, HasHarmedTheProcess(damage) ? PdfTrouble.TookTooMuch : PdfTrouble.Damaged);
        }
#pragma warning restore CA1031
    }

    /// <summary>The same around anything that is done with what it opens.</summary>
    public static PdfTrouble Visit(Action look)
    {
        try
        {
            look();
            return PdfTrouble.None;
        }
        catch (PdfDocumentEncryptedException)
        {
            return PdfTrouble.PasswordProtected;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception damage)
        {
            return HasHarmedTheProcess(damage) ? PdfTrouble.TookTooMuch : PdfTrouble.Damaged;
        }
#pragma warning restore CA1031
    }

    /// <summary>Memory or stack ran out, perhaps halfway through something that later files need: a type's initialiser runs only once.</summary>
    private static bool HasHarmedTheProcess(Exception damage)
    {
        for (Exception? at = damage; at is not null; at = at.InnerException)
        {
            if (at is OutOfMemoryException or NoRoomException or InsufficientExecutionStackException or TypeInitializationException) return true;
        }

        return false;
    }
}
