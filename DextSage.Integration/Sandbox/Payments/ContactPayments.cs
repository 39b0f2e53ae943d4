using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Payments to suppliers, receipts from customers, and both ways back (Sage API 11.1).</summary>
internal sealed class ContactPayments() : MoneyEntries("contact_payments", "contact_payment")
{
    protected override string Readers => "Bank:FRO";
    protected override string Writers => "Bank:FR";
    protected override string Deleters => "Bank:F";

    protected override (string[] Fields, string[] References) Kept =>
        (["date", "total_amount", "exchange_rate", "base_currency_currency_charge", "reference"], ["bank_account", "payment_method", "currency"]);

    /// <summary>On Start every payment settles a document whole: no refunds, and nothing on account.</summary>
    protected override bool IsBeyondPlan(ApiCall call) => call.Business.Edition == Edition.Start
        && (PaymentType.OfContacts.Any(type => type.IsRefund && type.Id == call.Entity.Text("transaction_type_id"))
            || call.Entity.Objects("allocated_artefacts").Sum(one => one.Amount("amount")) < call.Entity.Amount("total_amount"));

    protected override bool IsInUse(Ledger ledger, JsonObject body) => MoneyOnAccount.Of(ledger, body) is { } money && Settlement.IsTouched(money.Body);

    protected override JsonObject? Read(ApiCall call, Checks checks)
    {
        var type = PaymentType.Read(checks, PaymentType.OfContacts);
        var contactId = checks.Text("contact_id", required: true);
        var contact = type?.Side.Contact(call, checks, contactId);
        var bank = AccountingRules.Named(call, checks, "bank_accounts", "bank_account_id", required: true);
        var date = AccountingRules.Date(call, checks);
        var total = SageDecimal.Money(checks.Number("total_amount", required: true) ?? 0);
        var method = AccountingRules.Named(call, checks, "payment_methods", "payment_method_id");
        // 1 unless it is sent, whatever the currency (Sage API 11.1).
        var (currency, rate) = AccountingRules.Currency(call, checks, contact, _ => 1);
        var charge = SageDecimal.Money(checks.Number("base_currency_currency_charge") ?? 0);
        var reference = checks.Text("reference", 25);
        var allocations = Allocation.Read(call, checks, contact, required: false);
        if (type is not null) Check(checks, type, currency, total, allocations);
        if (checks.Errors.Count > 0) return null;

        var baseTotal = SageDecimal.Text(SageDecimal.Money(total * rate));
        return new JsonObject
        {
            ["links"] = new JsonArray(),
            ["transaction_type"] = type!.AsReference(),
            // A default is used where none is sent (Sage API 8.5).
            ["payment_method"] = method?.AsReference() ?? bank!.Body["default_payment_method"]?.DeepClone(),
            ["contact"] = contact!.AsReference(),
            ["bank_account"] = bank!.AsReference(),
            ["date"] = AccountingRules.Text(date),
            ["net_amount"] = SageDecimal.Text(total),
            ["tax_amount"] = "0.0",
            ["total_amount"] = SageDecimal.Text(total),
            ["currency"] = currency!.AsReference(),
            ["exchange_rate"] = SageDecimal.Text(rate),
            ["base_currency_net_amount"] = baseTotal,
            ["base_currency_tax_amount"] = "0.0",
            ["base_currency_total_amount"] = baseTotal,
            ["base_currency_currency_charge"] = SageDecimal.Text(charge),
            ["reference"] = reference,
            ["allocated_artefacts"] = new JsonArray([.. allocations.Select(one => one.Shown())]),
            ["tax_rate"] = null,
            ["payment_on_account"] = null,
            ["editable"] = true,
        };
    }

    private static void Check(Checks checks, PaymentType type, Record? currency, decimal total, IReadOnlyList<Allocation> allocations)
    {
        var allocated = allocations.Sum(one => one.Amount);
        // Invented: the wordings.
        if (total <= 0) checks.AddRule("must be greater than zero", "total_amount");
        else if (allocated > total) checks.AddRule("is less than what is allocated", "total_amount");
        // Credit notes and money on account are refunded, everything else is paid; a refund is of something (Sage API 11.1).
        else if (allocations.Any(one => one.Amount < 0 || one.Artefact.IsCredit != type.IsRefund)) checks.Add(SageError.NotPayable);
        else if (type.IsRefund && allocated < total && checks.Errors.Count == 0) checks.AddRule("A refund must be allocated whole.", "allocated_artefacts");
        if (currency is not null && allocations.Any(one => one.Artefact.Currency != currency.Id)) checks.AddRule("must be the currency of what is paid", "currency_id");
    }

