using System.Globalization;
using System.Text.Json;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>Real invoices against what their publishers say they are. An empty field is fine; a wrong one is not.</summary>
public sealed class PaperReaderCorpus(ITestOutputHelper output)
{
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 6, 1), "GBP");

    /// <summary>Suppliers are counted only: the corpus names them in other words than the paper does ("Free" for "Free SAS").</summary>
    [Fact]
    public async Task Nothing_read_from_real_invoices_is_wrong()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var scores = new Dictionary<string, Score>();
        var wrong = new List<string>();
        foreach (var (pdf, expected) in Papers(Shared.Folder!))
        {
            var reading = await TestPapers.Reader.ReadAsync(File.ReadAllBytes(pdf), Context, TestContext.Current.CancellationToken);
            foreach (var (field, read, right) in Compare(reading, expected))
            {
                var score = scores.TryGetValue(field, out var known) ? known : scores[field] = new Score();
                score.Count(read, right);
                if (field != "Supplier" && read is not null && !right.Contains(read)) wrong.Add($"{Path.GetFileName(pdf)} {field}: read {read}, is {string.Join(" or ", right)}");
                output.WriteLine($"{Path.GetFileName(pdf)} {field}: {read ?? "-"} ({string.Join("|", right)})");
            }
        }

        foreach (var (field, score) in scores) output.WriteLine($"{field}: {score}");
        Assert.Empty(wrong);
        Assert.All(["Date", "Total", "Currency", "Reference"], field => Assert.True(scores[field].Right > 0, $"No {field} was read at all."));
    }

    private static IEnumerable<(string Pdf, JsonElement Expected)> Papers(string shared) =>
        from folder in new[] { "pdf-text", "factur-x" }
        from pdf in Directory.EnumerateFiles(Path.Combine(shared, "corpus", folder), "*.pdf").Order(StringComparer.Ordinal)
        let json = JsonDocument.Parse(File.ReadAllText(pdf + ".expected.json")).RootElement
        select (pdf, json.ValueKind == JsonValueKind.Array ? json[0] : json);

    private static IEnumerable<(string Field, string? Read, string[] Right)> Compare(PaperReading reading, JsonElement expected)
    {
        (string, string?, string[])? Field(string name, string? read, params string[] keys)
        {
            var right = keys.SelectMany(key => Values(expected, key)).ToArray();
            return right.Length == 0 ? null : (name, read, right);
        }

        return new[]
        {
            Field("Date", Day(reading.Date), "date"),
            Field("DueDate", Day(reading.DueDate), "due_date", "date_due"),
            Field("Reference", reading.Reference?.Value, "reference", "invoice_number"),
            Field("Total", Money(reading.Total), "total", "amount"),
            Field("Tax", Money(reading.Tax), "tax", "amount_tax"),
            Field("Net", Money(reading.Net), "net", "amount_untaxed"),
            Field("Currency", reading.Currency?.Value, "currency"),
            Field("Supplier", reading.Supplier?.Value.ToUpperInvariant(), "supplier", "issuer", "partner_name"),
        }.OfType<(string, string?, string[])>();
    }

    private static IEnumerable<string> Values(JsonElement expected, string key) =>
        !expected.TryGetProperty(key, out var value) ? [] : value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => value.EnumerateArray().Select(item => item.GetString()!.ToUpperInvariant()),
            JsonValueKind.Number => [value.GetDecimal().ToString("0.00", CultureInfo.InvariantCulture)],
            _ => [key is "supplier" or "issuer" or "partner_name" ? value.GetString()!.ToUpperInvariant() : value.GetString()!],
        };

    private static string? Day(ReadValue<DateOnly>? read) => read?.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Money(ReadValue<decimal>? read) => read?.Value.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed class Score
    {
        public int Right { get; private set; }

        private int Empty { get; set; }

        private int Wrong { get; set; }

        public void Count(string? read, string[] right)
        {
            if (read is null) Empty++;
            else if (right.Contains(read)) Right++;
            else Wrong++;
        }

        public override string ToString() => $"{Right} right, {Empty} empty, {Wrong} wrong";
    }
}
