using DextSage.Integration.Items;

namespace DextSage.Integration.Intake;

/// <summary>What was read, field by field, with the place on the document where it stands.</summary>
internal static class ReadFields
{
    /// <summary>The item must have been filled: a value is kept as the item holds it.</summary>
    public static IReadOnlyList<ReadField> Of(Item item, PaperReading reading)
    {
        List<ReadField> fields = [];
        Add(ItemField.Supplier, reading.Supplier);
        Add(ItemField.Customer, reading.Customer);
        Add(ItemField.Date, reading.Date);
        Add(ItemField.DueDate, reading.DueDate);
        Add(ItemField.Reference, reading.Reference);
        Add(ItemField.Currency, reading.Currency);
        Add(ItemField.Total, reading.Total);
        Add(ItemField.Tax, reading.Tax);
        return fields;

        void Add<T>(ItemField field, ReadValue<T>? value)
        {
            if (value is null) return;
            fields.Add(new ReadField
            {
                BusinessId = item.BusinessId, ItemId = item.Id, Field = field, Value = ItemText.Of(item, field), Evidence = value.Evidence, Confidence = value.Confidence,
                Page = value.Page, Left = value.Box.Left, Top = value.Box.Top, Width = value.Box.Width, Height = value.Box.Height,
            });
        }
    }
}
