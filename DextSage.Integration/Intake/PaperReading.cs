using System.Text.Json.Serialization;
using DextSage.Integration.Intake.Structured;

namespace DextSage.Integration.Intake;

/// <summary>What the reader knows before it reads.</summary>
/// <param name="OwnBusinessName">The reader's own business: a customer on its suppliers' paper, never the supplier.</param>
/// <param name="Today">Paper dated long after it is not believed.</param>
/// <param name="BaseCurrency">ISO 4217 code of the business. Settles which dollar a "$" may be only together with the paper's own words.</param>
public sealed record ReadingContext(string? OwnBusinessName, DateOnly Today, string BaseCurrency);

/// <summary>A value read from a document.</summary>
/// <param name="Value">The value.</param>
/// <param name="Confidence">1 when proven by the document itself (net + tax = total), 0.9 when labelled beyond doubt, 0.8 when there is one candidate only. Less is not reported.</param>
/// <param name="Evidence">The words it was read from, as they stand on the page.</param>
/// <param name="Page">From 1; 0 where an electronic invoice states it that the page does not show.</param>
/// <param name="Box">Where those words stand.</param>
public sealed record ReadValue<T>(T Value, decimal Confidence, string Evidence, int Page, PageBox Box);

/// <summary>A place on a page as fractions of its width and height (0 to 1), from the upper left corner.</summary>
public sealed record PageBox(decimal Left, decimal Top, decimal Width, decimal Height)
{
    public static readonly PageBox Nowhere = new(0, 0, 0, 0);
}

/// <summary>What a document says. A field that is not certain is empty.</summary>
public sealed record PaperReading
{
    /// <summary>Nothing could be read: an image, a scan without text, a damaged file.</summary>
    public static readonly PaperReading Nothing = new();

    /// <summary>The supplier's name as printed.</summary>
    public ReadValue<string>? Supplier { get; init; }

    /// <summary>Whom an electronic invoice is to.</summary>
    public ReadValue<string>? Customer { get; init; }

    /// <summary>The document's own date.</summary>
    public ReadValue<DateOnly>? Date { get; init; }

    public ReadValue<DateOnly>? DueDate { get; init; }

    /// <summary>The supplier's number for the document.</summary>
    public ReadValue<string>? Reference { get; init; }

    /// <summary>Tax included, in <see cref="Currency"/>; before prepayments.</summary>
    public ReadValue<decimal>? Total { get; init; }

    /// <summary>All tax together.</summary>
    public ReadValue<decimal>? Tax { get; init; }

    /// <summary>Without tax.</summary>
    public ReadValue<decimal>? Net { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public ReadValue<string>? Currency { get; init; }

    /// <summary>The electronic invoice that the file is or carries: then the values are its, and none is the page's.</summary>
    [JsonIgnore]
    public StructuredInvoice? Invoice { get; init; }

    /// <summary>Where the pages say something else than the electronic invoice.</summary>
    [JsonIgnore]
    public IReadOnlyList<PageDifference> Differences { get; init; } = [];

    /// <summary>All that the pages read say, line by line, so far as it is kept for the search.</summary>
    public string Text { get; init; } = "";
}
