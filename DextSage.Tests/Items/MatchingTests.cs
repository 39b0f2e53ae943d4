using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Layout;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Old entries and the new ones in their place, wherever something points to them; or nothing in their place, where a business wants to code anew.</summary>
public sealed class MatchingTests : Screen
{
    private ListMatching Matching => Services.GetRequiredService<ListMatching>();
    private Caller Admin => MemberAs(Role.Admin).Caller;

    [Fact]
    public async Task An_item_and_its_lines_count_once_and_every_pointer_of_theirs_is_mapped()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var (old, fresh) = (Category("Paper", isGone: true), Category("Paper"));
        var both = Cost(i => i.CategoryId = old.Id, new ItemLine { BusinessId = Business.Id, CategoryId = old.Id }, new ItemLine { BusinessId = Business.Id, CategoryId = old.Id });
        var lineAlone = Cost(_ => { }, new ItemLine { BusinessId = Business.Id, CategoryId = old.Id });
        var published = Cost(i => (i.CategoryId, i.Status) = (old.Id, ItemStatus.Published));
        await WriteAsync(old, fresh);
        await WriteAsync(both, lineAlone, published);

        Assert.Equal([ListKind.Categories], await Matching.PendingAsync(Admin));
        var row = Assert.Single(await Matching.ReadAsync(Admin, ListKind.Categories));
        Assert.Equal((2, fresh.Id), (row.Use.Items, row.Proposal!.Id));
        Assert.Equal(new MatchOutcome(null, 2), await Matching.ApplyAsync(Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [old.Id] = fresh.Id }));

        Assert.Empty(await Matching.PendingAsync(Admin));
        Assert.All((Item[])[await ItemAsync(both), await ItemAsync(lineAlone)], item => Assert.All(item.Lines, line => Assert.Equal(fresh.Id, line.CategoryId)));
        Assert.Equal(fresh.Id, (await ItemAsync(both)).CategoryId);
        Assert.Null((await ItemAsync(lineAlone)).CategoryId);
        Assert.Equal(old.Id, (await ItemAsync(published)).CategoryId);
        var history = await HistoryAsync(both);
        Assert.Equal(3, history.Count);
        Assert.All(history, c => Assert.Equal((ChangeCause.Matching, Admin.PersonId, "Paper (old)", "Paper"), (c.Cause, c.PersonId, c.From, c.To)));
    }

    [Fact]
    public async Task What_rules_alone_point_to_is_offered_and_they_follow()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var (old, forCosts, forBoth) = (Category("Fees", isGone: true), Category("Fees"), Category("Charges", forSales: true));
        var (oldCustomer, newCustomer, second) = (Customer("Quay Cafe", isGone: true), Customer("Quay Cafe"), Customer("Quay", isGone: true));
        await WriteAsync(old, forCosts, forBoth, oldCustomer, newCustomer, second);
        await WriteAsync(
            Rule(RuleKind.Customer, oldCustomer.Id, new() { CategoryId = old.Id, DueDays = 7 }), Rule(RuleKind.Customer, second.Id, new() { CategoryId = old.Id, DueDays = 8 }),
            Rule(RuleKind.Condition, null, new() { CategoryId = old.Id }, isOn: false));

        Assert.Equal([ListKind.Categories, ListKind.Customers], await Matching.PendingAsync(Admin));
        var row = Assert.Single(await Matching.ReadAsync(Admin, ListKind.Categories));
        Assert.Equal((0, 3, MatchNeeds.Sales, null), (row.Use.Items, row.Use.Rules, row.Use.Needs, row.Proposal));
        Assert.Contains("does not fit", (await Matching.ApplyAsync(Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [old.Id] = forCosts.Id })).Refusal, StringComparison.Ordinal);
        Assert.Equal(new MatchOutcome(null, 0), await Matching.ApplyAsync(Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [old.Id] = forBoth.Id }));
        Assert.Null((await Matching.ApplyAsync(Admin, ListKind.Customers, new Dictionary<Guid, Guid> { [oldCustomer.Id] = newCustomer.Id, [second.Id] = newCustomer.Id })).Refusal);

        Assert.Empty(await Matching.PendingAsync(Admin));
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        var rules = await db.Rules.AsNoTracking().OrderBy(r => r.Kind).ToListAsync();
        // A customer has one rule: of two that become one, one stays.
        Assert.Equal([(null, forBoth.Id), (newCustomer.Id, (Guid?)forBoth.Id)], rules.Select(r => (r.SubjectId, r.Actions.CategoryId)));
    }

    [Fact]
    public async Task What_takes_its_place_is_good_for_what_the_old_one_was_used_for()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var old = Category("Fees", isGone: true);
        var (forCosts, forBoth) = (Category("Fees"), Category("Charges", forSales: true));
        await WriteAsync(old, forCosts, forBoth);
        await WriteAsync(Cost(i => i.CategoryId = old.Id), Cost(i => (i.CategoryId, i.Workspace) = (old.Id, Workspace.Sales)));

        var row = Assert.Single(await Matching.ReadAsync(Admin, ListKind.Categories));
        Assert.Null(row.Proposal);
        Assert.Equal([forBoth.Id], (await Matching.SearchAsync(Admin, ListKind.Categories, row.Use.Needs, "")).Select(e => e.Id));
        Assert.Contains("does not fit", (await Matching.ApplyAsync(Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [old.Id] = forCosts.Id })).Refusal, StringComparison.Ordinal);
        Assert.Null((await Matching.ApplyAsync(Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [old.Id] = forBoth.Id })).Refusal);
    }

    [Fact]
    public async Task Customers_products_classes_and_locations_are_mapped_and_classes_only_to_entries_of_their_type()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var (oldType, newType, otherType) = (Type("T1", "Department", isGone: true), Type("T2", "Department"), Type("T3", "Project"));
        var (oldClass, newClass, otherEntry) = (Entry("T1", "Shop", isGone: true), Entry("T2", "Shop"), Entry("T3", "Shop"));
        var (oldPlace, newPlace) = (Entry("T1", "Leeds", isGone: true), Entry("T3", "Leeds"));
        var (oldProduct, newProduct) = (Product("Mug", isGone: true), Product("Mug"));
        var (oldCustomer, newCustomer) = (Customer("Quay Cafe", isGone: true), Customer("quay cafe"));
        await WriteAsync(oldType, newType, otherType, oldClass, newClass, otherEntry, oldPlace, newPlace, oldProduct, newProduct, oldCustomer, newCustomer);
        var item = Cost(i => (i.CustomerId, i.CustomerName, i.LocationId) = (oldCustomer.Id, oldCustomer.Name, oldPlace.Id),
            new ItemLine { BusinessId = Business.Id, ProductId = oldProduct.Id, ClassId = oldClass.Id });
        await WriteAsync(item, new ConnectionSettings { BusinessId = Business.Id, ClassTypeId = oldType.Id, LocationTypeId = otherType.Id });

        foreach (var list in await Matching.PendingAsync(Admin))
        {
            var rows = await Matching.ReadAsync(Admin, list);
            Assert.All(rows, row => Assert.NotNull(row.Proposal));
            Assert.Null((await Matching.ApplyAsync(Admin, list, rows.ToDictionary(r => r.Id, r => r.Proposal!.Id))).Refusal);
        }

        Assert.Empty(await Matching.PendingAsync(Admin));
        var now = await ItemAsync(item);
        Assert.Equal((newCustomer.Id, "quay cafe", newPlace.Id), (now.CustomerId, now.CustomerName, now.LocationId));
        Assert.Equal((newProduct.Id, newClass.Id), (Assert.Single(now.Lines).ProductId, now.Lines[0].ClassId));
        Assert.Equal(newType.Id, (await SettingsAsync())!.ClassTypeId);
    }

    [Fact]
    public async Task Default_tax_rates_and_the_accounts_of_payment_methods_are_mapped_too()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var (oldRate, newRate) = (Rate("Standard", isGone: true), Rate("Standard"));
        var (oldAccount, newAccount) = (Account("Current", isGone: true), Account("Current"));
        await WriteAsync(oldRate, newRate, oldAccount, newAccount);
        await WriteAsync(
            new ConnectionSettings { BusinessId = Business.Id, CostsTaxRateId = oldRate.Id, SalesTaxRateId = oldRate.Id },
            new PaymentMethod { BusinessId = Business.Id, Name = "Card", BankAccountId = oldAccount.Id, CreatedAt = DateTimeOffset.UnixEpoch });

        Assert.Equal([ListKind.TaxRates, ListKind.BankAccounts], await Matching.PendingAsync(Admin));
        Assert.True(Assert.Single(await Matching.ReadAsync(Admin, ListKind.TaxRates)).Use is { IsInSettings: true, Items: 0 });
        Assert.Equal(1, Assert.Single(await Matching.ReadAsync(Admin, ListKind.BankAccounts)).Use.PaymentMethods);
        await Matching.ApplyAsync(Admin, ListKind.TaxRates, new Dictionary<Guid, Guid> { [oldRate.Id] = newRate.Id });
        await Matching.ApplyAsync(Admin, ListKind.BankAccounts, new Dictionary<Guid, Guid> { [oldAccount.Id] = newAccount.Id });

        Assert.Empty(await Matching.PendingAsync(Admin));
        Assert.True(await SettingsAsync() is { } settings && settings.CostsTaxRateId == newRate.Id && settings.SalesTaxRateId == newRate.Id);
        Assert.Equal("Current", Assert.Single(await Services.GetRequiredService<PaymentMethods>().ListAsync(Admin)).BankAccount);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", false)]
    [InlineData("another", true)]
    public async Task Nothing_is_matched_that_comes_back_with_the_refresh_that_is_going_on(string comparedBefore, bool isPending)
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var old = Category("Paper", isGone: true);
        await WriteAsync(old);
        await WriteAsync(Cost(i => i.CategoryId = old.Id),
            new ListState { BusinessId = Business.Id, List = ListKind.Categories, OrganisationId = comparedBefore },
            new RefreshRun { BusinessId = Business.Id, Cause = RefreshCause.Connected, RequestedById = null, QueuedAt = DateTimeOffset.UnixEpoch, Status = RefreshStatus.Running });

        Assert.Equal(isPending, (await Matching.PendingForGoodAsync(Admin)).Count > 0);
        Assert.Single(await Matching.PendingAsync(Admin));
    }

    [Fact]
    public async Task What_was_kept_by_hand_is_matched_once_there_is_a_connection()
    {
        await SettleInAsync();
        var (own, inSage) = (new Supplier { BusinessId = Business.Id, SageId = ListEntry.NewOwnId(), Name = "Acme", DisplayName = "Acme", IsOwn = true }, new Supplier { BusinessId = Business.Id, SageId = "s", Name = "ACME", DisplayName = "ACME" });
        await WriteAsync(own);
        await WriteAsync(Cost(i => i.SupplierId = own.Id));
        Assert.Empty(await Matching.PendingAsync(Admin));

        await WriteConnectionAsync(ConnectionStatus.Connected);
        await WriteAsync(inSage);

        Assert.Equal(inSage.Id, Assert.Single(await Matching.ReadAsync(Admin, ListKind.Suppliers)).Proposal?.Id);
    }

    [Fact]
    public async Task Where_codings_are_cleared_items_keep_names_and_their_history_keeps_what_they_had()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var supplier = new Supplier { BusinessId = Business.Id, SageId = "s", Name = "Acme", DisplayName = "Acme" };
        var (category, rate, account) = (Category("Paper"), Rate("Standard"), Account("Current"));
        await WriteAsync(supplier, category, rate, account);
        var open = Cost(i => (i.SupplierId, i.SupplierName, i.CategoryId) = (supplier.Id, "Acme", category.Id), new ItemLine { BusinessId = Business.Id, CategoryId = category.Id, TaxRateId = rate.Id });
        var published = Cost(i => (i.CategoryId, i.Status) = (category.Id, ItemStatus.Published));
        await WriteAsync(open, published, new ConnectionSettings { BusinessId = Business.Id, CostsTaxRateId = rate.Id },
            new PaymentMethod { BusinessId = Business.Id, Name = "Card", BankAccountId = account.Id, CreatedAt = DateTimeOffset.UnixEpoch });

        var leaving = new Leaving(Business.Id, "Marsh & Daughters Ltd", KeepsLists: false, IsForAnother: true, Admin.PersonId) { ClearsCodings = true };
        foreach (var leaver in Services.GetServices<IWhenLeft>()) await leaver.LeftAsync(leaving);
        // Told twice, it changes nothing more.
        foreach (var leaver in Services.GetServices<IWhenLeft>()) await leaver.LeftAsync(leaving);

        var item = await ItemAsync(open);
        Assert.Equal((null, "Acme", null, null), (item.SupplierId, item.SupplierName, item.CategoryId, item.Lines[0].TaxRateId));
        Assert.Contains(await HistoryAsync(open), c => c is { Field: ItemField.Category, From: "Paper", To: null, Cause: ChangeCause.Matching } && c.PersonId == Admin.PersonId);
        Assert.Equal(4, (await HistoryAsync(open)).Count);
        Assert.Equal(category.Id, (await ItemAsync(published)).CategoryId);
        Assert.Null((await SettingsAsync())!.CostsTaxRateId);
        Assert.Null(Assert.Single(await Services.GetRequiredService<PaymentMethods>().ListAsync(Admin)).BankAccountId);
        Assert.Empty(await Matching.PendingAsync(Admin));
    }

    private Item Cost(Action<Item> with, params ItemLine[] lines)
    {
        var item = new Item { BusinessId = Business.Id, Code = Guid.NewGuid().ToString("N")[..10].ToUpperInvariant(), OwnerId = Admin.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview };
        with(item);
        for (var i = 0; i < lines.Length; i++) lines[i].Position = i;
        item.Lines.AddRange(lines);
        return item;
    }

    private Category Category(string name, bool isGone = false, bool forSales = false) =>
        new() { BusinessId = Business.Id, SageId = NewId(), Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone), ForExpenses = true, ForSales = forSales };

    private TaxRate Rate(string name, bool isGone = false) => new() { BusinessId = Business.Id, SageId = NewId(), Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone), Percentage = 20 };

    private BankAccount Account(string name, bool isGone = false) => new() { BusinessId = Business.Id, SageId = NewId(), Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone) };

    private Product Product(string name, bool isGone = false) => new() { BusinessId = Business.Id, SageId = NewId(), Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone) };

    private Customer Customer(string name, bool isGone = false) => new() { BusinessId = Business.Id, SageId = NewId(), Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone) };

    private AnalysisType Type(string sageId, string name, bool isGone = false) =>
        new() { BusinessId = Business.Id, SageId = sageId, Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone), IsForLines = true };

    private AnalysisCategory Entry(string type, string name, bool isGone = false) =>
        new() { BusinessId = Business.Id, SageId = NewId(), AnalysisTypeSageId = type, Name = name, DisplayName = Shown(name, isGone), RetiredAt = Gone(isGone) };

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static string Shown(string name, bool isGone) => isGone ? $"{name} (old)" : name;

    private static DateTimeOffset? Gone(bool isGone) => isGone ? DateTimeOffset.UnixEpoch : null;

    private async Task<Item> ItemAsync(Item item)
    {
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        return await db.Items.AsNoTracking().Include(i => i.Lines.OrderBy(l => l.Position)).SingleAsync(i => i.Id == item.Id);
    }

    private async Task<List<ItemChange>> HistoryAsync(Item item)
    {
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        return await db.ItemChanges.AsNoTracking().Where(c => c.ItemId == item.Id).ToListAsync();
    }

    private async Task<ConnectionSettings?> SettingsAsync()
    {
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        return await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync();
    }

    private Rule Rule(RuleKind kind, Guid? subject, RuleActions actions, bool isOn = true) => new()
    {
        BusinessId = Business.Id, Kind = kind, SubjectId = subject, Name = "a rule", IsOn = isOn, Actions = actions, Conditions = kind is RuleKind.Condition ? new() { From = 5 } : new(), CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
