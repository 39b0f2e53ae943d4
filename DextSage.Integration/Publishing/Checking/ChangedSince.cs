using System.Text.Json;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>What somebody has changed in Sage since an item was published there.</summary>
internal static class ChangedSince
{
    private const string Outstanding = "amount outstanding";

    public static IEnumerable<Difference> Publishing(StepWork work, SageDocument document)
    {
        var sent = Sent(work);
        // Settings may have moved on since: what was meant then had tax in it, or had none.
        var then = sent is { } body ? work with { Context = work.Context with { UsesTax = HasTax(body) } } : work;
        return ReadBack.Differences(then, document).Where(d => Counts(d, work, document, sent));
    }

    private static bool Counts(Difference difference, StepWork work, SageDocument document, JsonElement? sent) => difference.Field switch
    {
        // What was paid since is no difference; a payment of ours that is gone is one.
        Outstanding => document.OutstandingAmount > work.Item.Total - (work.Item.PaidAmount ?? work.Item.Total),
        // Where the paper has none it followed from the contact's terms, which may be others by now.
        "due date" when work.Item.DueDate is null && sent is { } body => Text(body, "due_date") is { } meant && meant != $"{document.DueDate:yyyy-MM-dd}",
        // A document that was there before was never meant to be like the item in every field.
        "total" or "date" or "currency" => true,
        _ => sent is not null,
    };

    private static JsonElement? Sent(StepWork work)
    {
        if (work.Publication.Steps.Find(s => s.Kind is StepKind.CreateDocument)?.Body is not { } body) return null;
        using var json = JsonDocument.Parse(body);
        return json.RootElement.EnumerateObject().First().Value.Clone();
    }

    private static bool HasTax(JsonElement document) => document.GetRawText().Contains("\"tax_amount\"", StringComparison.Ordinal);

    private static string? Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) ? value.GetString() : null;
}
