using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>What the model cannot tell from the classes: keys, uniqueness, concurrency, what is indexed and why.</summary>
internal sealed class Mappings :
    IEntityTypeConfiguration<Business>, IEntityTypeConfiguration<Membership>,
    IEntityTypeConfiguration<Connection>, IEntityTypeConfiguration<ConnectionSettings>, IEntityTypeConfiguration<Grant>, IEntityTypeConfiguration<AuthorisationRequest>,
    IEntityTypeConfiguration<RefreshRun>, IEntityTypeConfiguration<ListProgress>, IEntityTypeConfiguration<ListState>,
    IEntityTypeConfiguration<RefreshPage>, IEntityTypeConfiguration<ListChange>,
    IEntityTypeConfiguration<Item>, IEntityTypeConfiguration<ItemLine>, IEntityTypeConfiguration<ItemChange>, IEntityTypeConfiguration<Document>, IEntityTypeConfiguration<DuplicateDecision>, IEntityTypeConfiguration<ItemMerge>, IEntityTypeConfiguration<PageSplit>, IEntityTypeConfiguration<AmountSplit>, IEntityTypeConfiguration<DeletedItem>,
    IEntityTypeConfiguration<ItemNote>, IEntityTypeConfiguration<ReadField>, IEntityTypeConfiguration<SplitTemplate>,
    IEntityTypeConfiguration<ItemWords>, IEntityTypeConfiguration<DocumentText>, IEntityTypeConfiguration<ItemTally>, IEntityTypeConfiguration<InboxLayout>, IEntityTypeConfiguration<SavedView>,
    IEntityTypeConfiguration<BooksCheck>, IEntityTypeConfiguration<PublicationDifference>, IEntityTypeConfiguration<Publication>, IEntityTypeConfiguration<PublicationStep>
{
    public void Configure(EntityTypeBuilder<Business> business) => business.HasIndex(b => b.Slug).IsUnique();

    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.HasKey(m => new { m.BusinessId, m.PersonId });
        membership.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
        membership.HasOne(m => m.Business).WithMany().HasForeignKey(m => m.BusinessId);
    }

    public void Configure(EntityTypeBuilder<Connection> connection)
    {
        connection.HasIndex(c => c.BusinessId).IsUnique();
        connection.Property(c => c.Version).IsConcurrencyToken();
        connection.HasOne<Grant>().WithMany().HasForeignKey(c => c.GrantId);
    }

    public void Configure(EntityTypeBuilder<ConnectionSettings> settings) => settings.HasKey(s => s.BusinessId);

    public void Configure(EntityTypeBuilder<Grant> grant) => grant.Property(g => g.Version).IsConcurrencyToken();

    public void Configure(EntityTypeBuilder<AuthorisationRequest> request) => request.HasIndex(r => r.StateHash).IsUnique();

    public void Configure(EntityTypeBuilder<RefreshRun> run)
    {
        run.HasIndex(r => new { r.BusinessId, r.QueuedAt });
        // One live run per business: a second request finds this row and joins it.
        run.HasIndex(r => r.BusinessId).IsUnique().HasFilter("\"Status\" IN ('Queued', 'Running')").HasDatabaseName("IX_RefreshRuns_OneLive");
    }

    public void Configure(EntityTypeBuilder<ListProgress> progress)
    {
        progress.ToTable("RefreshRunLists");
        progress.HasKey(p => new { p.RunId, p.List });
        progress.HasOne<RefreshRun>().WithMany(r => r.Lists).HasForeignKey(p => p.RunId);
    }

    public void Configure(EntityTypeBuilder<ListState> state) => state.HasKey(s => new { s.BusinessId, s.List });

    public void Configure(EntityTypeBuilder<RefreshPage> page)
    {
        page.HasKey(p => new { p.RunId, p.Question, p.FirstRow });
        page.HasOne<RefreshRun>().WithMany().HasForeignKey(p => p.RunId);
    }

    public void Configure(EntityTypeBuilder<ListChange> change)
    {
        change.HasIndex(c => new { c.RunId, c.List, c.Id });
        change.HasOne<RefreshRun>().WithMany().HasForeignKey(c => c.RunId);
    }

    public void Configure(EntityTypeBuilder<Item> item)
    {
        item.HasIndex(i => new { i.BusinessId, i.Code }).IsUnique();
        // Each with the id, in the order of a tab's page: what is skipped is read from the index alone.
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.Place, i.CreatedAt, i.Id });
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.Place, i.Status, i.CreatedAt, i.Id });
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.Place, i.Date, i.Id });
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.Place, i.SupplierName, i.Id });
        // By total, what looks like the same paper is found too.
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.Place, i.Total, i.Id });
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.OwnerId, i.Place, i.CreatedAt, i.Id });
        // Those few that failed.
        item.HasIndex(i => new { i.BusinessId, i.Workspace, i.CreatedAt, i.Id }).HasFilter("\"Failure\" IS NOT NULL").HasDatabaseName("IX_Items_Failed");
        item.HasIndex(i => new { i.BusinessId, i.DextReceiptId }).IsUnique();
        item.HasOne(i => i.Document).WithMany().HasForeignKey(i => i.DocumentId);
        item.HasOne(i => i.Supplier).WithMany().HasForeignKey(i => i.SupplierId);
        item.HasOne(i => i.Customer).WithMany().HasForeignKey(i => i.CustomerId);
        item.HasOne(i => i.Category).WithMany().HasForeignKey(i => i.CategoryId);
        item.HasOne(i => i.Class).WithMany().HasForeignKey(i => i.ClassId);
        item.HasOne(i => i.Location).WithMany().HasForeignKey(i => i.LocationId);
        item.HasMany(i => i.Lines).WithOne().HasForeignKey(l => l.ItemId);
        item.Property(i => i.ExchangeRate).HasConversion<RateConverter>();
        item.HasOne(i => i.TaxRate).WithMany().HasForeignKey(i => i.TaxRateId);
        item.OwnsOne(i => i.Failure, failure =>
        {
            failure.ToJson();
            failure.OwnsMany(f => f.InSage);
        });
        // No foreign key: for one, SQLite would have the table made anew, and the triggers of the search hang on it.
        item.HasIndex(i => i.MergeId);
        item.HasIndex(i => i.SplitId);
        item.HasIndex(i => i.DeliveryId).HasFilter("\"DeliveryId\" IS NOT NULL");
        // All of them in the order in which they came, as the API tells them.
        item.HasIndex(i => new { i.BusinessId, i.CreatedAt, i.Code });
        item.Property(i => i.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ItemLine> line)
    {
        // Ids are ours: a line that is new is known as new by being added, not by having none.
        line.Property(l => l.Id).ValueGeneratedNever();
        line.HasIndex(l => new { l.ItemId, l.Position });
        line.HasOne(l => l.Category).WithMany().HasForeignKey(l => l.CategoryId);
        line.HasOne(l => l.Product).WithMany().HasForeignKey(l => l.ProductId);
        line.HasOne(l => l.Class).WithMany().HasForeignKey(l => l.ClassId);
        line.HasOne(l => l.Location).WithMany().HasForeignKey(l => l.LocationId);
        line.HasOne(l => l.TaxRate).WithMany().HasForeignKey(l => l.TaxRateId);
    }

    public void Configure(EntityTypeBuilder<ItemChange> change)
    {
        change.HasIndex(c => new { c.ItemId, c.Version });
        change.HasOne<Item>().WithMany().HasForeignKey(c => c.ItemId);
        // No foreign key: what a rule set stays told when the rule is gone.
        change.HasIndex(c => new { c.RuleId, c.ItemId, c.At }).HasFilter("\"RuleId\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ItemNote> note)
    {
        note.HasIndex(n => new { n.ItemId, n.WrittenAt });
        note.HasOne<Item>().WithMany().HasForeignKey(n => n.ItemId);
    }

    public void Configure(EntityTypeBuilder<ReadField> read)
    {
        read.HasKey(r => new { r.ItemId, r.Field });
        read.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId);
    }

    public void Configure(EntityTypeBuilder<SplitTemplate> template)
    {
        template.HasKey(t => t.SupplierId);
        template.HasOne<Supplier>().WithMany().HasForeignKey(t => t.SupplierId);
        template.Property(t => t.Parts).HasConversion<SplitParts>(SplitParts.Comparer);
    }

    public void Configure(EntityTypeBuilder<ItemWords> words)
    {
        words.HasIndex(w => w.ItemId).IsUnique();
        words.HasOne<Item>().WithMany().HasForeignKey(w => w.ItemId);
    }

    public void Configure(EntityTypeBuilder<DocumentText> text)
    {
        text.HasIndex(t => t.DocumentId).IsUnique();
        text.HasOne<Document>().WithMany().HasForeignKey(t => t.DocumentId);
    }

    public void Configure(EntityTypeBuilder<ItemTally> tally) =>
        tally.HasKey(t => new { t.BusinessId, t.Workspace, t.Place, t.Status, t.OwnerId, t.HasFailed });

    public void Configure(EntityTypeBuilder<InboxLayout> layout) => layout.HasKey(l => new { l.BusinessId, l.PersonId, l.Workspace });

    public void Configure(EntityTypeBuilder<SavedView> view) => view.HasIndex(v => new { v.BusinessId, v.Workspace });

    public void Configure(EntityTypeBuilder<Document> document)
    {
        document.HasIndex(d => new { d.BusinessId, d.Sha256 });
        // A file may be the document of several businesses.
        document.HasIndex(d => d.Sha256);
        document.HasIndex(d => d.LeftAt).HasFilter("\"LeftAt\" IS NOT NULL");
        // Those few that are to be made smaller.
        document.HasIndex(d => d.BusinessId).HasFilter("\"Length\" > 2621440 AND \"Shrinking\" IS NULL AND \"LeftAt\" IS NULL").HasDatabaseName("IX_Documents_TooLarge");
        document.OwnsOne(d => d.Copy, copy => copy.HasIndex(c => c.Sha256));
        document.OwnsOne(d => d.Original, original => original.HasIndex(o => o.Sha256));
        document.Ignore(d => d.IsTooLarge).Ignore(d => d.Sent);
    }

    public void Configure(EntityTypeBuilder<DeletedItem> deleted) => deleted.HasIndex(d => new { d.BusinessId, d.Code }).IsUnique();

    public void Configure(EntityTypeBuilder<DuplicateDecision> decision)
    {
        decision.HasKey(d => new { d.OneId, d.OtherId });
        decision.HasIndex(d => d.OtherId);
        decision.HasOne<Item>().WithMany().HasForeignKey(d => d.OneId);
        decision.HasOne<Item>().WithMany().HasForeignKey(d => d.OtherId);
    }

    public void Configure(EntityTypeBuilder<ItemMerge> merge)
    {
        merge.HasIndex(m => m.IntoId).IsUnique();
        merge.HasOne<Item>().WithOne().HasForeignKey<ItemMerge>(m => m.IntoId);
    }

    public void Configure(EntityTypeBuilder<PageSplit> split)
    {
        split.HasIndex(s => new { s.ItemId, s.At });
        split.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId);
        split.HasOne<Document>().WithMany().HasForeignKey(s => s.WholeId);
    }

    public void Configure(EntityTypeBuilder<AmountSplit> split)
    {
        split.HasIndex(s => s.ItemId);
        split.HasIndex(s => s.PartId);
        split.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId);
        split.HasOne<Item>().WithMany().HasForeignKey(s => s.PartId);
    }

    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.HasIndex(p => new { p.ItemId, p.Generation }).IsUnique();
        publication.HasIndex(p => new { p.BusinessId, p.Status, p.RequestedAt });
        // What has ended since a moment, counted for the banner.
        publication.HasIndex(p => new { p.BusinessId, p.EndedAt });
        publication.HasOne(p => p.Item).WithMany().HasForeignKey(p => p.ItemId);
        publication.Property(p => p.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<BooksCheck> check) => check.HasIndex(c => new { c.BusinessId, c.QueuedAt });

    // Of an item, and without a foreign key to it: for one, SQLite would have the items' table made anew.
    public void Configure(EntityTypeBuilder<PublicationDifference> difference)
    {
        difference.HasIndex(d => new { d.BusinessId, d.ItemId });
        difference.HasIndex(d => new { d.BusinessId, d.ResolvedAt, d.FirstSeenAt });
    }

    public void Configure(EntityTypeBuilder<PublicationStep> step)
    {
        step.HasKey(s => new { s.PublicationId, s.Kind });
        // Not unique: items that name the same new supplier share it.
        step.HasIndex(s => s.IdempotencyId);
        step.HasOne<Publication>().WithMany(p => p.Steps).HasForeignKey(s => s.PublicationId);
    }
}

