using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Lists;
using DextSage.Integration.Rules;
using DextSage.Tests.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Electronic invoices: dropped, read, nearly Ready by themselves, published with their lines.</summary>
public sealed class ReadingEInvoices
{
    private static readonly DrawnInvoice Drawn = new() { Lines = [new("Copier paper A4", 10, 3.95m, 20), new("Toner", 1, 61.5m, 20)], Discount = 5 };

    [Fact]
    public async Task A_ubl_invoice_lacks_nothing_but_categories_and_is_published_with_its_lines()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "n118.xml", Drawn.Ubl());

        Assert.Equal(("N-2026-118", new DateOnly(2026, 11, 2), "GBP", 115.20m, 19.20m), (item.Reference, item.Date, item.Currency, item.Total, item.Tax));
        Assert.Equal(("Northgate Stationers Ltd", true), (item.SupplierName, item.SupplierId is not null));
        Assert.Equal([("Copier paper A4", 10m, 3.95m), ("Toner", 1m, 61.5m), ("Loyalty", 1m, -5m)], item.Lines.Select(l => (l.Description!, l.Quantity, l.UnitPrice)));
        Assert.All(item.Lines, l => Assert.NotNull(l.TaxRate));
        Assert.Equal(0, item.OutBy);
        Assert.All(item.Issues, i => Assert.EndsWith("Choose a category.", i.Sentence, StringComparison.Ordinal));
        Assert.Equal((ReadField.Stated, 1m), item.ReadFrom[ItemField.Total] is var read ? (read.Evidence, read.Confidence) : default);

        await CategoriseAsync(workshop, item);
        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Null(published.PublishedWith);
        var bill = Assert.Single(await Books.BillsAsync(workshop));
        var drawn = (await workshop.Get<ItemDocuments>().OpenAsync(workshop.Admin, item.Document!.Id, DocumentForm.Sent))!;
        await using (drawn.Content) Assert.Equal(("n118.pdf", "application/pdf", drawn.Content.Length), (drawn.FileName, drawn.ContentType, (long)Assert.Single(bill.FileSizes)));
        Assert.Contains(await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, item.Code), e => e.Cause is ChangeCause.Conversion);
        Assert.Equal((115.20m, 19.20m), (bill.Total, bill.Tax));
    }

    [Fact]
    public async Task A_total_that_its_page_shows_otherwise_is_left_to_a_person()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "n118.pdf", FacturX.Around(Drawn.Cii(), page: "Total amount due: GBP 1,115.20"));

        Assert.Equal((ItemStatus.ToReview, null, null, 0, "N-2026-118"), (item.Status, item.Total, item.Tax, item.Lines.Count, item.Reference));
        var view = await workshop.Get<StructuredInvoices>().FindAsync(workshop.Admin, item.Document!.Id);
        Assert.Equal("The page shows a total of 1,115.20; the e-invoice states 115.20.", Assert.Single(view!.Differences).Sentence);
    }

    [Fact]
    public async Task A_factur_x_invoice_is_published_with_its_lines_and_its_pdf()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var pdf = FacturX.Around(Drawn.Cii());

        var item = await AddAsync(workshop, "n118.pdf", pdf);

        Assert.Equal((3, 115.20m, true), (item.Lines.Count, item.Total, item.Document!.CarriesInvoice));
        var view = await workshop.Get<StructuredInvoices>().FindAsync(workshop.Admin, item.Document.Id);
        Assert.Equal(("N-2026-118", 0), (view!.Invoice.Number, view.Checks.Count));
        Assert.Equal(Drawn.Cii(), await workshop.Get<StructuredInvoices>().XmlAsync(workshop.Admin, item.Document.Id));

        await CategoriseAsync(workshop, item);
        await workshop.PublishAsync(item.Code);

        Assert.Null((await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published)).PublishedWith);
        Assert.Equal(pdf.Length, Assert.Single(Assert.Single(await Books.BillsAsync(workshop)).FileSizes));
    }

    [Fact]
    public async Task An_invoice_of_our_own_goes_to_the_sales_wherever_it_was_dropped()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "ours.xml", (Drawn with { Seller = "Marsh & Daughters Ltd", Buyer = "Somebody Else Ltd" }).Ubl());

        Assert.Equal((Workspace.Sales, ItemType.SalesInvoice, "Somebody Else Ltd", null), (item.Workspace, item.Type, item.CustomerName, item.SupplierName));
    }

    [Fact]
    public async Task What_takes_something_back_is_a_credit_note_of_more_than_zero()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "back.xml", new DrawnInvoice { Lines = [new("Toner returned", -2, 61.5m, 20)] }.Ubl());

        Assert.Equal((ItemType.CreditNote, 147.60m, 24.60m), (item.Type, item.Total, item.Tax));
        Assert.Equal(123m, Assert.Single(item.Lines).Net);
    }

    [Fact]
    public async Task A_total_that_does_not_add_up_leaves_the_amounts_to_a_person()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "wrong.xml", (Drawn with { StatedTotal = 150m }).Ubl());

        Assert.Equal((null, null, 0, "N-2026-118"), (item.Total, item.Tax, item.Lines.Count, item.Reference));
        Assert.Equal(["BR-CO-15"], (await workshop.Get<StructuredInvoices>().FindAsync(workshop.Admin, item.Document!.Id))!.Checks.Select(c => c.Rule));
    }

    [Fact]
    public async Task A_suppliers_rule_codes_its_lines_so_that_the_next_one_arrives_ready_and_can_be_undone()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (rules, bulk) = (workshop.Get<RulesDesk>(), workshop.Get<BulkDesk>());
        var first = await AddAsync(workshop, "n118.xml", Drawn.Ubl());
        var category = (await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Office costs"))[0].Id;
        var kept = first.Lines[0].Id;
        var travel = (await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Travel"))[0].Id;
        await workshop.EditAsync(first.Code, new ItemEdit.EditLine(kept, new LineEdit.SetCategory(travel)));
        var draft = (await rules.FromItemAsync(workshop.Admin, first.Code, RuleKind.Supplier))!.Draft with { Actions = new() { CategoryId = category } };
        Assert.Equal("Office costs (7500), on 2 lines", Assert.Single(Assert.Single((await rules.TryAsync(workshop.Admin, draft)).Rows).Changes).To);
        var rule = await rules.SaveAsync(workshop.Admin, draft);

        var next = await AddAsync(workshop, "n119.xml", (Drawn with { Number = "N-2026-119", Date = new(2026, 11, 9), Discount = 7 }).Ubl());

        Assert.Equal(ItemStatus.Ready, next.Status);
        Assert.All(next.Lines, l => Assert.Equal("Office costs (7500)", l.Category!.Name));
        Assert.Equal(1, (await rules.OverviewAsync(workshop.Admin)).Rules.Single(r => r.Id == rule.Id).Hits);

        var run = (await rules.ApplyAsync(workshop.Admin, rule.Id)).RunId!.Value;
        var applied = await workshop.ItemAsync(first.Code, i => i.Status is ItemStatus.Ready);
        Assert.Equal(["Travel (7400)", "Office costs (7500)", "Office costs (7500)"], applied.Lines.Select(l => l.Category!.Name));
        await bulk.UndoAsync(workshop.Admin, run);
        var undone = await workshop.ItemAsync(first.Code, i => i.Status is ItemStatus.ToReview);
        Assert.Equal([kept], undone.Lines.Where(l => l.Category is not null).Select(l => l.Id));
        Assert.Equal((first.Total, first.Tax), (undone.Total, undone.Tax));
    }

    [Fact]
    public async Task A_supplier_whose_line_items_are_left_out_has_one_amount_unless_its_lines_are_taxed_differently()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (rules, bulk) = (workshop.Get<RulesDesk>(), workshop.Get<BulkDesk>());
        var first = await AddAsync(workshop, "n118.xml", Drawn.Ubl());
        var category = (await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Office costs"))[0].Id;
        var draft = (await rules.FromItemAsync(workshop.Admin, first.Code, RuleKind.Supplier))!.Draft with { Actions = new() { CategoryId = category, LineItems = LineItems.Never } };
        Assert.Contains(new ChangeView(ItemField.Lines, null, null, "3 lines", "one amount"), Assert.Single((await rules.TryAsync(workshop.Admin, draft)).Rows).Changes);
        var rule = await rules.SaveAsync(workshop.Admin, draft);

        var next = await AddAsync(workshop, "n119.xml", (Drawn with { Number = "N-2026-119", Date = new(2026, 11, 9), Discount = 7 }).Ubl());
        var mixed = await AddAsync(workshop, "n120.xml", new DrawnInvoice { Number = "N-2026-120", Date = new(2026, 11, 16) }.Ubl());

        Assert.Equal((ItemStatus.Ready, 0, 112.80m, 18.80m, category), (next.Status, next.Lines.Count, next.Total, next.Tax, next.CategoryId));
        Assert.Equal("Supplier rule of Northgate Stationers Ltd", (await rules.OfItemAsync(workshop.Admin, next.Code))!.LinesLeftOutBy);
        var told = (await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, next.Code)).Single(e => e.Cause is ChangeCause.Rule).Changes;
        Assert.Equal([ItemField.Category, ItemField.Lines], told.Select(c => c.Field));
        Assert.Equal((3, "Supplier rule of Northgate Stationers Ltd"), (mixed.Lines.Count, (await rules.OfItemAsync(workshop.Admin, mixed.Code))!.LinesStayDespite));
        Assert.Equal(2, (await rules.OverviewAsync(workshop.Admin)).Rules.Single(r => r.Id == rule.Id).Hits);

        var run = (await rules.ApplyAsync(workshop.Admin, rule.Id)).RunId!.Value;
        await workshop.ItemAsync(first.Code, i => i is { Status: ItemStatus.Ready, Lines.Count: 0 });
        await bulk.UndoAsync(workshop.Admin, run);
        var undone = await workshop.ItemAsync(first.Code, i => i.Lines.Count == 3);
        Assert.Equal(first.Lines, undone.Lines);
        Assert.Equal((first.Total, first.Tax), (undone.Total, undone.Tax));

        await workshop.PublishAsync(next.Code);
        await workshop.ItemAsync(next.Code, i => i.Status is ItemStatus.Published);
        Assert.Equal((112.80m, 18.80m), Assert.Single(await Books.BillsAsync(workshop)) is var bill ? (bill.Total, bill.Tax) : default);
    }

    [Fact]
    public async Task Another_countrys_tax_of_the_same_percentage_is_not_ours()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var item = await AddAsync(workshop, "abroad.xml", (Drawn with { SellerCountry = "FR" }).Ubl());

        Assert.Equal((115.20m, 19.20m, (Guid?)null), (item.Total, item.Tax, item.TaxRateId));
        Assert.All(item.Lines, l => Assert.Null(l.TaxRate));
    }

    [Fact]
    public async Task Tax_that_is_stated_is_not_reckoned_anew_by_a_default_rate()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var desk = workshop.Get<SettingsDesk>();
        var before = (await desk.ReadAsync(workshop.Admin))!.Values;
        var standard = (await workshop.Get<Pickers>().TaxRatesAsync(workshop.Admin)).Single(r => r.Percentage == 20).Id;
        Assert.Null((await desk.SaveAsync(workshop.Admin, before, before with { CostsTaxRateId = standard })).Refusal);

        var item = await AddAsync(workshop, "reversed.xml", new DrawnInvoice { Lines = [new("Building work", 1, 100, 0)], TaxCategory = "AE" }.Ubl());

        Assert.Equal((100m, 0m, (Guid?)null), (item.Total, item.Tax, item.TaxRateId));
        Assert.All(item.Lines, l => Assert.Null(l.TaxRate));
    }

    private static async Task<ItemView> AddAsync(Workshop workshop, string name, byte[] content)
    {
        var file = new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false));
        var report = Assert.Single(await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [file]));
        Assert.Null(report.Refusal);
        return await workshop.ItemAsync(report.Codes[0], i => i.Status is not ItemStatus.Processing);
    }

    private static async Task CategoriseAsync(Workshop workshop, ItemView item)
    {
        var category = (await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Office costs"))[0].Id;
        foreach (var line in item.Lines) await workshop.EditAsync(item.Code, new ItemEdit.EditLine(line.Id, new LineEdit.SetCategory(category)));
        Assert.Equal(ItemStatus.Ready, (await workshop.ItemAsync(item.Code)).Status);
    }
}
