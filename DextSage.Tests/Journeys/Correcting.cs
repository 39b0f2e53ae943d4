using System.Globalization;
using System.Text.Json.Nodes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Tests.Sandbox;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What was published is corrected where Sage takes it, and what is on the screen is what Sage has.</summary>
public sealed class Correcting
{
    [Fact]
    public async Task A_bill_is_corrected_in_its_place_and_before_that_each_side_is_seen()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await OpenedAsync(workshop);
        Assert.True(published.IsBeingCorrected);
        var before = Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"));

        await workshop.EditAsync(published.Code, new ItemEdit.SetTotal(120));
        await workshop.EditAsync(published.Code, new ItemEdit.SetTax(20));
        await workshop.EditAsync(published.Code, new ItemEdit.SetReference(null));
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        var seen = (await workshop.Get<CorrectionDesk>().ReadAsync(workshop.Standard, published.Code), await workshop.Get<CorrectionDesk>().ReadAsync(workshop.Admin, published.Code));
        Assert.Null(seen.Item1);
        Assert.Null(seen.Item2!.Refusal);
        Assert.Equal([(ItemField.Description, published.Description, "Ink"), (ItemField.Reference, published.Reference, null), (ItemField.Tax, "45.50", "20.00"), (ItemField.Total, "273.00", "120.00")],
            seen.Item2.Changes.Select(c => (c.Field, c.From, c.To)).OrderBy(c => c.Field.ToString(), StringComparer.Ordinal));
        // Until it is sent, nothing has moved there.
        Assert.Equal(273m, Amount(Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))));

        var corrected = await SendAsync(workshop, published.Code);

        var bill = Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"));
        Assert.Equal(((string?)before["id"], 120m, null, "Ink"), ((string?)bill["id"], Amount(bill), (string?)bill["reference"], (string?)Assert.Single(bill["invoice_lines"]!.AsArray())!["description"]));
        Assert.Equal((ItemStatus.Published, false, null, Place.Archive), (corrected.Status, corrected.IsBeingCorrected, corrected.PublishedWith, corrected.Place));
        Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes);
        var history = await workshop.Get<PublishDesk>().EventsAsync(workshop.Admin, published.Code);
        Assert.Equal((PublicationEventKind.Corrected, PublicationPurpose.Correct, "Ben Okafor"), (history[0].Kind, history[1].Purpose, history[1].Person));
        var proof = (await workshop.Get<PublicationProofs>().ReadAsync(workshop.Admin, published.Code))[0].Steps.Single(s => s.Kind is StepKind.CorrectDocument);
        Assert.Equal(($"PUT /purchase_invoices/{(string?)bill["id"]}", 200), (proof.Request, proof.AnswerStatus));
    }

    [Theory]
    [InlineData(ItemType.CreditNote, null, "purchase_credit_notes")]
    [InlineData(ItemType.Invoice, PublishTo.QuickEntry, "purchase_quick_entries")]
    [InlineData(ItemType.Receipt, PublishTo.OtherPayment, "other_payments")]
    public async Task Every_kind_of_cost_is_corrected(ItemType type, PublishTo? to, string path)
    {
        await using var workshop = await Workshop.OpenAsync();
        var card = await EveryDestination.CardAsync(workshop);
        var published = await OpenedAsync(workshop, new ItemEdit.SetType(type), new ItemEdit.SetPublishTo(to), card);
        await workshop.EditAsync(published.Code, new ItemEdit.SetTotal(120));
        await workshop.EditAsync(published.Code, new ItemEdit.SetTax(20));
        await workshop.EditAsync(published.Code, new ItemEdit.SetReference("CORRECTED-1"));

        var corrected = await SendAsync(workshop, published.Code);

        Assert.Null(corrected.PublishedWith);
        Assert.Equal(120m, Amount(Assert.Single(await Books.DocumentsAsync(workshop, path), d => (string?)d["reference"] == "CORRECTED-1")));
    }

    [Fact]
    public async Task A_sale_is_corrected_and_keeps_its_number()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.SaleAsync(workshop));
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, published.Code, published.Version));
        await workshop.EditAsync(published.Code, new ItemEdit.SetTotal(120));

        var corrected = await SendAsync(workshop, published.Code);

        Assert.Equal(published.SageNumber, corrected.SageNumber);
        Assert.Equal(120m, Amount(Assert.Single(await Withdrawing.OursAsync(workshop, "sales_invoices"))));
    }

    [Fact]
    public async Task Lines_are_changed_and_added_and_what_takes_one_away_is_withdrawn_instead()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await EveryDestination.CostAsync(workshop);
        await workshop.EditAsync(item.Code, new ItemEdit.ReplaceLines([Line("Paper", 100, item), Line("Ink", 127.50m, item)]));
        var published = await EveryDestination.PublishAsync(workshop, await workshop.MakeReadyAsync(item.Code));
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, published.Code, published.Version));

        await workshop.EditAsync(item.Code, new ItemEdit.RemoveLine(published.Lines[1].Id));
        var fewer = await workshop.Get<CorrectionDesk>().ReadAsync(workshop.Admin, item.Code);
        Assert.True(fewer!.IsForWithdrawal);
        Assert.Equal(fewer.Refusal, await workshop.Get<CorrectionDesk>().SendAsync(workshop.Admin, item.Code, (await workshop.ItemAsync(item.Code)).Version));

        await workshop.EditAsync(item.Code, new ItemEdit.AddLine(Line("Toner", 27.50m, item)));
        await workshop.EditAsync(item.Code, new ItemEdit.AddLine(Line("Glue", 100, item)));
        await SendAsync(workshop, item.Code);

        var lines = Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))["invoice_lines"]!.AsArray();
        Assert.Equal(["Paper", "Toner", "Glue"], lines.Select(l => (string?)l!["description"]));
        Assert.Equal(273m, lines.Sum(l => Amount(l!.AsObject())));
    }

    [Theory]
    [InlineData("answer-lost-after-commit")]
    [InlineData("error-after-commit")]
    [InlineData("lost-before")]
    [InlineData("html-with-200")]
    [InlineData("truncated-json")]
    public async Task A_lost_answer_is_looked_after_and_the_correction_is_there_once(string kind)
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await OpenedAsync(workshop);
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        await workshop.Sandbox.FaultAsync(new { method = "PUT", path = "/purchase_invoices", kind, times = 1 });
        await Books.ForgetJournalAsync(workshop);

        await SendAsync(workshop, published.Code);

        var lines = Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))["invoice_lines"]!.AsArray();
        Assert.Equal("Ink", (string?)Assert.Single(lines)!["description"]);
        var puts = (await Books.JournalAsync(workshop)).Where(r => (string?)r["method"] == "PUT").ToList();
        // What is there already is not sent again; what is, carries the same id.
        Assert.Equal(kind is "lost-before" or "html-with-200" ? 2 : 1, puts.Count);
        Assert.Single(puts.Select(p => (string?)p["idempotencyId"]).OfType<string>().Distinct());
    }

    [Fact]
    public async Task A_host_that_stops_before_the_answer_ends_the_correction_after_its_restart()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await OpenedAsync(workshop);
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        await workshop.Sandbox.FaultAsync(new { method = "PUT", path = "/purchase_invoices", kind = "error-after-commit", times = 1 });
        Assert.Null(await workshop.Get<CorrectionDesk>().SendAsync(workshop.Admin, published.Code, (await workshop.ItemAsync(published.Code)).Version));
        await workshop.ItemAsync(published.Code, i => i.WaitingBecause is not null && i.Status is ItemStatus.Publishing);

        await workshop.RestartAsync();

        Assert.False((await workshop.ItemAsync(published.Code, i => i.Status is ItemStatus.Published)).IsBeingCorrected);
        Assert.Equal("Ink", (string?)Assert.Single(Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))["invoice_lines"]!.AsArray())!["description"]);
    }

    [Fact]
    public async Task What_Sage_refuses_stays_open_with_its_field_and_Sage_keeps_what_it_had()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await OpenedAsync(workshop);
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        await workshop.Sandbox.FaultAsync(new { method = "PUT", path = "/purchase_invoices", kind = "status", status = 422, dataCode = "RecordInvalid", message = "Couldn't find Supplier.", times = 1 });

        Assert.Null(await workshop.Get<CorrectionDesk>().SendAsync(workshop.Admin, published.Code, (await workshop.ItemAsync(published.Code)).Version));
        var refused = await workshop.ItemAsync(published.Code, i => i.Failure is not null && i.Status is not ItemStatus.Publishing);

        Assert.Equal((ItemStatus.Published, true, ItemField.Supplier, "Ink"), (refused.Status, refused.IsBeingCorrected, refused.Failure!.Field, refused.Description));
        Assert.NotNull(refused.WaitingBecause);
        Assert.NotEqual("Ink", (string?)Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))["invoice_lines"]![0]!["description"]);
        // The same correction goes at the next try.
        Assert.Null((await SendAsync(workshop, published.Code)).Failure);
    }

    [Fact]
    public async Task What_is_paid_is_not_opened_and_what_somebody_pays_meanwhile_is_refused()
    {
        await using var workshop = await Workshop.OpenAsync();
        var paid = await Withdrawing.PaidAsync(workshop);
        Assert.Contains("nothing that is paid", (await workshop.Get<CorrectionDesk>().OutlookAsync(workshop.Admin, paid.Code)).Instead, StringComparison.Ordinal);
        Assert.Contains("Withdraw it", await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, paid.Code, paid.Version), StringComparison.Ordinal);
        await Withdrawing.WithdrawAsync(workshop, paid);
        await workshop.EditAsync(paid.Code, new ItemEdit.SetPaid(IsPaid: false));
        var published = await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(paid.Code));

        Assert.Equal(new CorrectionOutlook(null, null), await workshop.Get<CorrectionDesk>().OutlookAsync(workshop.Admin, paid.Code));
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, published.Code, published.Version));
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        var bill = Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"));
        await workshop.Sandbox.MutateAsync(new { business = SandboxHost.BusinessId("Marsh & Daughters Ltd"), action = "pay", id = (string)bill["id"]! });
        Assert.Null(await workshop.Get<CorrectionDesk>().SendAsync(workshop.Admin, published.Code, (await workshop.ItemAsync(published.Code)).Version));

        var refused = await workshop.ItemAsync(published.Code, i => i.Failure is not null && i.Status is not ItemStatus.Publishing);
        Assert.Equal((nameof(PublishFailureKind.SettledElsewhere), ItemStatus.Published), (refused.Failure!.Kind, refused.Status));
    }

    [Fact]
    public async Task A_correction_marks_as_paid_what_was_not()
    {
        await using var workshop = await Workshop.OpenAsync();
        var card = await EveryDestination.CardAsync(workshop);
        var published = await OpenedAsync(workshop);
        await workshop.EditAsync(published.Code, new ItemEdit.SetPaid(IsPaid: true));
        await workshop.EditAsync(published.Code, card);

        Assert.Null((await SendAsync(workshop, published.Code)).PublishedWith);

        Assert.Equal("PAID", (string?)Assert.Single(await Withdrawing.OursAsync(workshop, "purchase_invoices"))["status"]!["id"]);
        // And its payment goes with it when it is withdrawn.
        await Withdrawing.WithdrawAsync(workshop, await workshop.ItemAsync(published.Code));
        Assert.Empty(await Withdrawing.OursAsync(workshop, "purchase_invoices"));
    }

    [Fact]
    public async Task A_discarded_correction_gives_back_every_value_and_every_line()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await EveryDestination.CostAsync(workshop);
        await workshop.EditAsync(item.Code, new ItemEdit.ReplaceLines([Line("Paper", 100, item), Line("Ink", 127.50m, item)]));
        var published = await EveryDestination.PublishAsync(workshop, await workshop.MakeReadyAsync(item.Code));
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, published.Code, published.Version));
        await workshop.EditAsync(item.Code, new ItemEdit.SetSupplier(null));
        await workshop.EditAsync(item.Code, new ItemEdit.SetDate(published.Date!.Value.AddDays(1)));
        await workshop.EditAsync(item.Code, new ItemEdit.RemoveLine(published.Lines[0].Id));
        await workshop.EditAsync(item.Code, new ItemEdit.AddLine(Line("Toner", 1, item)));
        await workshop.EditAsync(item.Code, new ItemEdit.SetNote("Mine"));

        Assert.Null(await workshop.Get<CorrectionDesk>().DiscardAsync(workshop.Bookkeeper, item.Code));

        var back = await workshop.ItemAsync(item.Code);
        Assert.Equal((published.SupplierId, published.SupplierName, published.Date, published.Note, published.Total, published.Tax), (back.SupplierId, back.SupplierName, back.Date, back.Note, back.Total, back.Tax));
        Assert.Equal(published.Lines, back.Lines);
        Assert.Equal((ItemStatus.Published, false, null), (back.Status, back.IsBeingCorrected, back.WaitingBecause));
        Assert.NotNull(back.Locked);
    }

    [Fact]
    public async Task Of_two_people_who_send_it_one_does_and_what_it_is_cannot_be_changed()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await OpenedAsync(workshop);
        var version = (await workshop.ItemAsync(published.Code)).Version;
        foreach (var edit in new ItemEdit[] { new ItemEdit.SetType(ItemType.CreditNote), new ItemEdit.SetPublishTo(PublishTo.QuickEntry), new ItemEdit.MoveTo(Workspace.Sales), new ItemEdit.PutInto(Place.Bin) })
            Assert.NotNull((await workshop.Get<ItemDesk>().EditAsync(workshop.Admin, published.Code, edit, version)).Refusal);
        Assert.NotNull((await workshop.Get<AmountSplitDesk>().SplitAsync(workshop.Admin, published.Code, 10, version)).Refusal);
        // Whom it was for is kept here, and no correction.
        await workshop.EditAsync(published.Code, new ItemEdit.SetCustomer((await workshop.Get<Pickers>().CustomersAsync(workshop.Admin, search: null))[0].Id));
        version = (await workshop.ItemAsync(published.Code)).Version;
        Assert.Equal("Nothing is different from what was published.", await workshop.Get<CorrectionDesk>().SendAsync(workshop.Admin, published.Code, version));
        await workshop.EditAsync(published.Code, new ItemEdit.SetDescription("Ink"));
        version = (await workshop.ItemAsync(published.Code)).Version;
        await Books.ForgetJournalAsync(workshop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => workshop.Get<CorrectionDesk>().SendAsync(i % 2 == 0 ? workshop.Admin : workshop.Bookkeeper, published.Code, version)));

        Assert.Single(answers, a => a is null);
        await workshop.ItemAsync(published.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.JournalAsync(workshop), r => (string?)r["method"] == "PUT");
    }

    private static LineDraft Line(string description, decimal price, ItemView like) => new(description, price) { CategoryId = like.CategoryId, TaxRateId = like.TaxRateId };

    /// <summary>Published, and opened for a correction.</summary>
    private static async Task<ItemView> OpenedAsync(Workshop workshop, params ItemEdit[] edits)
    {
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop, edits));
        Assert.Null(await workshop.Get<CorrectionDesk>().BeginAsync(workshop.Admin, published.Code, published.Version));
        return await workshop.ItemAsync(published.Code);
    }

    private static async Task<ItemView> SendAsync(Workshop workshop, string code)
    {
        var open = await workshop.ItemAsync(code);
        Assert.Equal([], open.Issues.Select(i => i.Sentence));
        Assert.Null(await workshop.Get<CorrectionDesk>().SendAsync(workshop.Bookkeeper, code, open.Version));
        var corrected = await workshop.ItemAsync(code, i => i.Status is not ItemStatus.Publishing);
        Assert.Null(corrected.Failure);
        Assert.False(corrected.IsBeingCorrected);
        return corrected;
    }

    private static decimal Amount(JsonObject document) => decimal.Parse(document["total_amount"]!.ToString(), CultureInfo.InvariantCulture);
}
