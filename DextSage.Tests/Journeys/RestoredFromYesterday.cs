using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>
/// Yesterday's copy of the database is put back: what was published since looks unpublished, and is published again. Within seven days Sage remembers our ids; after them, or
/// where it is asked first, our marker in the document tells.
/// </summary>
public sealed class RestoredFromYesterday
{
    private const string NewSupplier = "Castle Street Coffee Roasters Ltd";

    [Theory]
    [InlineData(0, null)]
    [InlineData(8, null)]
    [InlineData(8, 100)]
    public async Task What_was_published_since_is_taken_over_and_neither_document_file_payment_nor_supplier_is_doubled(int days, int? part)
    {
        await using var workshop = await Workshop.OpenAsync();
        var card = await EveryDestination.CardAsync(workshop);
        var paid = await EveryDestination.CostAsync(workshop, new ItemEdit.SetPaid(IsPaid: true), card, new ItemEdit.SetPaidAmount(part));
        var unknown = await workshop.MakeReadyAsync((await workshop.InboxAsync()).Rows.First(r => r.Party == NewSupplier).Code);
        var yesterday = await workshop.CopyDatabaseAsync();
        await EveryDestination.PublishAsync(workshop, paid);
        await EveryDestination.PublishAsync(workshop, unknown);
        var (bills, payments) = (await Books.BillsAsync(workshop), await IdsAsync(workshop, "contact_payments"));

        await RestoreAsync(workshop, yesterday, days);
        foreach (var item in (ItemView[])[paid, unknown])
        {
            Assert.Equal(ItemStatus.Ready, (await workshop.ItemAsync(item.Code)).Status);
            await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(item.Code));
        }

        var after = await Books.BillsAsync(workshop);
        Assert.Equal(bills.Select(b => b.Id).Order(), after.Select(b => b.Id).Order());
        Assert.All(after, b => Assert.Single(b.FileSizes));
        Assert.Equal(payments, await IdsAsync(workshop, "contact_payments"));
        Assert.Single(await Books.SuppliersAsync(workshop, NewSupplier));
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        Assert.Contains(await db.Items.Where(i => i.Code == paid.Code).Select(i => i.SagePaymentId).SingleAsync(), payments);
    }

    [Theory]
    [InlineData(ItemType.CreditNote, PublishTo.PurchaseInvoice, "purchase_credit_notes")]
    [InlineData(ItemType.Invoice, PublishTo.QuickEntry, "purchase_quick_entries")]
    [InlineData(ItemType.Receipt, PublishTo.OtherPayment, "other_payments")]
    [InlineData(ItemType.SalesInvoice, PublishTo.SalesInvoice, "sales_invoices")]
    [InlineData(ItemType.CreditNote, PublishTo.SalesInvoice, "sales_credit_notes")]
    [InlineData(ItemType.SalesInvoice, PublishTo.QuickEntry, "sales_quick_entries")]
    public async Task Long_after_Sage_has_forgotten_our_ids_every_kind_of_document_is_known_by_its_marker(ItemType type, PublishTo to, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var edits = new List<ItemEdit> { new ItemEdit.SetType(type), new ItemEdit.SetPublishTo(to) };
        if (to is PublishTo.OtherPayment) edits.AddRange([await EveryDestination.CardAsync(workshop), new ItemEdit.SetPaidOn(new DateOnly(2026, 11, 28))]);
        var item = path.StartsWith("sales", StringComparison.Ordinal) ? await EveryDestination.SaleAsync(workshop, [.. edits]) : await EveryDestination.CostAsync(workshop, [.. edits]);
        var yesterday = await workshop.CopyDatabaseAsync();
        await EveryDestination.PublishAsync(workshop, item);
        var documents = await IdsAsync(workshop, path);

        await RestoreAsync(workshop, yesterday, days: 8);
        await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(item.Code));

        Assert.Equal(documents, await IdsAsync(workshop, path));
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        Assert.Contains(await db.Items.Where(i => i.Code == item.Code).Select(i => i.SageDocumentId).SingleAsync(), documents);
    }

    [Fact]
    public async Task A_document_whose_marker_somebody_has_removed_is_shown_to_a_person_and_not_doubled()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await EveryDestination.CostAsync(workshop);
        var yesterday = await workshop.CopyDatabaseAsync();
        await EveryDestination.PublishAsync(workshop, item);
        var bill = Assert.Single(await Books.BillsAsync(workshop));
        await workshop.Sandbox.MutateAsync(new { business = Sandbox.SandboxHost.BusinessId("Marsh & Daughters Ltd"), action = "change", id = bill.Id, fields = new { notes = "" } });

        await RestoreAsync(workshop, yesterday, days: 8);
        await workshop.PublishAsync(item.Code);

        var held = await workshop.ItemAsync(item.Code, i => i.Failure is not null);
        Assert.Equal((nameof(PublishFailureKind.InSageAlready), bill.Id), (held.Failure!.Kind, Assert.Single(held.Failure.InSage).Id));
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task A_copy_that_was_taken_while_items_were_published_goes_on_from_there()
    {
        await using var workshop = await Workshop.OpenAsync();
        var codes = (await workshop.WithSamplesAsync()).Take(3).Select(r => r.Code).ToList();
        foreach (var code in codes) await workshop.MakeReadyAsync(code);
        foreach (var code in codes) await workshop.PublishAsync(code);
        await workshop.EventuallyAsync(() => Books.JournalAsync(workshop), seen => seen.Any(r => (string?)r["method"] == "POST" && (string?)r["path"] == "/purchase_invoices"));
        var copy = await workshop.CopyDatabaseAsync();
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        var bills = (await Books.BillsAsync(workshop)).Select(b => b.Id).Order().ToList();

        await RestoreAsync(workshop, copy, days: 0);

        // What was queued then goes on by itself.
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        var after = await Books.BillsAsync(workshop);
        Assert.Equal(bills, after.Select(b => b.Id).Order());
        Assert.All(after, b => Assert.Single(b.FileSizes));
    }

    /// <param name="days">How long after; of Sage's memory is meant.</param>
    private static async Task RestoreAsync(Workshop workshop, string copy, int days)
    {
        workshop.Sandbox.Time.Advance(TimeSpan.FromDays(days));
        await workshop.RestoreAsync(copy);
        // The sign-in in an old copy has been used up since.
        Assert.Null((await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect)).Problem);
        await workshop.RefreshedAsync();
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(Workshop workshop, string path) => [.. (await Books.DocumentsAsync(workshop, path)).Select(d => (string)d["id"]!).Order(StringComparer.Ordinal)];
}
