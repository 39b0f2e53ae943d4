using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One payment or allocation as a person reads it.</summary>
internal static class PaymentPage
{
    public static Html Of(LedgerView view, Record payment)
    {
        var body = payment.Body;
        var sign = view.Sign(body);
        return Html.Of($"""
            <p>{view.Back}</p>
            <dl>
            {Facts.Of("Type", TypeOf(body))}
            {Facts.Of("Status", payment.Deleted ? "Deleted" : "Posted")}
            {Facts.Of("Contact", body.Object("contact")?.Text("displayed_as"))}
            {(body.Object("bank_account") is { } bank ? Html.Of($"<dt>Bank account</dt><dd>{view.LinkTo(bank)}</dd>") : Html.None)}
            {(body.Object("payment_method") is { } method ? Facts.Of("Payment method", method.Text("displayed_as")) : Html.None)}
            {Facts.Of("Date", body.Text("date"))}
            {Facts.Where(body, "reference", "Reference")}
            {(body.ContainsKey("total_amount") ? Facts.Amount("Total", body.Text("total_amount"), sign) : Html.None)}
            {(body.Object("payment_on_account") is { } money ? OnAccount(view, money, sign) : Html.None)}
            </dl>
            {(body.ContainsKey("payment_lines") ? Lines(view, payment, sign) : Settled(view, body, sign))}
            """);
    }

    public static string Title(JsonObject payment) => $"{TypeOf(payment)} {payment.Text("reference")}".Trim();

    public static string? TypeOf(JsonObject payment) => payment.Object("transaction_type")?.Text("displayed_as");

    private static Html OnAccount(LedgerView view, JsonObject money, string sign) =>
        Facts.Amount("Still on account", view.Find(Artefact.OnAccount, money.Text("id")!)?.Body.Text("outstanding_amount"), sign);

    private static Html Lines(LedgerView view, Record payment, string sign) => Html.Of($"""
        <h2>Lines</h2>
        {AmountLines.Of(payment.Body.Objects("payment_lines"), sign)}
        {view.Attached(payment.Id)}
        """);

    private static Html Settled(LedgerView view, JsonObject payment, string sign) => Html.Of($"""
        <h2>What it settles</h2>
        {Table.Of("What it settles", ["Document", "Amount", "Discount"], [.. payment.Objects("allocated_artefacts").Select(one => Table.Row(
            view.LinkTo(one.Object("artefact")!), Table.Amount(one.Text("amount"), sign), Table.Amount(one.Text("discount"), sign)))], "Nothing yet: it stays on the contact's account.")}
        """);
}

/// <summary>One bank account with everything that moved it.</summary>
internal static class BankPage
{
    public static Html Of(LedgerView view, Record account)
    {
        var sign = view.Sign(account.Body);
        return Html.Of($"""
            <p>{view.Back}</p>
            <dl>
            {Facts.Of("Type", account.Body.Object("bank_account_type")?.Text("displayed_as"))}
            {Facts.Of("Currency", account.Body.Object("currency")?.Text("displayed_as"))}
            {Facts.Amount("Balance", account.Body.Text("balance"), sign)}
            </dl>
            <h2>Movements</h2>
            {Table.Of("Movements, newest first", ["Date", "Type", "Contact", "Reference", "In", "Out"], [.. view.Newest("contact_payments", "other_payments")
                .Where(one => !one.Deleted && one.Body.Object("bank_account")?.Text("id") == account.Id).Select(one => Row(view, one, sign))], "Nothing has moved on this account yet.")}
            """);
    }

    private static Html Row(LedgerView view, Record payment, string sign)
    {
        var movement = BankBalance.Movement(payment.Body);
        var amount = Table.Amount(SageDecimal.Text(Math.Abs(movement)), sign);
        return Table.Row(Table.Day(payment.Body.Text("date")), Table.Text(PaymentPage.TypeOf(payment.Body)), Table.Text(payment.Body.Object("contact")?.Text("displayed_as") ?? "–"),
            view.LinkTo(payment), movement > 0 ? amount : Html.None, movement > 0 ? Html.None : amount);
    }
}
