using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DextSage.Integration.Items.Bulk;

/// <summary>The edits that many items can be given at once: they mean the same for each.</summary>
internal static class BulkEdits
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameEdits } },
    };

    private static readonly Type[] Offered =
    [
        typeof(ItemEdit.SetType), typeof(ItemEdit.SetSupplier), typeof(ItemEdit.NewSupplier), typeof(ItemEdit.SetCustomer), typeof(ItemEdit.NewCustomer),
        typeof(ItemEdit.SetCategory), typeof(ItemEdit.SetTaxRate), typeof(ItemEdit.SetClass), typeof(ItemEdit.SetLocation),
        typeof(ItemEdit.SetDate), typeof(ItemEdit.SetDueDate), typeof(ItemEdit.SetDescription), typeof(ItemEdit.SetNote), typeof(ItemEdit.SetCurrency), typeof(ItemEdit.SetOwner),
        typeof(ItemEdit.SetPublishTo), typeof(ItemEdit.SetPaid), typeof(ItemEdit.SetPaymentMethod),
    ];

    public static bool AreFor(BulkAction action, IReadOnlyList<ItemEdit> edits) => action switch
    {
        BulkAction.Edit => edits.Count > 0 && edits.All(e => Offered.Contains(e.GetType())) && edits.DistinctBy(ItemEdits.FieldOf).Count() == edits.Count,
        BulkAction.Move => edits is [ItemEdit.MoveTo],
        // Which items it is for is found by the room that has the rules.
        BulkAction.ApplyRules => false,
        _ => edits.Count == 0,
    };

    public static string? Write(IReadOnlyList<ItemEdit> edits) => edits.Count == 0 ? null : JsonSerializer.Serialize(edits, Json);

    public static IReadOnlyList<ItemEdit> Read(string? written) => written is null ? [] : JsonSerializer.Deserialize<List<ItemEdit>>(written, Json)!;

    private static void NameEdits(JsonTypeInfo type)
    {
        if (type.Type != typeof(ItemEdit)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "edit" };
        foreach (var edit in Offered.Append(typeof(ItemEdit.MoveTo))) type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(edit, edit.Name));
    }
}
