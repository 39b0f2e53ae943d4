using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;

namespace DextSage.Tests.Corpus;

internal enum Verdict { Right, Empty, Wrong }

/// <summary>A field of a document: what was read, and what is right according to the file beside it.</summary>
/// <param name="Right">Any of them is; none where the document does not say.</param>
/// <param name="IsText">Near enough is right: names are written in more ways than one.</param>
internal sealed partial record CorpusField(string Name, string? Read, IReadOnlyList<string> Right, bool IsText)
{
    /// <summary>How alike a text has to be, from 0 to 1.</summary>
    private const double NearEnough = 0.9;

    public Verdict Verdict => (Read, Right.Count) switch
    {
        (null, 0) => Verdict.Right,
        (null, _) => Verdict.Empty,
        _ => Likeness >= (IsText ? NearEnough : 1) ? Verdict.Right : Verdict.Wrong,
    };

    /// <summary>1 less the edit distance to the nearest of what is right, as a part of the longer one's length.</summary>
    public double Likeness => Read is null || Right.Count == 0 ? 0 : Right.Max(right => EditDistance.Likeness(Folded(Read), Folded(right)));

    /// <summary>What the expectation beside a document names, of what was read of it. An electronic invoice is held against it exactly.</summary>
    public static IReadOnlyList<CorpusField> Of(PaperReading reading, JsonElement beside)
    {
        var expected = beside.ValueKind is JsonValueKind.Array ? beside[0] : beside;
        var fields = new List<CorpusField>();
        var invoice = reading.Invoice;
        Add("kind", invoice is null ? null : invoice.IsCreditNote ? "credit_note" : "invoice", "kind");
        Add("supplier", reading.Supplier?.Value, "supplier", "issuer", "partner_name", "company");
        Add("reference", reading.Reference?.Value, "reference", "invoice_number");
        Add("date", Day(reading.Date?.Value), "date");
        Add("due date", Day(invoice?.DueDate ?? reading.DueDate?.Value), "due_date", "date_due");
        Add("currency", reading.Currency?.Value, "currency");
        Add("net", Money(invoice is null ? reading.Net?.Value : invoice.Totals.Net), "net", "amount_untaxed");
        Add("tax", Money(invoice is null ? reading.Tax?.Value : invoice.Totals.Tax), "tax", "amount_tax");
        Add("total", Money(invoice is null ? reading.Total?.Value : invoice.Totals.Total), "total", "amount");
        Add("payable", Money(invoice?.Totals.Payable), "payable");
        if (expected.TryGetProperty("taxes", out var taxes) && taxes.ValueKind is JsonValueKind.Array) fields.Add(new("taxes", invoice is null ? null : Taxes(invoice), [Taxes(taxes)], IsText: false));
        // Elsewhere the lines themselves stand under this name.
        if (expected.TryGetProperty("lines", out var lines) && lines.ValueKind is JsonValueKind.Number) Add("lines", invoice?.Lines.Count.ToString(CultureInfo.InvariantCulture), "lines");
        return fields;

        void Add(string name, string? read, params string[] keys)
        {
            var named = keys.Where(key => expected.TryGetProperty(key, out _)).ToList();
            if (named.Count > 0) fields.Add(new CorpusField(name, read, [.. named.SelectMany(key => Values(expected.GetProperty(key), name))], IsText: name is "supplier" && invoice is null));
        }
    }

    private static IEnumerable<string> Values(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => Values(v, field)),
        JsonValueKind.Number when field is "lines" => [value.GetInt32().ToString(CultureInfo.InvariantCulture)],
        JsonValueKind.Number => [Money(value.GetDecimal())!],
        _ => [field is "date" or "due date" ? IsoDay(value.GetString()!) : field is "net" or "tax" or "total" or "payable" ? Amount(value.GetString()!) : value.GetString()!],
    };

    private static string Taxes(JsonElement taxes) => Joined(taxes.EnumerateArray().Select(t => (Part(t, "rate"), Part(t, "net"), Part(t, "tax"))));

    private static string Taxes(StructuredInvoice invoice) => Joined(invoice.Taxes.Select(t => (t.Percent, t.Net, t.Tax)));

    private static string Joined(IEnumerable<(decimal? Rate, decimal? Net, decimal? Tax)> parts) =>
        string.Join(", ", parts.OrderBy(p => p.Rate).ThenBy(p => p.Net).ThenBy(p => p.Tax).Select(p => $"{Money(p.Rate)}% of {Money(p.Net)}: {Money(p.Tax)}"));

    private static decimal? Part(JsonElement tax, string name) =>
        tax.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : null;

    // Receipts are dated 25/12/2018.
    private static string IsoDay(string day) =>
        DateOnly.TryParseExact(day, ["dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "dd/MM/yy", "dd-MM-yy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? Day(read)! : day;

    private static string Amount(string amount) =>
        decimal.TryParse(amount.TrimStart('$', 'R', 'M', ' '), NumberStyles.Number, CultureInfo.InvariantCulture, out var read) ? Money(read)! : amount;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Money(decimal? amount) => amount?.ToString("0.00########", CultureInfo.InvariantCulture);

    private string Folded(string text) => string.Join(' ', (IsText ? Bare(text.ToUpperInvariant()) : text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // "Free" is how people call Free SAS.
    private static string Bare(string name) => LegalForm.Replace(name, "");

    [GeneratedRegex(@"[\s,]+(?:SAS|S\.A\.S\.|SA|SARL|B\.?V\.?|N\.?V\.?|GMBH|AG|LTD|LIMITED|PLC|INC)\.?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LegalForm { get; }
}

/// <summary>Levenshtein's: the fewest letters put in, taken out or changed that make one text of another.</summary>
internal static class EditDistance
{
    public static double Likeness(string one, string other) =>
        one == other ? 1 : 1 - (double)Between(one, other) / Math.Max(one.Length, other.Length);

    private static int Between(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)), row[j]);
        }

        return row[^1];
    }
}
