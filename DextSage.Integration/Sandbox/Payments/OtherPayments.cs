using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Money spent or received on the spot, straight to ledger accounts (Sage API 11.3): Dext's "Other Expense". Base currency only.</summary>
internal sealed class OtherPayments() : MoneyEntries("other_payments", "other_payment")
{
    private const string Lines = "payment_lines";

    protected override string Readers => "Bank:FRO";
    protected override string Writers => "Bank:FR";
    protected override string Deleters => "Bank:F";
    protected override (string[] Fields, string[] References) Kept => (["date", "total_amount", "reference"], ["bank_account", "payment_method"]);

    protected override bool IsBeyondPlan(ApiCall call) =>
        call.Business.Edition == Edition.Start && PaymentType.Others.Any(type => type.IsRefund && type.Id == call.Entity.Text("transaction_type_id"));

    protected override JsonObject? Read(ApiCall call, Checks checks)
    {
        var type = PaymentType.Read(checks, PaymentType.Others);
        var date = AccountingRules.Date(call, checks);
        var total = SageDecimal.Money(checks.Number("total_amount", required: true) ?? 0);
        var contact = AccountingRules.Named(call, checks, "contacts", "contact_id");
        // Invented: needed, for every sample has it, though the description does not ask for it.
        var bank = AccountingRules.Named(call, checks, "bank_accounts", "bank_account_id", required: true);
        var method = AccountingRules.Named(call, checks, "payment_methods", "payment_method_id");
        var reference = checks.Text("reference", 25);
        var lines = checks.List(Lines, required: true)
            .Select((line, at) => DraftLine.ReadAmounts(call, checks.Inside(line, Lines, FormattableString.Invariant($"[{Lines}][{at}]")), type?.AccountFlag ?? "", "BANKING", totalRequired: true)).ToList();
        // Invented: both wordings.
        if (total <= 0) checks.AddRule("must be greater than zero", "total_amount");
        else if (checks.Errors.Count == 0 && lines.Sum(line => line.Total) != total) checks.AddRule("is not what the lines add up to", "total_amount");
        return checks.Errors.Count > 0 ? null : new JsonObject
        {
            ["transaction_type"] = type!.AsReference(),
            ["payment_method"] = method?.AsReference() ?? bank!.Body["default_payment_method"]?.DeepClone(),
            ["contact"] = contact?.AsReference(),
            ["bank_account"] = bank!.AsReference(),
            ["tax_address_region"] = null,
            ["date"] = AccountingRules.Text(date),
            ["net_amount"] = SageDecimal.Text(lines.Sum(line => line.Net)),
            ["tax_amount"] = call.Business.VatRegistered ? SageDecimal.Text(total - lines.Sum(line => line.Net)) : null,
            ["total_amount"] = SageDecimal.Text(total),
            ["reference"] = reference,
            [Lines] = new JsonArray([.. lines.Select(line => Line(call, line))]),
            ["editable"] = true,
            ["deletable"] = true,
        };
    }

    private static JsonObject Line(ApiCall call, DraftLine line) => new()
    {
        ["id"] = line.Id ?? SeedId.New(),
        ["displayed_as"] = line.Description,
        ["analysis_type_categories"] = LineCategories.Show(call, line),
        ["ledger_account"] = line.Account!.AsReference(),
        ["details"] = line.Description,
        ["tax_rate"] = line.TaxRate?.AsReference(),
        ["net_amount"] = SageDecimal.Text(line.Net),
        ["tax_amount"] = line.Tax is { } tax ? SageDecimal.Text(tax) : null,
        ["total_amount"] = SageDecimal.Text(line.Total),
        ["tax_breakdown"] = LineBody.Breakdown(line, line.Tax),
        ["is_purchase_for_resale"] = false,
        ["trade_of_asset"] = false,
    };

    protected override void TakeEffect(Ledger ledger, JsonObject body) => BankBalance.Move(ledger, body, back: false);

    protected override void TakeBack(Ledger ledger, JsonObject body) => BankBalance.Move(ledger, body, back: true);

    protected override void LayParts(JsonObject request, JsonObject there, JsonObject asked) =>
        Overlay.LayLines(request, there, asked, Lines, ["id", "details", "net_amount", "tax_amount", "total_amount", "analysis_type_categories"], ["ledger_account", "tax_rate"]);

    protected override JsonObject Show(ApiCall call, Record record)
    {
        var body = (JsonObject)record.Body.DeepClone();
        if (!call.Asked("show_analysis_types"))
            foreach (var line in body.Objects(Lines)) line.Remove("analysis_type_categories");
        return body;
    }
}
