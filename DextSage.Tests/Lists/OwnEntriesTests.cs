using System.Text;
using Bunit;
using CsCheck;
using DextSage.App.Lists;
using DextSage.Integration.Connections;
using DextSage.Integration.Csv;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Lists without accounting software: by hand and from a file.</summary>
public sealed class OwnEntriesTests : Screen
{
    private OwnEntries Own => Services.GetRequiredService<OwnEntries>();
    private Caller Admin => MemberAs(Role.Admin).Caller;

    [Theory]
    [InlineData(ListKind.Categories, "", null, "The name is empty.")]
    [InlineData(ListKind.Categories, "Rent", "71x0", "The category code must be a number of at most 8 digits.")]
    [InlineData(ListKind.Categories, "office COSTS", null, "office COSTS is on the list already.")]
    [InlineData(ListKind.Categories, "Rent", "7500", "The code 7500 belongs to Office costs.")]
    [InlineData(ListKind.Categories, "Rent (20%)", "7100", null)]
    [InlineData(ListKind.TaxRates, "Standard", "a fifth", "The rate must be a percentage from 0 to 100, such as 20 or 13.5.")]
    [InlineData(ListKind.TaxRates, "Standard", "101", "The rate must be a percentage from 0 to 100, such as 20 or 13.5.")]
    [InlineData(ListKind.TaxRates, "Reduced", "13.5%", null)]
    [InlineData(ListKind.Customers, "Ann", "A1", null)]
    public async Task An_entry_is_added_by_hand_unless_it_breaks_a_rule(ListKind list, string name, string? code, string? refusal)
    {
        await SettleInAsync();
        Assert.Null(await Own.SaveAsync(Admin, ListKind.Categories, null, new OwnEntry("Office costs", "7500")));

        Assert.Equal(refusal, await Own.SaveAsync(Admin, list, null, new OwnEntry(name, code)));
        if (refusal is null) Assert.Contains(await RowsAsync(list), r => r.IsOwn && r.Name == name.Replace(" (20%)", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_s_own_entries_are_offered_changed_removed_and_restored()
    {
        await SettleInAsync();
        await Own.SaveAsync(Admin, ListKind.Suppliers, null, new OwnEntry("Acme", "A1", "eur"));
        var acme = Assert.Single(await RowsAsync(ListKind.Suppliers));
        Assert.Equal(("A1", "EUR"), (acme.Code, acme.Cells[0]));

        Assert.Null(await Own.SaveAsync(Admin, ListKind.Suppliers, acme.Id, new OwnEntry("Acme Paper", "A1", "EUR")));
        Assert.Equal("Acme Paper", Assert.Single(await Services.GetRequiredService<Pickers>().SuppliersAsync(Admin, "acme")).Name);
        await Own.RemoveAsync(Admin, ListKind.Suppliers, acme.Id);
        Assert.Empty(await Services.GetRequiredService<Pickers>().SuppliersAsync(Admin, "acme"));
        Assert.NotNull(Assert.Single(await RowsAsync(ListKind.Suppliers)).RetiredAt);
        await Own.RestoreAsync(Admin, ListKind.Suppliers, acme.Id);
        Assert.Null(Assert.Single(await RowsAsync(ListKind.Suppliers)).RetiredAt);
    }

    [Theory]
    [InlineData(ConnectionStatus.Connected, true)]
    [InlineData(ConnectionStatus.ReconnectNeeded, true)]
    [InlineData(ConnectionStatus.Disconnected, false)]
    public async Task With_a_connection_the_lists_are_Sages_and_one_s_own_entries_stay_but_are_not_offered(ConnectionStatus status, bool isSages)
    {
        await SettleInAsync();
        await Own.SaveAsync(Admin, ListKind.Suppliers, null, new OwnEntry("Acme"));
        await WriteConnectionAsync(status);

        Assert.Equal(isSages, await Own.SaveAsync(Admin, ListKind.Suppliers, null, new OwnEntry("Other")) is not null);
        Assert.Equal(isSages, (await Own.ImportAsync(Admin, ListKind.Suppliers, Table("Supplier Name\nThird"), new ImportMapping(0, null, null, null))).Problem is not null);
        Assert.Contains(await RowsAsync(ListKind.Suppliers), r => r is { Name: "Acme", RetiredAt: null });
        Assert.Equal(isSages, (await Services.GetRequiredService<Pickers>().SuppliersAsync(Admin, "Acme")).Count == 0);
    }

    [Fact]
    public async Task A_file_is_imported_whole_but_for_the_lines_that_break_a_rule_and_those_are_named()
    {
        await SettleInAsync();
        await Own.SaveAsync(Admin, ListKind.Categories, null, new OwnEntry("Office costs", "7500"));
        await Own.SaveAsync(Admin, ListKind.Suppliers, null, new OwnEntry("Acme", "A1"));
        await WriteAsync([.. new[] { "7100", "7101" }.Select(code => new Category { BusinessId = Business.Id, SageId = code, Name = "Rent", DisplayName = $"Rent ({code})" })]);
        var table = Table("""
            supplier name;Supplier Code;Currency;Category Name
            Bright;B1;gbp;Office costs (20%)
            ACME;;EUR;
            <script>alert(1)</script>;A1;;
            Fourth;F1;POUNDS;
            "Semi;colon";S1;;7500
            ;X;;
            bright;B1;;
            Sixth;;;Nonsense
            Seventh;;;Rent
            """);

        var mapping = ImportMapping.Guess(ListKind.Suppliers, table.Headings);
        var preview = await Own.PreviewAsync(Admin, ListKind.Suppliers, table, mapping);
        Assert.Single(await RowsAsync(ListKind.Suppliers));
        var report = await Own.ImportAsync(Admin, ListKind.Suppliers, table, mapping);

        Assert.Equal(preview.Lines, report.Lines);
        Assert.Equal(
            [
                (2, ImportOutcome.Added, null), (3, ImportOutcome.Merged, null), (4, ImportOutcome.Refused, "The code A1 belongs to Acme."),
                (5, ImportOutcome.Refused, "The currency must be three letters, such as GBP."), (6, ImportOutcome.Added, null), (7, ImportOutcome.Refused, "The name is empty."),
                (8, ImportOutcome.Unchanged, null), (9, ImportOutcome.Refused, "There is no category called Nonsense. Import the categories first."),
                (10, ImportOutcome.Refused, "2 categories are called Rent. Give the category’s code instead."),
            ],
            report.Lines.Select(l => (l.Number, l.Outcome, l.Rule)));
        Assert.Equal(
            [("Acme", "A1", "EUR", null), ("Bright", "B1", "GBP", "Office costs"), ("Semi;colon", "S1", null, "Office costs")],
            (await RowsAsync(ListKind.Suppliers)).Select(r => (r.Name, r.Code, r.Cells[0], r.Cells[1])));
        Assert.All((await Own.ImportAsync(Admin, ListKind.Suppliers, table, mapping)).Lines, l => Assert.True(l.Outcome is ImportOutcome.Unchanged or ImportOutcome.Refused));
        Assert.Equal(3, (await RowsAsync(ListKind.Suppliers)).Count);
    }

    [Fact]
    public async Task A_suppliers_currency_and_category_become_their_rule_and_what_else_it_says_stays()
    {
        await SettleInAsync();
        await Own.SaveAsync(Admin, ListKind.Categories, null, new OwnEntry("Office costs", "7500"));
        await Own.SaveAsync(Admin, ListKind.Suppliers, null, new OwnEntry("Acme", "A1", "EUR"));
        var (desk, acme) = (Services.GetRequiredService<RulesDesk>(), Assert.Single(await RowsAsync(ListKind.Suppliers)));
        Assert.Null((await desk.SaveAsync(Admin, new RuleDraft(Id: null, RuleKind.Supplier, acme.Id, "", IsOn: true, new(), new() { DueDays = 30, Currency = "USD" }))).Refusal);
        var table = Table("""
            Supplier Name,Currency,Category name
            Acme,EUR,
            Bright,gbp,Office costs
            Castle,,
            Drum,,Nonsense
            """);
        var mapping = ImportMapping.Guess(ListKind.Suppliers, table.Headings);

        var preview = await Own.PreviewAsync(Admin, ListKind.Suppliers, table, mapping);
        Assert.Equal(["Due date: 30 days after the document", "Currency: USD"], Assert.Single((await desk.OverviewAsync(Admin)).Rules).Then);
        var report = await Own.ImportAsync(Admin, ListKind.Suppliers, table, mapping);

        Assert.Equal(preview.Lines, report.Lines);
        // Of Acme nothing but the rule was otherwise.
        Assert.Equal([ImportOutcome.Merged, ImportOutcome.Added, ImportOutcome.Added, ImportOutcome.Refused], report.Lines.Select(l => l.Outcome));
        var rules = (await desk.OverviewAsync(Admin)).Of(RuleKind.Supplier).OrderBy(r => r.Title).ToList();
        Assert.Equal(["Acme (A1): Due date: 30 days after the document; Currency: EUR", "Bright: Category: Office costs (7500); Currency: GBP"], rules.Select(r => $"{r.Title}: {string.Join("; ", r.Then)}"));
        Assert.All((await Own.ImportAsync(Admin, ListKind.Suppliers, table, mapping)).Lines, l => Assert.True(l.Outcome is ImportOutcome.Unchanged or ImportOutcome.Refused));
        Assert.Equal(rules.Select(r => (r.Id, string.Join("; ", r.Then))), (await desk.OverviewAsync(Admin)).Of(RuleKind.Supplier).OrderBy(r => r.Title).Select(r => (r.Id, string.Join("; ", r.Then))));
    }

    [Theory]
    [InlineData("310 - Manpower Cost (0%)", "310 - Manpower Cost")]
    [InlineData("Rent (13.5%)", "Rent")]
    [InlineData("Bonus (20%) scheme", "Bonus (20%) scheme")]
    [InlineData("Cars (leased)", "Cars (leased)")]
    public async Task The_rate_that_an_export_puts_behind_a_category_is_taken_off(string inFile, string name)
    {
        await SettleInAsync();
        await Own.ImportAsync(Admin, ListKind.Categories, Table($"Category name\n{inFile}"), new ImportMapping(0, null, null, null));
        Assert.Equal(name, Assert.Single(await RowsAsync(ListKind.Categories)).Name);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x41, 0x0A }, "not text")]
    [InlineData(new byte[] { 0x41, 0x0A }, "no lines below")]
    [InlineData(new byte[] { }, "no lines below")]
    [InlineData(new byte[] { 0x41, 0x0A, 0x22, 0x42 }, "never closed")]
    public void A_file_that_is_no_table_is_refused_with_a_sentence(byte[] file, string says)
    {
        Assert.Null(CsvTable.Read(file, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_a_file_holds_there_is_a_table_or_a_sentence() =>
        Gen.Byte.Array[0, 200].Sample(bytes => CsvTable.Read(bytes, out var problem) is null == problem is not null);

    [Fact]
    public async Task The_page_shows_what_would_happen_as_text_then_does_it()
    {
        await SettleInAsync();
        var page = Import("Titel,Nr\n<b>Rent</b>,7100\nGas,seven");
        Assert.Contains("Choose the column that holds “Category name”.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        page.Find("#column-0").Change("0");
        page.Find("#column-1").Change("1");
        Assert.Contains("1 to add, 1 refused.", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(ListKind.Categories));
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Import").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains("1 added, 1 refused.", page.Find("[role=status]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Contains("RefusedThe category code must be a number of at most 8 digits.", page.FindAll("td").Select(td => td.TextContent.Trim()));
        Assert.Contains(page.FindAll("td"), td => td.TextContent == "<b>Rent</b>");
        Assert.Equal("<b>Rent</b>", Assert.Single(await RowsAsync(ListKind.Categories)).Name);
    }

    private IRenderedComponent<ListImportPage> Import(string csv)
    {
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/b/marsh/settings/lists/categories/import");
        var page = RenderAs<ListImportPage>(Role.Admin);
        page.WaitForElement("#import-file", TimeSpan.FromSeconds(20));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(csv, "categories.csv"));
        page.WaitForElement("#column-0", TimeSpan.FromSeconds(20));
        return page;
    }

    private Task<IReadOnlyList<ListRow>> RowsAsync(ListKind list) => Services.GetRequiredService<ListPages>().RowsAsync(Admin, new ListQuery(list), 0, 100);

    private static CsvTable Table(string csv) => CsvTable.Read(Encoding.UTF8.GetBytes(csv), out _)!;
}
