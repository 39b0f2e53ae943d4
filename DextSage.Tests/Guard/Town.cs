using System.Text;
using DextSage.Integration.Connections;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Items.Exports;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Guard;

/// <summary>Those who ask for something of Marsh: its members, somebody from the business next door, somebody who was removed, nobody at all.</summary>
public enum Who { Visitor, Stranger, ExMember, Standard, Bookkeeper, Admin }

/// <summary>
/// Two businesses in one database, Marsh and Brook, with every kind of row in each. What is Brook's carries the word
/// <see cref="BrooksOwn"/>, the item of Marsh's Admin the word <see cref="AdminsOwn"/>: whoever may not see it must not meet the word.
/// </summary>
internal sealed class Town
{
    public const string BrooksOwn = "Brookcanary";
    public const string AdminsOwn = "Almacanary";
    private readonly IServiceProvider services;

    private Town(IServiceProvider services, House marsh, House brook) => (this.services, Marsh, Brook) = (services, marsh, brook);

    public House Marsh { get; }
    public House Brook { get; }

    public static async Task<Town> SettleAsync(IServiceProvider services)
    {
        await using (var everyone = await services.GetRequiredService<BusinessStore>().OpenForEveryoneAsync())
            await everyone.Database.MigrateAsync();
        return new Town(services, await House.BuildAsync(services, "marsh", "Marsh", AdminsOwn, "Caras"), await House.BuildAsync(services, "brook", BrooksOwn, BrooksOwn, BrooksOwn));
    }

    /// <summary>The claim that somebody makes on Marsh.</summary>
    public Caller Claim(Who who) => new(PersonId(who), Marsh.Id);

    public Guid PersonId(Who who) => who switch
    {
        Who.Stranger => Brook.People[Role.Admin],
        Who.ExMember => Marsh.Former,
        Who.Standard => Marsh.People[Role.Standard],
        Who.Bookkeeper => Marsh.People[Role.Bookkeeper],
        Who.Admin => Marsh.People[Role.Admin],
        _ => Guid.Empty,
    };

    public async Task RemoveAsync(Who who)
    {
        await using var db = services.GetRequiredService<BusinessStore>().OpenForJob(Marsh.Id);
        await db.Memberships.Where(m => m.PersonId == PersonId(who)).ExecuteDeleteAsync();
        services.GetRequiredService<BusinessSignal>().Raise(Marsh.Id);
    }
}

/// <summary>One business with its people, a connection, the lists, and an item of its Admin's and one of its Standard user's.</summary>
internal sealed class House
{
    private static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private House(string slug, string own) => (Slug, Own) = (slug, own);

    public Guid Id { get; } = Guid.CreateVersion7();
    public string Slug { get; }
    public string Own { get; }
    public Dictionary<Role, Guid> People { get; } = [];
    public Guid Former { get; } = Guid.CreateVersion7();
    public Guid WalkId { get; private set; }
    public Guid AnalysisTypeId { get; } = Guid.CreateVersion7();
    public Supplier Supplier { get; private set; } = null!;
    public Category Category { get; private set; } = null!;
    public TaxRate TaxRate { get; private set; } = null!;
    public Item AdminsItem { get; private set; } = null!;
    public Item StandardsItem { get; private set; } = null!;

    /// <summary>A second one of theirs, in the archive.</summary>
    public Item StandardsOther { get; private set; } = null!;

