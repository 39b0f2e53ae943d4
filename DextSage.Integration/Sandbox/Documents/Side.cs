namespace DextSage.Integration.Sandbox;

/// <summary>Buying or selling: whom a document names, which accounts it may name, and who may touch it.</summary>
/// <param name="Area">The area of a person's rights (Sage API 7).</param>
/// <param name="ContactType">VENDOR or CUSTOMER.</param>
/// <param name="NoContact">What Sage says of a contact that is unknown or of the other type.</param>
/// <param name="AccountFlag">The flag that a ledger account must have (Sage API 8.2).</param>
/// <param name="AnalysisArea">The area that an analysis type must be active for (Sage API 8.6).</param>
internal sealed record Side(string Area, string ContactType, SageError NoContact, string AccountFlag, string AnalysisArea)
{
    public static readonly Side Purchases = new("Purchases", "VENDOR", SageError.NoSupplier, "visible_in_expenses", "EXPENSES");
    public static readonly Side Sales = new("Sales", "CUSTOMER", SageError.NoCustomer, "visible_in_sales", "SALES");

    /// <summary>The side's contact of this id; an unknown one and one of the other side are refused alike, with an empty source (Sage API 17).</summary>
    public Record? Contact(ApiCall call, Checks checks, string? id)
    {
        if (id is null) return null;
        if (call.Find("contacts", id) is { Deleted: false } found && found.Body.Objects("contact_types").Any(type => type.Text("id") == ContactType)) return found;
        checks.Add(NoContact);
        return null;
    }
}
