using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Whatever goes wrong on the way, an item is in Sage once and whole, or it isn't and says why.</summary>
public sealed class PublishingUnderFaults
{
    [Theory]
    [InlineData("/contacts", "answer-lost-after-commit", 2)]
    [InlineData("/contacts", "error-after-commit")]
    [InlineData("/contacts", "lost-before")]
    [InlineData("/purchase_invoices", "answer-lost-after-commit", 2)]
    [InlineData("/purchase_invoices", "error-after-commit", 2)]
    [InlineData("/purchase_invoices", "html-with-200")]
    [InlineData("/purchase_invoices", "lost-before", 2)]
    [InlineData("/attachments", "answer-lost-after-commit", 2)]
    [InlineData("/attachments", "error-after-commit")]
    [InlineData("/attachments", "lost-before")]
    public async Task A_lost_answer_leaves_one_supplier_one_bill_and_one_attachment(string path, string kind, int times = 1)
    {
        await using var workshop = await Workshop.OpenAsync();
        // A supplier that Sage does not know: all three writes are made.
        var item = await ReadyAsync(workshop, "Castle Street Coffee Roasters Ltd");
        await workshop.Sandbox.FaultAsync(new { method = "POST", path, kind, times });

        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Null(published.PublishedWith);
        var bill = Assert.Single(await Books.BillsAsync(workshop));
        Assert.Equal(item.Document!.Length, Assert.Single(bill.FileSizes));
        Assert.Single(await Books.SuppliersAsync(workshop, "Castle Street Coffee Roasters Ltd"));
    }

    [Theory]
    [InlineData("lost-before")]
    [InlineData("answer-lost-after-commit")]
    public async Task Items_that_name_the_same_new_supplier_make_it_once_whatever_becomes_of_the_first_request(string kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        const string newcomer = "Castle Street Coffee Roasters Ltd";
        var rows = await workshop.WithSamplesAsync();
        var first = await workshop.MakeReadyAsync(rows.First(r => r.Party == newcomer).Code);
        var second = rows.First(r => r.Party == "Northgate Stationers Ltd").Code;
        await workshop.MakeReadyAsync(second);
        await workshop.EditAsync(second, new ItemEdit.NewSupplier(newcomer.ToUpperInvariant()));
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contacts", kind, times = 1 });

        await workshop.PublishAsync(first.Code);
        await workshop.ItemAsync(first.Code, i => i.WaitingBecause is not null);
        await workshop.PublishAsync(second);

        await workshop.ItemAsync(second, i => i.Status is ItemStatus.Published);
        await workshop.ItemAsync(first.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.SuppliersAsync(workshop, newcomer));
        Assert.Equal(2, (await Books.BillsAsync(workshop)).Count);
    }

