using System.Text;

namespace DextSage.Integration.Intake.Structured;

/// <summary>What an electronic invoice says in words, so that the search finds it.</summary>
internal static class StructuredText
{
    private const int Most = 100_000;

    public static string Of(StructuredInvoice invoice)
    {
        var text = new StringBuilder();
        string?[] heads = [.. invoice.Seller?.Names ?? [], .. invoice.Buyer?.Names ?? [], invoice.Number, invoice.OrderReference, invoice.BuyerReference, invoice.ContractReference, .. invoice.Corrects, .. invoice.Notes, invoice.PaymentTerms];
        string?[] lines = [.. invoice.Lines.SelectMany(l => new[] { l.Name, l.Description })];
        foreach (var words in heads.Concat(lines).OfType<string>())
        {
            if (text.Length + words.Length > Most) break;
            text.Append(words).Append('\n');
        }

        return text.ToString();
    }
}
