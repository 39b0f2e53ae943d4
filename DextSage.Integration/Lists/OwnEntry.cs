using System.Globalization;
using System.Text.RegularExpressions;

namespace DextSage.Integration.Lists;

/// <summary>An entry as it is typed by hand or stands on a line of a file.</summary>
/// <param name="Code">Category code, supplier or customer code; the percentage of a tax rate.</param>
/// <param name="Currency">ISO 4217; suppliers and customers.</param>
/// <param name="Category">Name or code of the category to propose; suppliers and customers.</param>
public sealed record OwnEntry(string Name, string? Code = null, string? Currency = null, string? Category = null)
{
    private const int LongestName = 100;
    private const int LongestCode = 30;

    /// <summary>The lists that can be kept by hand while there is no Sage to take them from.</summary>
    public static bool IsKeptByHand(ListKind list) => list is ListKind.Categories or ListKind.TaxRates or ListKind.Suppliers or ListKind.Customers;

    /// <summary>
    /// Without spaces around it; a category also without the rate that Dext's export puts behind its name, "310 - Manpower Cost (0%)".
    /// </summary>
    internal OwnEntry Tidied(ListKind list) => new(
        list is ListKind.Categories ? WithoutRate(Name.Trim()) : Name.Trim(), Blank(Code), Blank(Currency)?.ToUpperInvariant(), Blank(Category) is { } category ? WithoutRate(category) : null);

    /// <summary>The rule that it breaks, whatever else is on the list; null for none.</summary>
    internal string? Broken(ListKind list)
    {
        if (Name.Length == 0) return "The name is empty.";
        if (Name.Length > LongestName) return $"The name has more than {LongestName} characters.";
        if (list is ListKind.TaxRates) return Percentage is null ? "The rate must be a percentage from 0 to 100, such as 20 or 13.5." : null;
        if (list is ListKind.Categories) return Code is not null && NominalCode is null ? "The category code must be a number of at most 8 digits." : null;
        if (Code?.Length > LongestCode) return $"The code has more than {LongestCode} characters.";
        return Currency is null || (Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper)) ? null : "The currency must be three letters, such as GBP.";
    }

    internal int? NominalCode => Code is { Length: <= 8 } digits && digits.All(char.IsAsciiDigit) ? int.Parse(digits, CultureInfo.InvariantCulture) : null;

    internal decimal? Percentage =>
        decimal.TryParse(Code?.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 100 ? rate : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string WithoutRate(string name) => Regex.Replace(name, @"\s*\(\d{1,3}([.,]\d+)?\s?%\)$", "", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
}

/// <summary>What became of a line.</summary>
public enum ImportOutcome { Added, Merged, Unchanged, Refused }

/// <param name="Number">Of the line in the file, from 1.</param>
/// <param name="Rule">Why it was refused, as a sentence.</param>
public sealed record ImportedLine(int Number, string Name, ImportOutcome Outcome, string? Rule);

/// <summary>What an import did, or would do.</summary>
/// <param name="Problem">Why nothing could be done at all; null where it could.</param>
public sealed record ImportReport(IReadOnlyList<ImportedLine> Lines, string? Problem = null)
{
    public int Of(ImportOutcome outcome) => Lines.Count(l => l.Outcome == outcome);
}

/// <summary>Which column of a file is what; null for none.</summary>
public sealed record ImportMapping(int? Name, int? Code, int? Currency, int? Category)
{
    /// <summary>By the headings of the sample files, whatever their case and spaces.</summary>
    public static ImportMapping Guess(ListKind list, IReadOnlyList<string> headings)
    {
        int? Find(params string[] names) => Enumerable.Range(0, headings.Count)
            .Where(at => names.Any(name => string.Equals(Bare(headings[at]), Bare(name), StringComparison.OrdinalIgnoreCase))).Select(at => (int?)at).FirstOrDefault();
        return list is ListKind.Categories
            ? new(Find("Category name", "Name"), Find("Category code", "Code"), null, null)
            : new(Find($"{One(list)} Name", One(list), "Name"), Find($"{One(list)} Code", "Code"), Find("Currency"), Find("Category name", "Category"));
    }

    /// <summary>The headings of the file that this list takes, the required one first.</summary>
    public static IReadOnlyList<string> Headings(ListKind list) => list is ListKind.Categories
        ? ["Category name", "Category code"]
        : [$"{One(list)} Name", $"{One(list)} Code", "Currency", "Category name"];

    private static string One(ListKind list) => list is ListKind.Suppliers ? "Supplier" : "Customer";

    private static string Bare(string heading) => string.Concat(heading.Where(char.IsLetterOrDigit));
}