    [Fact]
    public async Task A_supplier_whose_request_was_lost_a_week_ago_is_not_made_before_that_is_written_down()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop, "Castle Street Coffee Roasters Ltd");
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/contacts", kind = "lost-before", times = 1 });
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.WaitingBecause is not null);
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var step = db.Publications.SelectMany(p => p.Steps).Where(s => s.Kind == StepKind.EnsureContact);
        await step.ExecuteUpdateAsync(set => set.SetProperty(s => s.SentAt, TimeProvider.System.GetUtcNow().AddDays(-7)));

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);

        Assert.Equal(2, await step.Select(s => s.Tries).SingleAsync());
        Assert.Single(await Books.SuppliersAsync(workshop, "Castle Street Coffee Roasters Ltd"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(422)]
    public async Task A_refusal_that_follows_a_lost_answer_does_not_deny_what_stands_in_Sage(int status)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "answer-lost-after-commit", times = 1 });
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "status", status, dataCode = "RecordInvalid", message = "The period is closed.", times = 1 });

        await workshop.PublishAsync(item.Code);

        Assert.Null((await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published || i.Failure is not null)).Failure);
        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_refusal_at_the_token_endpoint_that_is_not_Sages_own_is_waited_out(int status)
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        using var wire = workshop.Sandbox.Wire();
        (await wire.PostAsync("control/expire-access-tokens", content: null)).EnsureSuccessStatusCode();
        await workshop.Sandbox.FaultAsync(new { path = "/token", kind = "status", status, dataCode = "Proxy", message = "Who are you?", times = 1 });

        await workshop.PublishAsync(item.Code);

        Assert.Null((await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published)).PublishedWith);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task A_throttled_publish_waits_as_long_as_Sage_asks_and_then_goes_on()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "throttle", times = 1, retryAfter = "1" });

        await workshop.PublishAsync(item.Code);

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task A_refusal_names_the_field_and_mending_it_clears_it()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "status", status = 422, dataCode = "RecordInvalid", message = "Couldn't find Supplier.", times = 1 });

        await workshop.PublishAsync(item.Code);

        var refused = await workshop.ItemAsync(item.Code, i => i.Failure is not null);
        Assert.Equal((ItemStatus.Ready, ItemField.Supplier, nameof(PublishFailureKind.ContactNotFound)), (refused.Status, refused.Failure!.Field, refused.Failure.Kind));
        Assert.Contains("Couldn't find Supplier.", refused.Failure.FromSage, StringComparison.Ordinal);
        Assert.Equal(1, (await workshop.Get<Inbox>().CountsAsync(workshop.Admin, new ItemFilter())).Failed);

        await workshop.EditAsync(item.Code, new ItemEdit.SetSupplier(refused.SupplierId));
        Assert.Null((await workshop.ItemAsync(item.Code)).Failure);
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task Of_many_clicks_in_one_moment_one_publishes()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            workshop.Get<PublishDesk>().PublishAsync(i % 2 == 0 ? workshop.Admin : workshop.Bookkeeper, item.Code, item.Version)));

        Assert.Single(answers, a => a is null);
        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task Of_two_that_are_the_same_paper_and_are_published_in_one_moment_one_reaches_Sage()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var first = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Northgate Stationers Ltd").Code);
        var second = rows.First(r => r.Party == "Brightwater Energy plc").Code;
        await workshop.MakeReadyAsync(second);
        // Another total: here they are no duplicates, and Sage is asked.
        await workshop.EditAsync(second, new ItemEdit.SetSupplier(first.SupplierId));
        await workshop.EditAsync(second, new ItemEdit.SetDate(first.Date));
        await workshop.EditAsync(second, new ItemEdit.SetReference(first.Reference));
        Assert.Equal(ItemStatus.Ready, (await workshop.ItemAsync(second)).Status);
        // Both look before either is created, and find nothing.
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/purchase_invoices", kind = "slow", delayMs = 1000, times = 2 });

        await workshop.PublishAsync(first.Code);
        await workshop.PublishAsync(second);
        await workshop.EventuallyAsync(() => Books.JournalAsync(workshop), seen => seen.Count(r => (string?)r["path"] == "/purchase_invoices" && (string?)r["method"] == "GET") == 2);
        workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        await workshop.ItemAsync(first.Code, i => i.Status is ItemStatus.Published || i.Failure is not null);
        await workshop.ItemAsync(second, i => i.Status is ItemStatus.Published || i.Failure is not null);
        var failed = Assert.Single([await workshop.ItemAsync(first.Code), await workshop.ItemAsync(second)], i => i.Failure is not null);
        Assert.Equal(nameof(PublishFailureKind.InSageAlready), failed.Failure!.Kind);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task A_file_that_Sage_does_not_take_leaves_the_bill_and_says_so()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/attachments", kind = "status", status = 422, message = "The file is not acceptable.", times = 5 });

        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Contains("without its document", published.PublishedWith, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
    }

    [Fact]
    public async Task A_host_that_stops_in_mid_publish_ends_it_after_its_restart()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/attachments", kind = "error-after-commit", times = 1 });
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.WaitingBecause is not null);

        await workshop.RestartAsync();

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
    }

    [Fact]
    public async Task An_item_that_cannot_be_handled_does_not_hold_up_the_next()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var broken = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Northgate Stationers Ltd").Code);
        var sound = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Brightwater Energy plc").Code);
        await Books.RemoveAccessAsync(workshop);
        await workshop.PublishAsync(broken.Code);
        await workshop.ItemAsync(broken.Code, i => i.WaitingBecause is not null);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.Items.Where(i => i.Code == broken.Code).ExecuteUpdateAsync(set => set.SetProperty(i => i.DocumentId, (Guid?)null));

        await workshop.ConnectAsync(intent: DextSage.Integration.Connections.AuthorisationIntent.Reconnect);
        await workshop.RefreshedAsync();
        await workshop.PublishAsync(sound.Code);

        await workshop.ItemAsync(sound.Code, i => i.Status is ItemStatus.Published);
        var waiting = await workshop.ItemAsync(broken.Code, i => i.WaitingBecause?.Contains("tried again by itself", StringComparison.Ordinal) == true);
        Assert.Equal(ItemStatus.Publishing, waiting.Status);
    }

    [Fact]
    public async Task Every_request_of_a_step_carries_the_same_idempotency_id()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await ReadyAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "answer-lost-after-commit", times = 2 });

        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);

        var ids = (await Books.JournalAsync(workshop)).Where(r => (string?)r["method"] == "POST" && ((string?)r["path"])!.EndsWith("/purchase_invoices", StringComparison.Ordinal))
            .Select(r => (string?)r["idempotencyId"]).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Single(ids.Distinct());
    }

    private static async Task<ItemView> ReadyAsync(Workshop workshop, string supplier = "Northgate Stationers Ltd")
    {
        var rows = await workshop.WithSamplesAsync();
        return await workshop.MakeReadyAsync(rows.First(r => r.Party == supplier).Code);
    }
}