    protected override void TakeEffect(Ledger ledger, JsonObject body)
    {
        Allocations.TakeEffect(ledger, body, "contact_payment");
        MoneyOnAccount.Keep(ledger, body);
        BankBalance.Move(ledger, body, back: false);
    }

    protected override void TakeBack(Ledger ledger, JsonObject body)
    {
        Allocations.TakeBack(ledger, body);
        if (MoneyOnAccount.Of(ledger, body) is { } money) ledger.Save(money, deleted: true);
        BankBalance.Move(ledger, body, back: true);
    }

    protected override JsonObject Show(ApiCall call, Record record)
    {
        var body = (JsonObject)record.Body.DeepClone();
        var money = MoneyOnAccount.Of(call.Ledger, body);
        body["links"] = new JsonArray(call.LinkTo($"/{Path}/{record.Id}"));
        body["editable"] = !record.Deleted && !IsInUse(call.Ledger, body);
        body["payment_on_account"] = money?.Body.DeepClone();
        body.Object("payment_on_account")?.Remove("payments_allocations");
        return body;
    }
}

/// <summary>What a payment brought beyond what it was for: a credit of its own id, to be allocated or refunded later (Sage API 11.1).</summary>
internal static class MoneyOnAccount
{
    public static void Keep(Ledger ledger, JsonObject payment)
    {
        var rest = payment.Amount("total_amount") - payment.Objects("allocated_artefacts").Sum(one => one.Amount("amount"));
        if (rest <= 0) return;
        var id = SeedId.New();
        var (text, baseText) = (SageDecimal.Text(rest), SageDecimal.Text(SageDecimal.Money(rest * payment.Amount("exchange_rate"))));
        var contact = ledger.Find("contacts", payment.Object("contact")!.Text("id"))!;
        var money = Reference.To(Artefact.OnAccount, id, payment.Text("displayed_as"));
        money["created_at"] = ledger.Now;
        money["updated_at"] = ledger.Now;
        money["contact_name"] = contact.Body.Text("name");
        money["contact_reference"] = contact.Body.Text("reference");
        foreach (var same in (string[])["contact", "date", "reference", "currency", "exchange_rate"]) money[same] = payment[same]?.DeepClone();
        foreach (var amount in (string[])["net_amount", "total_amount", "outstanding_amount"]) (money[amount], money["base_currency_" + amount]) = (text, baseText);
        (money["tax_amount"], money["base_currency_tax_amount"]) = ("0.0", "0.0");
        money["status"] = ArtefactStatus.Unpaid;
        money["payments_allocations"] = new JsonArray();
        ledger.Add(Artefact.OnAccount, money);
        payment["payment_on_account"] = Reference.To(Artefact.OnAccount, id, payment.Text("displayed_as"));
    }

    public static Record? Of(Ledger ledger, JsonObject payment) => ledger.Find(Artefact.OnAccount, payment.Object("payment_on_account")?.Text("id"));
}

/// <summary>What a bank account holds: all that moved into it, less all that moved out. In base currency (Sage API 8.5).</summary>
internal static class BankBalance
{
    public static void Move(Ledger ledger, JsonObject entry, bool back)
    {
        var account = ledger.Find("bank_accounts", entry.Object("bank_account")!.Text("id"))!;
        account.Body["balance"] = SageDecimal.Text(account.Body.Amount("balance") + (back ? -Movement(entry) : Movement(entry)));
        ledger.Save(account);
    }

    /// <summary>What a payment did to its account; the bank's own charge always goes out.</summary>
    public static decimal Movement(JsonObject entry)
    {
        var amount = entry.ContainsKey("base_currency_total_amount") ? entry.Amount("base_currency_total_amount") : entry.Amount("total_amount");
        return (PaymentType.Of(entry).MoneyIn ? amount : -amount) - entry.Amount("base_currency_currency_charge");
    }
}
