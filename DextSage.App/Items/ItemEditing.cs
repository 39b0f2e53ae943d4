using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Items;

/// <summary>What every field of the item page shares: the item as it was last read, and the way to change it.</summary>
/// <param name="Last">The last edit made on this page.</param>
/// <param name="Save">Saves an edit of a field made on a version, and reads the item again.</param>
public sealed record ItemEditing(
    ItemView Item, LastEdit? Last, FieldPlaces Places, Func<ItemField, ItemEdit, int, Task<EditOutcome>> Save, Func<Task> UndoAsync)
{
    public bool IsLocked => Item.Locked is not null;
}

/// <param name="Undo">What takes it back; null once it has been taken back.</param>
public sealed record LastEdit(ItemField Field, ItemEdit? Undo);

/// <summary>A field that a person is in, or was in last: what is clicked on the document goes there.</summary>
/// <param name="Put">Takes a text as if it had been typed.</param>
/// <param name="Line">The line that it is on; null for a field of the item itself.</param>
public sealed record FieldTarget(ItemField Field, string Label, Func<string, Task> Put, Guid? Line = null)
{
    /// <summary>Whether it is still there to be typed into.</summary>
    public bool IsOn(ItemView item) => item.Locked is null && (Line is null ? item.HasField(Field) || Field is ItemField.Owner : item.Lines.Any(l => l.Id == Line));
}

/// <summary>Where the fields are, so that an issue can lead to its own, and which of them a person is in.</summary>
public sealed class FieldPlaces
{
    private readonly Dictionary<ItemField, Func<ValueTask>> focus = [];
    private readonly Dictionary<Guid, Func<ValueTask>> lines = [];

    /// <summary>The field that was entered last; null before the first, and once it was let go.</summary>
    public FieldTarget? Target { get; private set; }

    /// <summary>Called when <see cref="Target"/> has changed.</summary>
    public Action? OnTarget { get; init; }

    public void Set(ItemField field, Func<ValueTask> goThere) => focus[field] = goThere;

    public ValueTask GoToAsync(ItemField field) => focus.TryGetValue(field, out var go) ? go() : ValueTask.CompletedTask;

    public void SetLine(Guid line, Func<ValueTask> goThere) => lines[line] = goThere;

    public ValueTask GoToLineAsync(Guid line) => lines.TryGetValue(line, out var go) ? go() : GoToAsync(ItemField.Lines);

    public void Enter(FieldTarget? target)
    {
        if (Target?.Label == target?.Label && Target?.Field == target?.Field)
        {
            Target = target;
            return;
        }
        Target = target;
        OnTarget?.Invoke();
    }
}

internal static class ItemWords
{
    public static string Name(this ItemType type) => type switch
    {
        ItemType.Invoice => "Invoice",
        ItemType.Receipt => "Receipt",
        ItemType.CreditNote => "Credit note",
        ItemType.SalesInvoice => "Sales invoice",
        ItemType.ExpenseClaim => "Expense claim",
        ItemType.Statement => "Statement",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, message: null),
    };

    /// <summary>Whether the page has a field for it. The document has its pane.</summary>
    public static bool HasField(this ItemView item, ItemField field) => field switch
    {
        ItemField.Document or ItemField.Owner or ItemField.Workspace or ItemField.Place or ItemField.Duplicate or ItemField.Pages or ItemField.Flag or ItemField.Held => false,
        ItemField.Supplier => item.Workspace is Workspace.Costs,
        ItemField.Paid => item.Destination.IsPaidSeparately(),
        ItemField.PaymentMethod or ItemField.PaidOn => item.IsPaid || !item.Destination.IsPaidSeparately(),
        ItemField.PaidAmount => item.IsPaid && item.Destination.IsPaidSeparately(),
        ItemField.ReverseCharge => item.ReverseCharge || (item.UsesTax && item.Destination.TakesForeignCurrency()),
        ItemField.Category => item.Lines.Count == 0,
        ItemField.ExchangeRate => item.IsForeign,
        ItemField.Class => item.ClassLabel is not null && item.Lines.Count == 0,
        ItemField.Location => item.LocationLabel is not null && item.Lines.Count == 0,
        ItemField.TaxRate => item.ShowsTaxRate && item.Lines.Count == 0,
        ItemField.Tax => item.UsesTax,
        _ => true,
    };

    /// <summary>The categories that Sage takes on it.</summary>
    public static CategoryUse CategoryUse(this ItemView item) => item.Destination is Destination.OtherPayment ? DextSage.Integration.Lists.CategoryUse.OtherPayments : item.Workspace.CategoryUse();

    public static CategoryUse CategoryUse(this Workspace workspace) => workspace is Workspace.Sales ? DextSage.Integration.Lists.CategoryUse.Sales : DextSage.Integration.Lists.CategoryUse.Costs;

    public static string Name(this LineField field) => field switch
    {
        LineField.TaxRate => "Tax rate",
        LineField.UnitPrice => "Unit price",
        LineField.Product => "Product",
        LineField.Position => "Place",
        _ => field.ToString(),
    };
}