    public static async Task<House> BuildAsync(IServiceProvider services, string slug, string own, string adminsOwn, string standardsOwn)
    {
        var house = new House(slug, own);
        var store = services.GetRequiredService<BusinessStore>();
        await using (var everyone = await store.OpenForEveryoneAsync())
        {
            everyone.Add(new Business { Id = house.Id, Slug = slug, Name = $"{slug} Ltd", CreatedAt = DateTimeOffset.UnixEpoch });
            foreach (var role in Enum.GetValues<Role>()) everyone.Add(new Person { Id = house.People[role] = Guid.CreateVersion7(), UserName = $"{role}@{slug}.example", DisplayName = $"{role} of {slug}" });
            everyone.Add(new Person { Id = house.Former, UserName = $"former@{slug}.example", DisplayName = "Somebody who left" });
            await everyone.SaveChangesAsync();
        }
        await using var db = store.OpenForJob(house.Id);
        db.AddRange(house.People.Select(p => new Membership { BusinessId = house.Id, PersonId = p.Value, Role = p.Key }));
        house.Furnish(db);
        var files = services.GetRequiredService<DocumentStore>();
        db.Add(house.AdminsItem = await house.ItemAsync(files, "ADMN", house.People[Role.Admin], adminsOwn));
        db.Add(house.StandardsItem = await house.ItemAsync(files, "STND", house.People[Role.Standard], standardsOwn));
        db.Add(house.StandardsOther = await house.ItemAsync(files, "OTHR", house.People[Role.Standard], standardsOwn));
        (house.StandardsOther.Total, house.StandardsOther.Tax) = (55, 5);
        house.StandardsOther.Place = Place.Archive;
        house.Tell(db);
        house.Publish(db, house.AdminsItem);
        house.Change(db, house.AdminsItem);
        await db.SaveChangesAsync();
        return house;
    }

