using System.Text.Json;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>The search of an inbox, through the database's own index, after whatever may change an item.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task All_that_keeps_the_search_and_the_counts_true_stands_after_the_last_migration()
    {
        await using var quarter = await Quarter.OpenAsync();
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var there = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master").ToListAsync();
        Assert.Empty(SearchTables.Names.Except(there, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("north", true)]
    [InlineData("NORTHGATE st", true)]
    [InlineData("hgate", true)]
    [InlineData("cafe", true)]
    [InlineData("CAFÉ", true)]
    [InlineData("é", true)]
    [InlineData("É", true)]
    [InlineData("INV_0", false)]
    [InlineData("INV%", false)]
    [InlineData("321.07", true)]
    [InlineData("£4,321.07", true)]
    [InlineData("07/11/2026", true)]
    [InlineData("2026-11-07", true)]
    [InlineData("northgate*", false)]
    [InlineData("north OR south", false)]
    [InlineData("\"", false)]
    public async Task A_text_is_found_wherever_it_stands_whatever_its_case_and_nothing_in_it_is_an_operator(string typed, bool isFound)
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter, i => (i.SupplierName, i.Reference, i.Description, i.Total, i.Date) = ("Northgate Stationers", "INV-0", "for the Café", 4321.07m, new DateOnly(2026, 11, 7)));

        Assert.Equal(isFound ? [code] : [], await FindAsync(quarter, typed));
    }

    [Fact]
    public async Task What_was_edited_at_the_desk_or_in_bulk_is_found_by_its_new_words_and_not_by_the_old()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter, i => i.Note = "the first word");
        Assert.Equal([code], await FindAsync(quarter, "first word"));

        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, new ItemEdit.SetNote("the second word"), 0);
        Assert.Empty(await FindAsync(quarter, "first word"));
        Assert.Equal([code], await FindAsync(quarter, "second word"));

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Items.Where(i => i.Code == code).ExecuteUpdateAsync(set => set.SetProperty(i => i.Note, "the third word").SetProperty(i => i.Place, Place.Bin));
        Assert.Empty(await FindAsync(quarter, "second word"));
        Assert.Equal([code], await FindAsync(quarter, "third word", InboxTab.Bin));

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Items.Where(i => i.Code == code).ExecuteDeleteAsync();
        Assert.Empty(await FindAsync(quarter, "third word", InboxTab.Bin));
    }

    [Fact]
    public async Task Lines_entries_by_their_present_name_and_the_documents_text_are_searched_and_the_row_says_where()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter, i =>
        {
            i.CategoryId = null;
            i.Lines.Add(new ItemLine { BusinessId = i.BusinessId, ItemId = i.Id, Description = "Blue paint, five litres", CategoryId = quarter.Town.Marsh.Category.Id, UnitPrice = 1 });
            i.Document = new Document { BusinessId = i.BusinessId, Sha256 = new string('0', 64), FileName = "scan.pdf", ContentType = "application/pdf", Length = 1 };
        });
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            var document = await db.Items.Where(i => i.Code == code).Select(i => i.DocumentId!.Value).SingleAsync();
            db.Add(new DocumentText { BusinessId = db.BusinessId, DocumentId = document, Text = "Delivered by bicycle\nto the back door" });
            await db.SaveChangesAsync();
        }

        Assert.Equal((FoundIn.Line, "Blue paint, five litres"), await WhereAsync(quarter, "blue PAINT", code));
        Assert.Equal((FoundIn.Document, "Delivered by bicycle to the back door"), await WhereAsync(quarter, "bicycle", code));

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            await db.Categories.ExecuteUpdateAsync(set => set.SetProperty(c => c.DisplayName, "Renamed by Sage (7500)"));
            await db.ItemLines.Where(l => l.Description!.StartsWith("Blue")).ExecuteUpdateAsync(set => set.SetProperty(l => l.Description, "Red paint"));
        }
        Assert.Contains(code, await FindAsync(quarter, "renamed by"));
        Assert.Empty(await FindAsync(quarter, "blue paint"));
        Assert.Equal([code], await FindAsync(quarter, "red paint"));
    }

    [Fact]
    public async Task Nobody_finds_what_they_may_not_see()
    {
        await using var quarter = await Quarter.OpenAsync();
        Assert.Empty(await FindAsync(quarter, Town.BrooksOwn));
        Assert.NotEmpty(await FindAsync(quarter, Town.AdminsOwn));
        Assert.Empty((await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Standard), new InboxQuery(new ItemFilter { Search = Town.AdminsOwn }))).Rows);
    }

    [Fact]
    public async Task The_counts_on_the_tabs_are_those_of_the_items_whatever_moved_them()
    {
        await using var quarter = await Quarter.OpenAsync();
        var code = await AddAsync(quarter, i => i.Status = ItemStatus.ToReview);
        await AddAsync(quarter, i => (i.Place, i.Workspace) = (Place.Archive, Workspace.Sales));
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            await db.Items.Where(i => i.Code == code).ExecuteUpdateAsync(set => set.SetProperty(i => i.Place, Place.Bin).SetProperty(i => i.Status, ItemStatus.Ready));
            var failed = await db.Items.AsTracking().FirstAsync(i => i.Place == Place.Inbox);
            failed.Failure = new("X", null, "No.", "Again.", null);
            await db.SaveChangesAsync();
        }
        foreach (var who in new[] { Who.Standard, Who.Admin })
        foreach (var workspace in Enum.GetValues<Workspace>())
        {
            // A filter that says nothing about any item has them counted one by one.
            var caller = quarter.Town.Claim(who);
            var kept = await quarter.Get<Inbox>().CountsAsync(caller, new ItemFilter(workspace));
            var counted = new List<int>();
            foreach (var tab in Enum.GetValues<InboxTab>())
                counted.Add((await quarter.Get<Inbox>().PageAsync(caller, new InboxQuery(new ItemFilter(workspace, tab), PageSize: 200))).Rows.Count);
            Assert.Equal(counted, Enum.GetValues<InboxTab>().Select(kept.Of));
        }
    }

    [Fact]
    public async Task Text_of_every_script_and_kind_is_found_as_it_was_typed_and_never_an_error()
    {
        string[] some =
        [
            "'; DROP TABLE Items; --", "%", "_", "\\", "\"", "*", "AND", "NEAR(a b)", "col:x", "^a", "-a", "社會科學院語學研究所", "🐵 🙈 🙉 🙊", "👩🏽", "Ω≈ç√∫˜µ≤≥÷", "ثم نفس سقطت", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ̖t̝͕̳̣̻̪͞h̼͓̲̦̳̘̲e͇̣̰̦̬͎ ̢̼̻̱̘h͚͎͙̜̣̲ͅi̦̲̣̰̤v̻͍e̺̭̳̪̰-m̢iͅn̖̺̞̲̯̰d̵̼̟͙̩̼̘̳",
            "e\u0301", "\u202Etest", "\uFEFF", "ﷺ", "<script>alert(1)</script>", "NULL", "1E+02", "1,000.00", "€5", "$1.00", "İıŞş", "ß", "ﬁ", "Ⱥ", "\uD800",
        ];
        await using var quarter = await Quarter.OpenAsync();
        foreach (var text in some.Concat(Hostile()))
        {
            var code = await AddAsync(quarter, _ => { });
            var saved = await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), code, new ItemEdit.SetDescription(text), 0);
            if (!saved.IsSaved || string.IsNullOrWhiteSpace(text)) continue;
            Assert.True((await FindAsync(quarter, text)).Contains(code), $"‘{text}’ was not found.");
        }
    }

    // The big list of naughty strings, where it is at hand.
    private static string[] Hostile() => Shared.Folder is { } folder && Path.Combine(folder, "corpus", "hostile", "naughty-strings.json") is var file && File.Exists(file)
        ? JsonSerializer.Deserialize<string[]>(File.ReadAllText(file))!
        : [];

    private static async Task<string> AddAsync(Quarter quarter, Action<Item> spoil)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var item = new Item
        {
            BusinessId = db.BusinessId, Code = Guid.NewGuid().ToString("N")[..10].ToUpperInvariant(), OwnerId = quarter.Town.PersonId(Who.Admin), Source = ItemSource.Upload,
            CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.Ready,
        };
        spoil(item);
        db.Add(item);
        await db.SaveChangesAsync();
        return item.Code;
    }

    private static async Task<IReadOnlyList<string>> FindAsync(Quarter quarter, string typed, InboxTab tab = InboxTab.Inbox) =>
        [.. (await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(new ItemFilter(Tab: tab) { Search = typed }, PageSize: 200))).Rows.Select(r => r.Code)];

    private static async Task<(FoundIn, string)> WhereAsync(Quarter quarter, string typed, string code)
    {
        var page = await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(new ItemFilter { Search = typed }));
        var found = Assert.Single(Assert.Single(page.Rows, r => r.Code == code).Found);
        return (found.In, found.Text);
    }
}
