using System.Globalization;
using System.Text.Json.Nodes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>An item becomes each kind of Sage's documents; what Sage then holds is read through its own front door.</summary>
public sealed class EveryDestination
{
    [Fact]
    public async Task A_credit_note_becomes_one_with_its_file()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetType(ItemType.CreditNote));

        var published = await PublishAsync(workshop, item);

        var note = await TheOnlyAsync(workshop, "purchase_credit_notes");
        Assert.Equal((item.Total, item.Tax, item.Reference), (Amount(note, "total_amount"), Amount(note, "tax_amount"), (string?)note["vendor_reference"]));
        Assert.Equal((string?)note["displayed_as"], published.SageNumber);
        Assert.Single(await FilesAsync(workshop, "PURCHASE_CREDIT_NOTE", (string)note["id"]!));
    }

    [Theory]
    [InlineData(ItemType.Invoice, "INVOICE")]
    [InlineData(ItemType.CreditNote, "CREDIT_NOTE")]
    public async Task A_quick_entry_has_no_file_and_names_the_items_page(ItemType type, string kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPublishTo(PublishTo.QuickEntry));

        await PublishAsync(workshop, item);

        var entry = await TheOnlyAsync(workshop, "purchase_quick_entries");
        Assert.Equal((item.Total, kind), (Amount(entry, "total_amount"), (string?)entry["quick_entry_type"]!["id"]));
        Assert.Contains($"DextSage item {item.Code} http", (string?)entry["details"], StringComparison.Ordinal);
        Assert.Contains($"/costs/{item.Code}", (string?)entry["details"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemType.SalesInvoice, null, "sales_invoices")]
    [InlineData(ItemType.CreditNote, null, "sales_credit_notes")]
    [InlineData(ItemType.SalesInvoice, PublishTo.QuickEntry, "sales_quick_entries")]
    public async Task A_sale_becomes_what_it_is(ItemType type, PublishTo? to, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await SaleAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPublishTo(to));

        await PublishAsync(workshop, item);

        var sale = await TheOnlyAsync(workshop, path);
        Assert.Equal((item.Total, item.CustomerName, item.Reference), (Amount(sale, "total_amount"), (string?)sale["contact_name"], (string?)sale["reference"]));
    }

    [Theory]
    [InlineData(ItemType.Invoice, null, "purchase_invoices", "PAID", 0)]
    [InlineData(ItemType.Invoice, 100, "purchase_invoices", "PART_PAID", 173)]
    [InlineData(ItemType.CreditNote, null, "purchase_credit_notes", "PAID", 0)]
    public async Task What_is_paid_is_paid_in_Sage_from_the_methods_account(ItemType type, int? part, string path, string status, int owed)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPaid(IsPaid: true), await CardAsync(workshop), new ItemEdit.SetPaidAmount(part));

        await PublishAsync(workshop, item);

        var document = await TheOnlyAsync(workshop, path);
        Assert.Equal((status, owed), ((string?)document["status"]!["id"], Amount(document, "outstanding_amount")));
        var payment = Assert.Single(await Books.DocumentsAsync(workshop, "contact_payments"), p => p["allocated_artefacts"]!.AsArray().Any(a => (string?)a!["artefact"]!["id"] == (string?)document["id"]));
        Assert.Equal(part ?? item.Total, Amount(payment, "total_amount"));
    }

    [Theory]
    [InlineData("lost-before")]
    [InlineData("answer-lost-after-commit")]
    [InlineData("error-after-commit")]
    public async Task A_payment_whose_answer_is_lost_is_made_once(string fault)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), await CardAsync(workshop));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contact_payments", kind = fault, times = 1 });

        await PublishAsync(workshop, item);

        Assert.Equal(0, Amount(await TheOnlyAsync(workshop, "purchase_invoices"), "outstanding_amount"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(422)]
    public async Task A_payment_that_is_refused_after_a_lost_answer_is_found_where_it_stands(int status)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), await CardAsync(workshop));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contact_payments", kind = "answer-lost-after-commit", times = 1 });
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contact_payments", kind = "status", status, dataCode = "RecordInvalid", message = "You can only pay unpaid or part-paid invoices.", times = 1 });

        await PublishAsync(workshop, item);

        Assert.Equal(0, Amount(await TheOnlyAsync(workshop, "purchase_invoices"), "outstanding_amount"));
    }

    [Theory]
    [InlineData("answer-lost-after-commit", true)]
    [InlineData("lost-before", false)]
    public async Task A_payment_that_Sage_no_longer_remembers_is_looked_for(string fault, bool isThere)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), await CardAsync(workshop));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contact_payments", kind = fault, times = 1 });
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.WaitingBecause is not null);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.Publications.SelectMany(p => p.Steps).Where(s => s.Kind == StepKind.RecordPayment).ExecuteUpdateAsync(set => set.SetProperty(s => s.SentAt, TimeProvider.System.GetUtcNow().AddDays(-7)));

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);

        Assert.Equal(isThere, published.PublishedWith is null);
        if (!isThere) Assert.Contains("has no such payment", published.PublishedWith, StringComparison.Ordinal);
        Assert.Equal(isThere ? 0 : item.Total, Amount(await TheOnlyAsync(workshop, "purchase_invoices"), "outstanding_amount"));
    }

    [Fact]
    public async Task A_refused_payment_leaves_the_bill_and_says_so()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), await CardAsync(workshop));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contact_payments", kind = "status", status = 422, dataCode = "RecordInvalid", message = "The bank account is inactive.", times = 1 });

        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Contains("was not recorded as paid: The bank account is inactive.", published.PublishedWith, StringComparison.Ordinal);
        Assert.Equal(item.Total, Amount(await TheOnlyAsync(workshop, "purchase_invoices"), "outstanding_amount"));
    }

    [Theory]
    [InlineData(ItemType.Receipt, "OTHER_PAYMENT")]
    [InlineData(ItemType.CreditNote, "OTHER_PAYMENT_REFUND")]
    public async Task An_other_expense_goes_straight_out_of_the_bank_with_its_file(ItemType type, string kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPublishTo(PublishTo.OtherPayment), await CardAsync(workshop));

        await PublishAsync(workshop, item);

        var payment = Assert.Single(await Books.DocumentsAsync(workshop, "other_payments"), p => (string?)p["reference"] == item.Reference);
        Assert.Equal((kind, item.Total, item.Tax), ((string?)payment["transaction_type"]!["id"], Amount(payment, "total_amount"), Amount(payment, "tax_amount")));
        Assert.StartsWith($"DextSage item {item.Code}", (string?)payment["payment_lines"]![0]!["details"], StringComparison.Ordinal);
        Assert.Single(await FilesAsync(workshop, "OTHER_PAYMENT", (string)payment["id"]!));
    }

    [Fact]
    public async Task What_Sage_has_already_is_asked_about_and_can_be_attached_to()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop);
        await Books.EnterBillAsync(workshop, item.SupplierName!, item.Date!.Value.AddDays(2), item.Reference, item.Total!.Value);

        await workshop.PublishAsync(item.Code);
        var held = await workshop.ItemAsync(item.Code, i => i.Failure is not null);
        var twin = Assert.Single(held.Failure!.InSage);
        Assert.Equal((nameof(PublishFailureKind.InSageAlready), ItemStatus.Ready, item.Total), (held.Failure.Kind, held.Status, twin.Total));

        Assert.Null(await workshop.Get<PublishDecisions>().AttachAsync(workshop.Admin, item.Code, held.Version, twin.Id));

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Equal(twin.Id, Assert.Single(await Books.BillsAsync(workshop)).Id);
        Assert.Single(await FilesAsync(workshop, "PURCHASE_INVOICE", twin.Id));
    }

    [Fact]
    public async Task What_is_not_the_same_is_published_all_the_same()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop);
        await Books.EnterBillAsync(workshop, item.SupplierName!, item.Date!.Value, item.Reference, item.Total!.Value);
        await workshop.PublishAsync(item.Code);
        var held = await workshop.ItemAsync(item.Code, i => i.Failure is not null);

        Assert.Null(await workshop.Get<PublishDesk>().PublishAnywayAsync(workshop.Admin, item.Code, held.Version));

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Equal(2, (await Books.BillsAsync(workshop)).Count);
    }

    [Fact]
    public async Task Two_parts_of_one_paper_are_not_each_others_duplicate()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop);
        var split = await workshop.Get<AmountSplitDesk>().SplitAsync(workshop.Admin, item.Code, 100, item.Version);
        Assert.Null(split.Refusal);

        await PublishAsync(workshop, await workshop.MakeReadyAsync(item.Code));
        await PublishAsync(workshop, await workshop.MakeReadyAsync(split.Code!));

        Assert.Equal([100, item.Total - 100], (await Books.BillsAsync(workshop)).Select(b => (decimal?)b.Total).Order());
    }

    [Fact]
    public async Task A_publication_is_cancelled_before_it_is_sent_and_not_after()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await CostAsync(workshop);
        // While the connection is broken nothing leaves.
        await Books.RemoveAccessAsync(workshop);
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.WaitingBecause is not null);

        Assert.True((await workshop.Get<PublishDesk>().LastAsync(workshop.Admin, item.Code)).MayBeCancelled);
        Assert.Null(await workshop.Get<PublishDecisions>().CancelAsync(workshop.Admin, item.Code));

        var back = await workshop.ItemAsync(item.Code);
        Assert.Equal((ItemStatus.Ready, null), (back.Status, back.WaitingBecause));
        await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect);
        await workshop.RefreshedAsync();
        Assert.Empty(await Books.BillsAsync(workshop));

        await PublishAsync(workshop, await workshop.ItemAsync(item.Code));
        Assert.Equal("This item is not being published.", await workshop.Get<PublishDecisions>().CancelAsync(workshop.Admin, item.Code));
        Assert.Single(await Books.BillsAsync(workshop));
    }

    /// <summary>A card of ours, linked to the first bank account in pounds, and the edit that chooses it. The lists must be there.</summary>
    internal static async Task<ItemEdit> CardAsync(Workshop workshop)
    {
        await workshop.WithSamplesAsync();
        var account = (await workshop.Get<PaymentMethods>().BankAccountsAsync(workshop.Admin)).First(a => a.Hint is "GBP");
        Assert.Null(await workshop.Get<PaymentMethods>().SaveAsync(workshop.Admin, new PaymentMethodDraft(null, "Company card", "4242", account.Id)));
        return new ItemEdit.SetPaymentMethod((await workshop.Get<Pickers>().PaymentMethodsAsync(workshop.Admin))[0].Id);
    }

    internal static async Task<ItemView> CostAsync(Workshop workshop, params ItemEdit[] edits)
    {
        var rows = (await workshop.InboxAsync()).Rows is { Count: > 0 } there ? there : await workshop.WithSamplesAsync();
        return await ReadyAsync(workshop, rows.First(r => r.Party == "Northgate Stationers Ltd").Code, edits);
    }

    /// <summary>Another cost, as a quick entry.</summary>
    internal static async Task<ItemView> QuickAsync(Workshop workshop) => await ReadyAsync(
        workshop, (await workshop.InboxAsync()).Rows.First(r => r.Status is ItemStatus.ToReview && r.Party != "Northgate Stationers Ltd").Code, [new ItemEdit.SetPublishTo(PublishTo.QuickEntry)]);

    internal static async Task<ItemView> SaleAsync(Workshop workshop, params ItemEdit[] edits)
    {
        var rows = await workshop.WithSamplesAsync();
        var code = rows.First(r => r.Party == "Northgate Stationers Ltd").Code;
        await workshop.EditAsync(code, new ItemEdit.MoveTo(Workspace.Sales));
        await workshop.EditAsync(code, new ItemEdit.SetCustomer((await workshop.Get<Pickers>().CustomersAsync(workshop.Admin, search: null))[0].Id));
        return await ReadyAsync(workshop, code, edits);
    }

    private static async Task<ItemView> ReadyAsync(Workshop workshop, string code, ItemEdit[] edits)
    {
        foreach (var edit in edits) await workshop.EditAsync(code, edit);
        return await workshop.MakeReadyAsync(code);
    }

    internal static async Task<ItemView> PublishAsync(Workshop workshop, ItemView item)
    {
        await workshop.PublishAsync(item.Code);
        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published || i.Failure is not null);
        Assert.Null(published.Failure);
        Assert.Null(published.PublishedWith);
        return published;
    }

    /// <summary>Of those that carry our marker.</summary>
    private static async Task<JsonObject> TheOnlyAsync(Workshop workshop, string path)
    {
        var all = await Books.DocumentsAsync(workshop, path);
        return Assert.Single(all, d => ((string?)d["notes"] ?? (string?)d["details"])?.Contains("DextSage item", StringComparison.Ordinal) == true);
    }

    private static async Task<JsonArray> FilesAsync(Workshop workshop, string context, string id)
    {
        using var api = await workshop.Sandbox.ApiAsync("Marsh & Daughters Ltd");
        return (await api.ReadAsync($"attachments?attachment_context_type_id={context}&attachment_context_id={id}"))["$items"]!.AsArray();
    }

    private static decimal? Amount(JsonObject document, string name) => decimal.Parse(document[name]!.ToString(), CultureInfo.InvariantCulture);
}