    private void Furnish(DextSageDb db)
    {
        var grant = new Grant { BusinessId = Id, Sealed = "", IssuedAt = Then, AccessExpiresAt = Then, RefreshExpiresAt = Then, PersonId = People[Role.Admin], CreatedAt = Then, Status = GrantStatus.Lost };
        var walk = new AuthorisationRequest
        {
            BusinessId = Id, PersonId = People[Role.Admin], Intent = AuthorisationIntent.Connect, StateHash = $"state of {Slug}", SessionHash = "", SealedVerifier = "", CreatedAt = Then, GrantId = grant.Id,
        };
        WalkId = walk.Id;
        Supplier = new Supplier { BusinessId = Id, SageId = "S1", Name = $"{Own} Stationers", DisplayName = $"{Own} Stationers" };
        Category = new Category { BusinessId = Id, SageId = "C1", Name = $"{Own} costs", DisplayName = $"{Own} costs (7500)", ForExpenses = true };
        TaxRate = new TaxRate { BusinessId = Id, SageId = "T1", Name = $"{Own} 20%", DisplayName = $"{Own} 20%", Percentage = 20 };
        var run = new RefreshRun { BusinessId = Id, Cause = RefreshCause.Requested, RequestedById = null, QueuedAt = Then, EndedAt = Then, Status = RefreshStatus.Failed, Problem = $"{Own} problem" };
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Id, List = ListKind.Suppliers });
        db.AddRange(grant, walk, Supplier, Category, TaxRate, run, new ConnectionSettings { BusinessId = Id },
            new ListState { BusinessId = Id, List = ListKind.Suppliers, OrganisationId = Own },
            new RefreshPage { RunId = run.Id, BusinessId = Id, Question = "Suppliers", FirstRow = 0, Size = 200, Total = 1, Keys = [] },
            new ListChange { RunId = run.Id, BusinessId = Id, List = ListKind.Suppliers, Kind = ListChangeKind.Renamed, SageId = "S1", Name = Own, Before = $"Name: {Own}" },
            new Customer { BusinessId = Id, SageId = "K1", Name = Own, DisplayName = Own },
            new BankAccount { BusinessId = Id, SageId = "B1", Name = Own, DisplayName = Own },
            new SagePaymentMethod { BusinessId = Id, SageId = "P1", Name = Own, DisplayName = Own },
            new PaymentMethod { BusinessId = Id, Name = Own, LastDigits = "4242", CreatedAt = Then },
            new Product { BusinessId = Id, SageId = "I1", Name = Own, DisplayName = Own },
            new AnalysisType { Id = AnalysisTypeId, IsForLines = true, BusinessId = Id, SageId = "A1", Name = Own, DisplayName = Own },
            new AnalysisCategory { BusinessId = Id, SageId = "AC1", AnalysisTypeSageId = "A1", Name = Own, DisplayName = Own },
            new Currency { BusinessId = Id, SageId = "GBP", Name = "GBP", DisplayName = "GBP" },
            new Connection
            {
                BusinessId = Id, Status = ConnectionStatus.Connected, GrantId = grant.Id, OrganisationId = Id.ToString("N"), OrganisationName = $"{Slug} organisation",
                Country = "GB", Plan = "Plus", BaseCurrency = "GBP", VatRegistered = true,
            });
    }

    // Their dates and totals are the same; they are different all the same.
    private void Tell(DextSageDb db)
    {
        var (one, other) = DuplicateDecision.Pair(AdminsItem.Id, StandardsItem.Id);
        db.Add(new DuplicateDecision { BusinessId = Id, OneId = one, OtherId = other, By = Likeness.Reference | Likeness.Date, PersonId = People[Role.Admin], At = Then });
    }

    private void Publish(DextSageDb db, Item item)
    {
        db.Add(new ItemLine { BusinessId = Id, ItemId = item.Id, Description = Slug, UnitPrice = 1 });
        db.Add(new ItemNote { BusinessId = Id, ItemId = item.Id, AuthorId = People[Role.Admin], Text = $"{Own} note", WrittenAt = Then });
        db.Add(new ReadField { BusinessId = Id, ItemId = item.Id, Field = ItemField.Note, Evidence = Own, Confidence = 1, Page = 1, Left = 0, Top = 0, Width = 1, Height = 1 });
        db.Add(new SplitTemplate { BusinessId = Id, SupplierId = Supplier.Id, Parts = [new SplitPart(Own, null, null, 100)] });
        db.Add(new DocumentText { BusinessId = Id, DocumentId = item.DocumentId ?? item.Document!.Id, Text = $"{Own} text" });
        foreach (var person in People.Values.Take(1))
        {
            db.Add(new InboxLayout { BusinessId = Id, PersonId = person, Workspace = Workspace.Costs });
            db.Add(new SavedView { BusinessId = Id, PersonId = person, Workspace = Workspace.Costs, Name = $"{Own} view", Query = "tab=ready" });
        }
        db.Add(new ItemChange { BusinessId = Id, ItemId = item.Id, Version = 0, Field = ItemField.Note, PersonId = null, At = Then });
        db.Add(new PageSplit { BusinessId = Id, ItemId = StandardsOther.Id, WholeId = StandardsOther.DocumentId ?? StandardsOther.Document!.Id, PersonId = People[Role.Admin], At = Then, UndoneAt = Then });
        db.Add(new DeletedItem { BusinessId = Id, Code = $"{Slug.ToUpperInvariant()}GONE", OwnerId = People[Role.Admin], Workspace = Workspace.Costs, Type = ItemType.Invoice, CreatedAt = Then, PersonId = People[Role.Admin], At = Then, Party = $"{Own} gone" });
        db.Add(new AmountSplit { BusinessId = Id, ItemId = StandardsOther.Id, PartId = AdminsItem.Id, PersonId = People[Role.Admin], At = Then, UndoneAt = Then });
        db.Add(new ItemMerge { BusinessId = Id, IntoId = StandardsOther.Id, PersonId = People[Role.Admin], At = Then, UndoneAt = Then });
        var publication = new Publication { BusinessId = Id, ItemId = item.Id, Generation = 1, RequestedById = People[Role.Admin], RequestedAt = Then, Status = PublicationStatus.Failed };
        publication.Steps.Add(new PublicationStep { PublicationId = publication.Id, BusinessId = Id, Kind = StepKind.CreateDocument, IdempotencyId = Id.ToString("N"), Problem = $"{Own} step" });
        db.Add(publication);
        var rule = new Rule { BusinessId = Id, Kind = RuleKind.Condition, Name = $"{Own} rule", IsOn = false, Conditions = new RuleConditions { Texts = [Own] }, Actions = new RuleActions { CategoryId = Category.Id }, CreatedAt = Then };
        db.AddRange(rule, new AutoPublishSettings { BusinessId = Id, PersonId = People[Role.Admin] },
            new AutoPublication { BusinessId = Id, ItemId = item.Id, RuleId = rule.Id, RuleWords = $"{Own} rule", DecidedAt = Then, DueAt = Then, Status = AutoPublishStatus.NotPublished, Sentence = $"{Own} sentence" });
        db.Add(new BooksCheck { BusinessId = Id, QueuedAt = Then, Since = Then, Status = CheckStatus.Failed, EndedAt = Then, Problem = $"{Own} problem" });
        db.Add(new PublicationDifference { BusinessId = Id, ItemId = item.Id, DocumentId = Own, Kind = DifferenceKind.Changed, Field = "reference", Meant = Own, InSage = Own, FirstSeenAt = Then, ResolvedAt = Then });
    }

    private void Change(DextSageDb db, Item item)
    {
        var key = new ApiKey { BusinessId = Id, Name = Own, Hint = "dextsage_0000", Hash = Id.ToString("N"), PersonId = People[Role.Admin], CreatedAt = Then };
        var import = new ExportImport { BusinessId = Id, PersonId = People[Role.Admin], Workspace = Workspace.Costs, AskedAt = Then, EndedAt = Then, Status = ImportStatus.Failed, FileName = $"{Own}.csv" };
        db.AddRange(import, new ImportFile { BusinessId = Id, ImportId = import.Id, Name = $"{Own}.csv", Kind = ImportFileKind.Table, Length = 1 },
            new ImportRow { BusinessId = Id, ImportId = import.Id, Line = 2, Outcome = RowOutcome.Refused, Sentence = Own });
        db.Add(new WatchedFolder { BusinessId = Id, Name = Own, PersonId = People[Role.Admin] });
        db.AddRange(key, new Delivery { BusinessId = Id, Door = DeliveryDoor.Api, ApiKeyId = key.Id, Key = Own, Fingerprint = Own, FileName = $"{Own}.pdf", BegunAt = Then, EndedAt = Then });
        var run = new BulkRun { BusinessId = Id, PersonId = People[Role.Admin], Action = BulkAction.Edit, Summary = $"category: {Own}", AskedAt = Then, EndedAt = Then, Status = BulkStatus.Completed, Total = 1, Position = 1, Skipped = 1 };
        db.AddRange(run, new BulkSelection { RunId = run.Id, BusinessId = Id, Items = BulkSelection.Pack([item.Id]) },
            new BulkResult { RunId = run.Id, Position = 0, BusinessId = Id, ItemId = item.Id, Code = item.Code, Outcome = BulkOutcome.Skipped, Sentence = $"{Own} sentence" },
            new ItemExport { BusinessId = Id, PersonId = People[Role.Admin], Format = ExportFormat.Csv, Count = 1, Items = BulkSelection.Pack([item.Id]), AskedAt = Then });
    }

    private async Task<Item> ItemAsync(DocumentStore files, string code, Guid owner, string word)
    {
        var content = Encoding.UTF8.GetBytes($"%PDF-1.4 {word} of {Slug}, {code}");
        var stored = await files.SaveAsync(content);
        return new Item
        {
            BusinessId = Id, Code = $"{Slug.ToUpperInvariant()}{code}", OwnerId = owner, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.Ready,
            Document = new Document { BusinessId = Id, Sha256 = stored.Sha256, FileName = $"{word} {code}.pdf", ContentType = "application/pdf", Length = stored.Length },
            SupplierId = Supplier.Id, SupplierName = $"{word} supplier", CategoryId = Category.Id, TaxRateId = TaxRate.Id,
            Description = $"{word} description", Reference = $"{word}-1", Note = $"{word} note", Date = new DateOnly(2026, 11, 1), Currency = "GBP", Total = 120, Tax = 20,
        };
    }
}