/// <summary>Every mirrored list is keyed by Sage's id within its business, and found by name.</summary>
internal sealed class ListMappings :
    IEntityTypeConfiguration<Category>, IEntityTypeConfiguration<Supplier>, IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<Product>,
    IEntityTypeConfiguration<TaxRate>, IEntityTypeConfiguration<BankAccount>, IEntityTypeConfiguration<SagePaymentMethod>, IEntityTypeConfiguration<PaymentMethod>,
    IEntityTypeConfiguration<AnalysisType>, IEntityTypeConfiguration<AnalysisCategory>, IEntityTypeConfiguration<Currency>
{
    public void Configure(EntityTypeBuilder<Category> entry) => MapEntry(entry);

    public void Configure(EntityTypeBuilder<Supplier> entry) => MapContact(entry);
    public void Configure(EntityTypeBuilder<Customer> entry) => MapContact(entry);
    public void Configure(EntityTypeBuilder<Product> entry) => MapEntry(entry);

    public void Configure(EntityTypeBuilder<TaxRate> entry)
    {
        MapEntry(entry);
        entry.Property(e => e.Periods).HasConversion<TaxRatePeriods>(TaxRatePeriods.Comparer);
    }

    public void Configure(EntityTypeBuilder<BankAccount> entry) => MapEntry(entry);
    public void Configure(EntityTypeBuilder<SagePaymentMethod> entry) => MapEntry(entry);
    public void Configure(EntityTypeBuilder<AnalysisType> entry) => MapEntry(entry);
    public void Configure(EntityTypeBuilder<AnalysisCategory> entry) => MapEntry(entry);
    public void Configure(EntityTypeBuilder<Currency> entry) => MapEntry(entry);

    public void Configure(EntityTypeBuilder<PaymentMethod> method)
    {
        method.HasIndex(m => new { m.BusinessId, m.Name });
        method.HasOne(m => m.BankAccount).WithMany().HasForeignKey(m => m.BankAccountId);
    }

    private static void MapContact<T>(EntityTypeBuilder<T> entry) where T : ContactEntry
    {
        MapEntry(entry, nameof(ContactEntry.Reference), nameof(ContactEntry.DisplayName));
        entry.HasIndex(e => new { e.BusinessId, e.Reference, e.Name, e.Id, e.RetiredAt, e.IsVisible });
    }

    /// <param name="searched">What the list's page searches beside the name, where the list can be so long that it must stand in the index.</param>
    private static void MapEntry<T>(EntityTypeBuilder<T> entry, params string[] searched) where T : ListEntry
    {
        entry.HasIndex(e => new { e.BusinessId, e.SageId }).IsUnique();
        // In the page's order and with all that it filters by: a stretch far down, or a search, reads the index and not the rows before it.
        entry.HasIndex([nameof(ListEntry.BusinessId), nameof(ListEntry.Name), nameof(ListEntry.Id), nameof(ListEntry.RetiredAt), nameof(ListEntry.IsVisible), .. searched]);
        entry.Property(e => e.Name).UseCollation("NOCASE");
    }
}
