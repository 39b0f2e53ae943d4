using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>What can be paid, refunded or allocated: a document, or money on account.</summary>
internal sealed record Artefact(Record Record, bool IsCredit)
{
    /// <summary>Where money on account is kept; invented, for Sage shows it only inside its payment.</summary>
    public const string OnAccount = "payments_on_account";

    public decimal Outstanding => Record.Body.Amount("outstanding_amount");

    public string? Currency => Record.Body.Object("currency")?.Text("id");

    public bool IsOpen => !Record.Deleted && ArtefactStatus.Of(Record.Body) is "UNPAID" or "PART_PAID";

    /// <summary>By its id alone, as allocated_artefacts name it: the document's own, not its transaction's (Sage API 11.1).</summary>
    public static Artefact? Find(Ledger ledger, string? id)
    {
        foreach (var kind in DocumentKind.All)
            if (ledger.Find(kind.Path, id) is { } document)
                return new(document, kind.IsCreditNote || document.Body.Object("quick_entry_type")?.Text("id") == "CREDIT_NOTE");
        return ledger.Find(OnAccount, id) is { } money ? new(money, IsCredit: true) : null;
    }
}

/// <summary>One of the allocated_artefacts of a payment or an allocation.</summary>
internal sealed record Allocation(Artefact Artefact, decimal Amount, decimal Discount)
{
    public string Id => Artefact.Record.Id;

    /// <summary>What is asked to be settled, each artefact once: one that is unknown, another contact's, settled or void, or owes less is refused.</summary>
    public static IReadOnlyList<Allocation> Read(ApiCall call, Checks checks, Record? contact, bool required)
    {
        var read = new List<Allocation>();
        foreach (var (at, one) in checks.List("allocated_artefacts", required).Index())
        {
            var inside = checks.Inside(one, "allocated_artefacts", FormattableString.Invariant($"[allocated_artefacts][{at}]"));
            var id = inside.Text("artefact_id", required: true);
            var amount = SageDecimal.Money(inside.Number("amount", required: true) ?? 0);
            var discount = SageDecimal.Money(inside.Number("discount") ?? 0);
            if (id is null || contact is null) continue;
            if (Artefact.Find(call.Ledger, id) is not { } artefact || artefact.Record.Body.Object("contact")?.Text("id") != contact.Id) inside.Add(SageError.NotFound);
            else if (!artefact.IsOpen) inside.Add(SageError.NotPayable);
            // Invented: the three wordings.
            else if (read.Exists(other => other.Id == id)) inside.AddRule("must be named once", "artefact_id");
            else if (amount == 0 || discount < 0) inside.AddRule("is out of range", "amount");
            else if (Math.Abs(amount) + discount > artefact.Outstanding) inside.AddRule("is more than the outstanding amount", "amount");
            else read.Add(new(artefact, amount, discount));
        }
        return read;
    }

    public JsonObject Shown()
    {
        var shown = new JsonObject { ["id"] = SeedId.New(), ["artefact"] = Artefact.Record.AsReference(), ["amount"] = SageDecimal.Text(Amount) };
        if (Discount != 0) shown["discount"] = SageDecimal.Text(Discount);
        return shown;
    }
}

/// <summary>Carries what a payment or an allocation settles over to the documents, and back.</summary>
internal static class Allocations
{
    /// <param name="ledger">The books.</param>
    /// <param name="body">The payment or the allocation.</param>
    /// <param name="member">How a document refers to it: <c>contact_payment</c> or <c>contact_allocation</c>.</param>
    public static void TakeEffect(Ledger ledger, JsonObject body, string member)
    {
        foreach (var allocated in body.Objects("allocated_artefacts"))
            Settlement.Note(ledger, Named(ledger, allocated), new JsonObject
            {
                ["links"] = new JsonArray(),
                ["date"] = body.Text("date"),
                ["type"] = body.Object("transaction_type")!.Text("displayed_as"),
                ["reference"] = body.Text("reference"),
                ["amount"] = SageDecimal.Text(Math.Abs(allocated.Amount("amount"))),
                ["discount"] = SageDecimal.Text(allocated.Amount("discount")),
                [member] = new JsonObject { ["id"] = body.Text("id"), ["displayed_as"] = body.Text("displayed_as"), ["$path"] = body.Text("$path") },
                ["displayed_as"] = body.Text("displayed_as"),
                ["negative_payment"] = false,
            });
    }

    public static void TakeBack(Ledger ledger, JsonObject body)
    {
        foreach (var allocated in body.Objects("allocated_artefacts")) Settlement.TakeBack(ledger, Named(ledger, allocated), body.Text("id")!);
    }

    /// <summary>What was allocated, as a request would ask for it.</summary>
    public static JsonArray AskedAgain(JsonObject body) => new([.. body.Objects("allocated_artefacts").Select(one => Overlay.Request(one, ["amount", "discount"], ["artefact"]))]);

    private static Record Named(Ledger ledger, JsonObject allocated) => Artefact.Find(ledger, allocated.Object("artefact")!.Text("id"))!.Record;
}
