using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;

namespace DextSage.App.Items.Bulk;

/// <summary>One field of the dialog Bulk edit: left alone until it is given a value, or emptied on purpose.</summary>
public sealed class EditChoice(ItemField of, string label, Func<object?, ItemEdit> edit)
{
    public delegate Task<IReadOnlyList<PickerEntry>> Search(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken);

    public ItemField Field => of;
    public string Label => label;

    /// <summary>False where an item always has one.</summary>
    public bool CanBeEmpty { get; init; } = true;

    /// <summary>The list to choose from; null where something is typed.</summary>
    public Search? Offers { get; init; }

    public object? Value { get; set; }

    /// <summary>What was typed is nothing that the field could hold.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>Whatever the items have there is taken away.</summary>
    public bool Empties { get; set; }

    /// <summary>Null where it is left alone.</summary>
    public ItemEdit? Edit => Empties ? edit(null) : Value is null or "" ? null : edit(Value);

    /// <summary>Those of a workspace, the most used first.</summary>
    /// <param name="givesAway">Whether the person may give items to somebody else.</param>
    public static IReadOnlyList<EditChoice> Of(Workspace workspace, bool givesAway) =>
    [
        new(ItemField.Category, "Category", v => new ItemEdit.SetCategory(IdOf(v))) { Offers = (pickers, caller, text, stop) => pickers.CategoriesAsync(caller, text, workspace.CategoryUse(), cancellationToken: stop) },
        new(ItemField.TaxRate, "Tax rate", v => new ItemEdit.SetTaxRate(IdOf(v))) { Offers = TaxRatesAsync },
        workspace is Workspace.Costs
            ? new(ItemField.Supplier, "Supplier", v => new ItemEdit.SetSupplier(IdOf(v))) { Offers = (pickers, caller, text, stop) => pickers.SuppliersAsync(caller, text, cancellationToken: stop) }
            : new(ItemField.Customer, "Customer", v => new ItemEdit.SetCustomer(IdOf(v))) { Offers = (pickers, caller, text, stop) => pickers.CustomersAsync(caller, text, stop) },
        new(ItemField.Type, "Type", v => new ItemEdit.SetType((ItemType)v!)) { CanBeEmpty = false },
        new(ItemField.Date, "Date", v => new ItemEdit.SetDate((DateOnly?)v)),
        new(ItemField.DueDate, "Due date", v => new ItemEdit.SetDueDate((DateOnly?)v)),
        new(ItemField.Currency, "Currency", v => new ItemEdit.SetCurrency((v as PickerEntry)?.Name)) { Offers = CurrenciesAsync },
        new(ItemField.Class, "Class", v => new ItemEdit.SetClass(IdOf(v))) { Offers = (pickers, caller, text, stop) => pickers.ClassesAsync(caller, text, stop) },
        new(ItemField.Location, "Location", v => new ItemEdit.SetLocation(IdOf(v))) { Offers = (pickers, caller, text, stop) => pickers.LocationsAsync(caller, text, stop) },
        new(ItemField.PublishTo, "Publish to", v => new ItemEdit.SetPublishTo(v is PickerEntry to ? Destinations.For(workspace).First(d => d.Name() == to.Name) : null)) { Offers = (_, _, text, _) => Task.FromResult(Named(Destinations.For(workspace).Select(d => d.Name()), text)) },
        new(ItemField.Paid, "Paid", v => new ItemEdit.SetPaid(v is PickerEntry { Name: "Yes" })) { CanBeEmpty = false, Offers = (_, _, text, _) => Task.FromResult(Named(["Yes", "No"], text)) },
        new(ItemField.PaymentMethod, "Payment method", v => new ItemEdit.SetPaymentMethod(IdOf(v))) { Offers = PaymentMethodsAsync },
        new(ItemField.Description, "Description", v => new ItemEdit.SetDescription(v as string)),
        new(ItemField.Note, "Note", v => new ItemEdit.SetNote(v as string)),
        .. givesAway ? new EditChoice[] { new(ItemField.Owner, "Document owner", v => new ItemEdit.SetOwner(IdOf(v)!.Value)) { CanBeEmpty = false, Offers = PeopleAsync } } : [],
    ];

    private static IReadOnlyList<PickerEntry> Named(IEnumerable<string> names, string? text) => [.. names.Where(n => IsLike(n, text)).Select(n => new PickerEntry(Guid.Empty, n, Hint: null))];

    private static async Task<IReadOnlyList<PickerEntry>> PaymentMethodsAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        [.. from method in await pickers.PaymentMethodsAsync(caller, cancellationToken) where IsLike(method.Name, text) select method];

    private static Guid? IdOf(object? value) => (value as PickerEntry)?.Id;

    private static async Task<IReadOnlyList<PickerEntry>> TaxRatesAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        [.. from rate in await pickers.TaxRatesAsync(caller, cancellationToken) where IsLike(rate.Name, text) select new PickerEntry(rate.Id, rate.Name, null)];

    private static async Task<IReadOnlyList<PickerEntry>> CurrenciesAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        [.. from code in await pickers.CurrenciesAsync(caller, cancellationToken) where IsLike(code, text) select new PickerEntry(Guid.Empty, code, null)];

    private static async Task<IReadOnlyList<PickerEntry>> PeopleAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        [.. from person in await pickers.PeopleAsync(caller, cancellationToken) where IsLike(person.Name, text) select person];

    private static bool IsLike(string name, string? text) => text is null || name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
