namespace DextSage.Integration.Items;

/// <summary>What the fields are called, wherever they are spoken of.</summary>
public static class FieldNames
{
    /// <summary>As beside the field: "Document reference".</summary>
    public static string Name(this ItemField field) => field switch
    {
        ItemField.DueDate => "Due date",
        ItemField.Reference => "Document reference",
        ItemField.Total => "Total amount",
        ItemField.TaxRate => "Tax rate",
        ItemField.Lines => "Line items",
        ItemField.ExchangeRate => "Exchange rate",
        ItemField.Owner => "Document owner",
        ItemField.PublishTo => "Publish to",
        ItemField.PaymentMethod => "Payment method",
        ItemField.PaidOn => "Paid on",
        ItemField.PaidAmount => "Amount paid",
        ItemField.ReverseCharge => "Domestic Reverse Charge",
        ItemField.Held => "Held for review",
        _ => field.ToString(),
    };

    /// <summary>Within a sentence: "document reference".</summary>
    public static string Words(this ItemField field) => field.Name().ToLowerInvariant();
}
