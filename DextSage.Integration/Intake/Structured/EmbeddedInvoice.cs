using UglyToad.PdfPig;

namespace DextSage.Integration.Intake.Structured;

/// <summary>The invoice that a Factur-X, ZUGFeRD or XRechnung PDF carries as a file within it. Only the worker opens PDFs, so only it comes here.</summary>
internal static class EmbeddedInvoice
{
    /// <summary>As the standards name it, the present one first: a PDF may carry an older version beside it.</summary>
    private static readonly string[] Names = ["factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml"];

    /// <summary>Null where there is none, or where it is larger than any invoice that is taken.</summary>
    public static byte[]? Find(PdfDocument document)
    {
        if (!document.Advanced.TryGetEmbeddedFiles(out var files)) return null;
        var named = from name in Names
                    from file in files
                    where string.Equals(file.Name, name, StringComparison.OrdinalIgnoreCase)
                    select file;
        return named.FirstOrDefault() is { } found && found.Memory.Length is > 0 and <= PaperInspector.MaxBytes ? found.Memory.ToArray() : null;
    }
}
