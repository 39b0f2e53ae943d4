namespace DextSage.Integration.Sandbox;

/// <summary>What one organisation's books hold.</summary>
internal static class BusinessPage
{
    public static Html Of(LedgerView view) => Html.Of($"""
        <p><a href="{view.Home}">All organisations</a></p>
        {Documents(view, Side.Purchases, "Purchases", "Supplier", "No purchase has been published here yet.")}
        {Documents(view, Side.Sales, "Sales", "Customer", "No sale has been published here yet.")}
        {Payments(view)}
        {BankAccounts(view)}
        {Contacts(view)}
        """);

    private static Html Documents(LedgerView view, Side side, string title, string contact, string whenEmpty)
    {
        var counts = view.AttachmentCounts();
        return Html.Of($"""
            <h2>{title}</h2>
            {Table.Of(title + ", newest first", ["Date", "Document", contact, "Reference", "Net", "Tax", "Total", "Outstanding", "Status", "Attachments"],
                [.. view.Newest(DocumentKind.All.Where(kind => kind.Side == side).Select(kind => kind.Path)).Select(one => Row(view, one, counts.GetValueOrDefault(one.Id)))], whenEmpty)}
            """);
    }

    private static Html Row(LedgerView view, Record record, int attachments)
    {
        var body = record.Body;
        var sign = view.Sign(body);
        return Table.Row(
            Table.Day(body.Text("date")), Table.Text(DocumentKind.Of(record.Kind)!.Title), Table.Text(body.Text("contact_name")), view.LinkTo(record),
            Table.Amount(body.Text("net_amount"), sign), Table.Amount(body.Text("tax_amount"), sign), Table.Amount(body.Text("total_amount"), sign),
            Table.Amount(body.Text("outstanding_amount"), sign), Table.Text(body.Object("status")?.Text("displayed_as")), Table.Count(attachments));
    }

    private static Html Payments(LedgerView view)
    {
        var counts = view.AttachmentCounts();
        return Html.Of($"""
            <h2>Payments, receipts and allocations</h2>
            {Table.Of("Payments, receipts and allocations, newest first", ["Date", "Type", "Contact", "Reference", "Bank account", "Total", "Status", "Attachments"],
                [.. view.Newest(MoneyEntries.All.Select(entries => entries.Path)).Select(one => Table.Row(
                    Table.Day(one.Body.Text("date")), Table.Text(PaymentPage.TypeOf(one.Body)), Table.Text(one.Body.Object("contact")?.Text("displayed_as") ?? "–"), view.LinkTo(one),
                    Table.Text(one.Body.Object("bank_account")?.Text("displayed_as") ?? "–"), Table.Amount(one.Body.Text("total_amount"), view.Sign(one.Body)),
                    Table.Text(one.Deleted ? "Deleted" : "Posted"), Table.Count(counts.GetValueOrDefault(one.Id))))], "Nothing has been paid, received or allocated here yet.")}
            """);
    }

    private static Html BankAccounts(LedgerView view) => Html.Of($"""
        <h2>Bank accounts</h2>
        {Table.Of("Bank accounts", ["Account", "Type", "Balance"], [.. view.Books.All(view.Business.Id, "bank_accounts").Select(one => Table.Row(
            view.LinkTo(one), Table.Text(one.Body.Object("bank_account_type")?.Text("displayed_as")), Table.Amount(one.Body.Text("balance"), view.Sign(one.Body))))], "")}
        """);

    private static Html Contacts(LedgerView view)
    {
        // Contacts made here were born later than the seed.
        var contacts = view.Books.Page(new RecordQuery(view.Business.Id, "contacts").Where("created_at > ?", BusinessSeed.Opened), 0, 500);
        return Html.Of($"""
            <h2 id="contacts">Contacts created through the API</h2>
            {Table.Of("Contacts", ["Name", "Type", "Reference", "Created"], [.. contacts.Select(one => Table.Row(
                Table.Text(one.Body.Text("name")), Table.Text(one.Body.Objects("contact_types").First().Text("displayed_as")),
                Table.Text(one.Body.Text("reference") ?? "–"), Table.Text(one.Body.Text("created_at"))))], "No contact has been created through the API yet.")}
            """);
    }
}
