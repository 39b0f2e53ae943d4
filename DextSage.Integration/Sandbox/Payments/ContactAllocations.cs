using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Credit notes and money on account set against invoices (Sage API 11.2).</summary>
internal sealed class ContactAllocations() : MoneyEntries("contact_allocations", "contact_allocation")
{
    protected override string Readers => "ALL OF Sales:F; Purchases:F; Contacts:F";
    protected override string Writers => Readers;
    protected override string Deleters => Readers;
    protected override Edition From => Edition.Standard;
    protected override (string[] Fields, string[] References) Kept => (["date"], []);

    protected override JsonObject? Read(ApiCall call, Checks checks)
    {
        var type = PaymentType.Read(checks, PaymentType.OfAllocations);
        var contactId = checks.Text("contact_id", required: true);
        var contact = type?.Side.Contact(call, checks, contactId);
        var date = AccountingRules.Date(call, checks, required: false);
        var allocations = Allocation.Read(call, checks, contact, required: true);
        if (type is not null && checks.Errors.Count == 0) Check(checks, type, allocations);
        return checks.Errors.Count > 0 ? null : new JsonObject
        {
            ["links"] = new JsonArray(),
            ["transaction_type"] = type!.AsReference(),
            // Invented: the day of the request where none is sent.
            ["date"] = AccountingRules.Text(date) ?? call.Now[..10],
            ["contact"] = contact!.AsReference(),
            ["allocated_artefacts"] = new JsonArray([.. allocations.Select(one => one.Shown())]),
        };
    }

    /// <summary>Amounts sum to zero: for a supplier credits are positive and invoices negative, for a customer the reverse. Invented: the wordings.</summary>
    private static void Check(Checks checks, PaymentType type, IReadOnlyList<Allocation> allocations)
    {
        if (allocations.Sum(one => one.Amount) != 0) checks.AddRule("The allocated amounts must add up to zero.", "allocated_artefacts");
        if (allocations.Any(one => one.Amount > 0 != (one.Artefact.IsCredit == (type.Side == Side.Purchases))))
            checks.AddRule("Credits and invoices must have opposite signs.", "allocated_artefacts");
        // A credit note must match its invoice's treatment (Sage API 9.2).
        if (allocations.Where(one => one.Artefact.Record.Body.ContainsKey("vat_reverse_charge")).Select(one => one.Artefact.Record.Body.Flag("vat_reverse_charge")).Distinct().Count() > 1)
            checks.AddRule("You cannot allocate reverse charge transactions to others.", "allocated_artefacts");
    }

    protected override void TakeEffect(Ledger ledger, JsonObject body) => Allocations.TakeEffect(ledger, body, "contact_allocation");

    protected override void TakeBack(Ledger ledger, JsonObject body) => Allocations.TakeBack(ledger, body);

    protected override JsonObject Show(ApiCall call, Record record)
    {
        var body = (JsonObject)record.Body.DeepClone();
        body["links"] = new JsonArray(call.LinkTo($"/{Path}/{record.Id}"));
        return body;
    }
}
