using System.Text.Json.Nodes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What was published is taken out of Sage again, whole, once, and never in part unsaid.</summary>
public sealed class Withdrawing
{
    [Fact]
    public async Task An_unpaid_bill_leaves_Sage_and_comes_back_to_the_desk_and_is_published_anew()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));

        var back = await WithdrawAsync(workshop, published);

        Assert.Equal((ItemStatus.Ready, Place.Inbox, null, null), (back.Status, back.Place, back.SageNumber, back.PublishedAt));
        Assert.Null(back.Locked);
        Assert.Empty(await Books.BillsAsync(workshop));
        var history = await workshop.Get<PublishDesk>().EventsAsync(workshop.Admin, published.Code);
        Assert.Equal([PublicationEventKind.Withdrawn, PublicationEventKind.Asked, PublicationEventKind.Published, PublicationEventKind.Asked], history.Select(e => e.Kind));
        Assert.Equal(("Ben Okafor", published.SageNumber), (history[1].Person, history[1].Number));
        Assert.Equal(published.SageNumber, history[2].Number);

        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Coded anew"));
        var again = await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(published.Code));

        Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
        Assert.Equal(ItemStatus.Published, again.Status);
        Assert.Equal([3, 2, 1], (await workshop.Get<PublicationProofs>().ReadAsync(workshop.Admin, published.Code)).Select(p => p.Generation));
    }

    [Theory]
    [InlineData(ItemType.Invoice, "purchase_invoices")]
    [InlineData(ItemType.CreditNote, "purchase_credit_notes")]
    public async Task What_is_paid_or_refunded_leaves_with_its_payment_which_is_said_before(ItemType type, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await EveryDestination.CostAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPaid(IsPaid: true), await EveryDestination.CardAsync(workshop));
        var bank = await BankAsync(workshop);
        var published = await EveryDestination.PublishAsync(workshop, item);
        Assert.NotEqual(bank, await BankAsync(workshop));

        var outlook = await workshop.Get<WithdrawalDesk>().OutlookAsync(workshop.Admin, item.Code);
        Assert.Null(outlook.Refusal);
        Assert.Null(outlook.KeptBy);
        Assert.StartsWith("Its payment of 273.00 GBP", outlook.Consequences[0], StringComparison.Ordinal);
        Assert.Contains("is deleted in Sage.", outlook.Consequences[1], StringComparison.Ordinal);
        Assert.Contains("attachment", outlook.Consequences[2], StringComparison.Ordinal);
        await WithdrawAsync(workshop, published);

        Assert.Empty(await OursAsync(workshop, path));
        Assert.DoesNotContain(await Books.DocumentsAsync(workshop, "contact_payments"), p => (string?)p["reference"] == item.Reference);
        Assert.Equal(bank, await BankAsync(workshop));
        Assert.True((await workshop.ItemAsync(item.Code)).IsPaid);
    }

    [Theory]
    [InlineData(PublishTo.QuickEntry, "purchase_quick_entries")]
    [InlineData(PublishTo.OtherPayment, "other_payments")]
    public async Task A_quick_entry_and_an_other_payment_leave_too(PublishTo to, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var card = await EveryDestination.CardAsync(workshop);
        var item = await EveryDestination.CostAsync(workshop, new ItemEdit.SetPublishTo(to), card);
        var published = await EveryDestination.PublishAsync(workshop, item);
        Assert.Contains(await Books.DocumentsAsync(workshop, path), d => (string?)d["reference"] == item.Reference);

        await WithdrawAsync(workshop, published);

        Assert.DoesNotContain(await Books.DocumentsAsync(workshop, path), d => (string?)d["reference"] == item.Reference);
    }

    [Fact]
    public async Task A_sale_is_voided_and_its_number_is_not_given_again()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.SaleAsync(workshop));
        Assert.Contains("is voided in Sage", (await workshop.Get<WithdrawalDesk>().OutlookAsync(workshop.Admin, published.Code)).Consequences[0], StringComparison.Ordinal);

        await WithdrawAsync(workshop, published);
        var again = await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(published.Code));

        Assert.NotEqual(published.SageNumber, again.SageNumber);
        Assert.Equal(["UNPAID", "VOID"], (await OursAsync(workshop, "sales_invoices")).Select(d => (string)d["status"]!["id"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/purchase_invoices", "answer-lost-after-commit")]
    [InlineData("/purchase_invoices", "error-after-commit")]
    [InlineData("/purchase_invoices", "lost-before")]
    [InlineData("/purchase_invoices", "html-with-200")]
    [InlineData("/contact_payments", "answer-lost-after-commit")]
    [InlineData("/contact_payments", "lost-before")]
    public async Task A_lost_answer_is_looked_after_and_nothing_is_left(string path, string kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await PaidAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "DELETE", path, kind, times = 1 });

        await WithdrawAsync(workshop, published);

        Assert.Empty(await OursAsync(workshop, "purchase_invoices"));
        Assert.DoesNotContain(await Books.DocumentsAsync(workshop, "contact_payments"), p => (string?)p["reference"] == published.Reference);
    }

    [Fact]
    public async Task A_host_that_stops_between_the_payment_and_the_document_ends_it_after_its_restart()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await PaidAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "DELETE", path = "/purchase_invoices", kind = "throttle", times = 1, retryAfter = "2" });
        Assert.Null(await workshop.Get<WithdrawalDesk>().WithdrawAsync(workshop.Admin, published.Code, published.Version));
        await workshop.ItemAsync(published.Code, i => i.WaitingBecause is not null);

        await workshop.RestartAsync();

        await workshop.ItemAsync(published.Code, i => i.Status is ItemStatus.Ready);
        Assert.Empty(await OursAsync(workshop, "purchase_invoices"));
    }

    [Fact]
    public async Task What_somebody_has_paid_in_Sage_stays_and_is_said_before_and_when_it_is_asked_for_all_the_same()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        var bill = Assert.Single(await OursAsync(workshop, "purchase_invoices"));
        await MutateAsync(workshop, new { business = Marsh, action = "pay", id = (string)bill["id"]!, amount = 73 });

        var outlook = await workshop.Get<WithdrawalDesk>().OutlookAsync(workshop.Admin, published.Code);
        Assert.Equal(nameof(PublishFailureKind.SettledElsewhere), outlook.KeptBy?.Kind);
        Assert.StartsWith("73.00 GBP of it is paid", outlook.KeptBy!.Sentence, StringComparison.Ordinal);

        await IsKeptAsync(workshop, published, PublishFailureKind.SettledElsewhere);
        Assert.Single(await OursAsync(workshop, "purchase_invoices"));
    }

    [Fact]
    public async Task A_filed_return_and_a_closed_period_and_a_reconciled_payment_keep_it_and_each_says_so()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await PaidAsync(workshop);
        var bill = Assert.Single(await OursAsync(workshop, "purchase_invoices"));
        var payment = Assert.Single(await Books.DocumentsAsync(workshop, "contact_payments"), p => (string?)p["reference"] == published.Reference);

        await SetAsync(workshop, "purchase_invoices", (string)bill["id"]!, new() { ["tax_reconciled"] = true });
        published = await IsKeptAsync(workshop, published, PublishFailureKind.VatReturnFiled);
        await SetAsync(workshop, "purchase_invoices", (string)bill["id"]!, new() { ["tax_reconciled"] = false });

        await SetAsync(workshop, "financial_settings", "financial_settings", new() { ["year_end_lockdown_date"] = $"{published.Date:yyyy-MM-dd}" });
        published = await IsKeptAsync(workshop, published, PublishFailureKind.PeriodClosed);
        await SetAsync(workshop, "financial_settings", "financial_settings", new() { ["year_end_lockdown_date"] = null });

        // No read tells of this one: Sage's own refusal does, and nothing has been taken away by then.
        await SetAsync(workshop, "contact_payments", (string)payment["id"]!, new() { ["bank_reconciled"] = true });
        await IsKeptAsync(workshop, published, PublishFailureKind.PaymentKept);
        Assert.Equal("PAID", (string?)Assert.Single(await OursAsync(workshop, "purchase_invoices"))["status"]!["id"]);
    }

    [Fact]
    public async Task Where_Sage_keeps_the_document_after_its_payment_went_the_item_says_that_it_is_no_longer_paid()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await PaidAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "DELETE", path = "/purchase_invoices", kind = "status", status = 422, dataCode = "RecordInvalid", message = "No.", times = 1 });

        var kept = await IsKeptAsync(workshop, published, PublishFailureKind.KeptBySage);

        Assert.Contains("no longer as paid", kept.PublishedWith, StringComparison.Ordinal);
        Assert.Contains("No.", kept.Failure!.FromSage, StringComparison.Ordinal);
        Assert.Equal("UNPAID", (string?)Assert.Single(await OursAsync(workshop, "purchase_invoices"))["status"]!["id"]);
        // The rest goes at the next try.
        await WithdrawAsync(workshop, kept);
        Assert.Empty(await OursAsync(workshop, "purchase_invoices"));
    }

    [Fact]
    public async Task What_somebody_has_deleted_in_Sage_meanwhile_comes_back_as_well()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await PaidAsync(workshop);
        var bill = Assert.Single(await OursAsync(workshop, "purchase_invoices"));
        await MutateAsync(workshop, new { business = Marsh, action = "delete", kind = "purchase_invoices", id = (string)bill["id"]! });

        Assert.Contains("no longer in Sage", (await workshop.Get<WithdrawalDesk>().OutlookAsync(workshop.Admin, published.Code)).Consequences[0], StringComparison.Ordinal);
        Assert.Equal(ItemStatus.Ready, (await WithdrawAsync(workshop, published)).Status);
    }

    [Fact]
    public async Task Of_many_clicks_in_one_moment_one_withdraws()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        await Books.ForgetJournalAsync(workshop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            workshop.Get<WithdrawalDesk>().WithdrawAsync(i % 2 == 0 ? workshop.Admin : workshop.Bookkeeper, published.Code, published.Version)));

        Assert.Single(answers, a => a is null);
        await workshop.ItemAsync(published.Code, i => i.Status is ItemStatus.Ready);
        Assert.Single(await Books.JournalAsync(workshop), r => (string?)r["method"] == "DELETE");
    }

    [Fact]
    public async Task It_is_taken_back_before_it_is_sent_and_the_item_is_published_asBefore()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/purchase_invoices", kind = "throttle", times = 20, retryAfter = "600" });
        Assert.Null(await workshop.Get<WithdrawalDesk>().WithdrawAsync(workshop.Admin, published.Code, published.Version));
        await workshop.ItemAsync(published.Code, i => i.WaitingBecause is not null);

        Assert.Null(await workshop.Get<PublishDecisions>().CancelAsync(workshop.Admin, published.Code));

        var asBefore = await workshop.ItemAsync(published.Code);
        Assert.Equal((ItemStatus.Published, published.SageNumber, Place.Archive), (asBefore.Status, asBefore.SageNumber, asBefore.Place));
    }

    [Fact]
    public async Task What_went_to_another_organisation_is_not_looked_for_in_this_one()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, "0123456789abcdef0123456789abcdef"));

        var refusal = await workshop.Get<WithdrawalDesk>().WithdrawAsync(workshop.Admin, published.Code, published.Version);

        Assert.Contains("another organisation", refusal, StringComparison.Ordinal);
        Assert.Equal(ItemStatus.Published, (await workshop.ItemAsync(published.Code)).Status);
    }

    private static string Marsh => SandboxHost.BusinessId("Marsh & Daughters Ltd");

    internal static async Task<ItemView> WithdrawAsync(Workshop workshop, ItemView published)
    {
        Assert.Null(await workshop.Get<WithdrawalDesk>().WithdrawAsync(workshop.Bookkeeper, published.Code, published.Version));
        var back = await workshop.ItemAsync(published.Code, i => i.Status is not ItemStatus.Publishing);
        Assert.Null(back.Failure);
        Assert.NotEqual(ItemStatus.Published, back.Status);
        return back;
    }

    private static async Task<ItemView> IsKeptAsync(Workshop workshop, ItemView published, PublishFailureKind by)
    {
        Assert.Null(await workshop.Get<WithdrawalDesk>().WithdrawAsync(workshop.Admin, published.Code, published.Version));
        var kept = await workshop.ItemAsync(published.Code, i => i.Status is not ItemStatus.Publishing);
        Assert.Equal((ItemStatus.Published, by.ToString(), published.SageNumber), (kept.Status, kept.Failure?.Kind, kept.SageNumber));
        Assert.Equal(Place.Archive, kept.Place);
        return kept;
    }

    internal static async Task<ItemView> PaidAsync(Workshop workshop) =>
        await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), await EveryDestination.CardAsync(workshop)));

    /// <summary>Those in force, or void in their list, that carry our marker.</summary>
    internal static async Task<IReadOnlyList<JsonObject>> OursAsync(Workshop workshop, string path) =>
        [.. (await Books.DocumentsAsync(workshop, path)).Where(d => ((string?)d["notes"] ?? (string?)d["details"])?.Contains("DextSage item", StringComparison.Ordinal) == true)];

    private static async Task<string> BankAsync(Workshop workshop)
    {
        workshop.Sandbox.Options.NewGrantEndsEarlierOnes = false;
        using var api = await workshop.Sandbox.ApiAsync("Marsh & Daughters Ltd");
        return string.Join(' ', (await api.ReadAsync("bank_accounts?attributes=all"))["$items"]!.AsArray().Select(b => (string)b!["balance"]!));
    }

    internal static Task SetAsync(Workshop workshop, string kind, string id, JsonObject fields) => MutateAsync(workshop, new { business = Marsh, action = "set", kind, id, fields });

    private static Task MutateAsync(Workshop workshop, object mutation) => workshop.Sandbox.MutateAsync(mutation);
}
