using System.Text.Json.Nodes;

namespace DextSage.Tests.Sandbox;

/// <summary>Payments as tests ask for them.</summary>
internal static class Till
{
    public const string Current = "Current (1200)", CashBox = "Cash in Hand (1210)";

    /// <summary>A payment of some documents, each with the amount that is meant for it.</summary>
    public static async Task<JsonObject> PaymentAsync(this SandboxApi api, string type, decimal total, string bank, params (JsonObject Document, decimal Amount)[] allocated) => new()
    {
        ["transaction_type_id"] = type,
        ["contact_id"] = allocated.Length > 0 ? (string)allocated[0].Document["contact"]!["id"]! : null,
        ["bank_account_id"] = await api.IdAsync("bank_accounts", bank),
        ["date"] = "2026-11-20",
        ["total_amount"] = total.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["reference"] = "PAY-1",
        ["allocated_artefacts"] = Allocated(allocated),
    };

    public static JsonArray Allocated(params (JsonObject Document, decimal Amount)[] allocated) =>
        [.. allocated.Select(one => new JsonObject { ["artefact_id"] = (string)one.Document["id"]!, ["amount"] = one.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) })];

    public static JsonObject Wrap(JsonObject payment) => new() { ["contact_payment"] = payment.DeepClone() };

    public static async Task<JsonObject> PayAsync(this SandboxApi api, string type, decimal total, params (JsonObject Document, decimal Amount)[] allocated) =>
        await api.CreateAsync("contact_payments", Wrap(await api.PaymentAsync(type, total, Current, allocated)));

    public static Task<JsonObject> AllocateAsync(this SandboxApi api, string type, params (JsonObject Document, decimal Amount)[] allocated) =>
        api.CreateAsync("contact_allocations", Allocation(type, allocated));

    public static JsonObject Allocation(string type, params (JsonObject Document, decimal Amount)[] allocated) => new()
    {
        ["contact_allocation"] = new JsonObject
        {
            ["transaction_type_id"] = type,
            ["contact_id"] = (string)allocated[0].Document["contact"]!["id"]!,
            ["allocated_artefacts"] = Allocated(allocated),
        },
    };

    /// <summary>£100.00 of stationery at 20 %, paid on the spot.</summary>
    public static async Task<JsonObject> ExpenseAsync(this SandboxApi api, string type = "OTHER_PAYMENT", bool taxed = true)
    {
        var line = new JsonObject
        {
            ["ledger_account_id"] = await api.IdAsync("ledger_accounts", "Office costs (7500)"),
            ["details"] = "Paper",
            ["net_amount"] = "100.00",
            ["total_amount"] = taxed ? "120.00" : "100.00",
        };
        if (taxed) (line["tax_rate_id"], line["tax_amount"]) = ("GB_STANDARD", "20.00");
        return new JsonObject
        {
            ["transaction_type_id"] = type,
            ["bank_account_id"] = await api.IdAsync("bank_accounts", CashBox),
            ["date"] = "2026-11-20",
            ["total_amount"] = taxed ? "120.00" : "100.00",
            ["reference"] = "TILL-1",
            ["payment_lines"] = new JsonArray(line),
        };
    }

    public static JsonObject WrapExpense(JsonObject expense) => new() { ["other_payment"] = expense.DeepClone() };

    public static async Task<string> BalanceAsync(this SandboxApi api, string bank = Current) => (string)(await api.FindAsync("bank_accounts", account => (string?)account["displayed_as"] == bank))["balance"]!;

    /// <summary>What a document says of itself now: status, paid in all, outstanding.</summary>
    public static async Task<(string Status, string Outstanding)> StandingAsync(this SandboxApi api, JsonObject document)
    {
        var now = await api.ReadAsync(((string)document["$path"]!)[1..]);
        return ((string)now["status"]!["id"]!, (string)now["outstanding_amount"]!);
    }
}
