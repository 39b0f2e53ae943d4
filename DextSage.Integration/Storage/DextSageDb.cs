using System.Linq.Expressions;
using System.Runtime.CompilerServices;
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
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DextSage.Integration.Storage;

/// <summary>
/// Our database. A context sees the rows of one business, the one in <see cref="BusinessId"/>; with none it sees
/// no business's rows. Open it through <see cref="BusinessStore"/>, which checks who asks.
/// </summary>
public sealed class DextSageDb(DbContextOptions<DextSageDb> options) : IdentityUserContext<Person, Guid>(options)
{
    /// <summary>SQLite has one writer at a time. Who waits for it in SQLite keeps a thread and sleeps too long; who waits here keeps none, and is served in turn.</summary>
    private static readonly ConditionalWeakTable<IDbContextOptions, SemaphoreSlim> WritersTurns = [];

    /// <summary>The business this context was opened for. Empty matches nothing: a forgotten scope shows an empty page, never a stranger's.</summary>
    public Guid BusinessId { get; init; }

    /// <summary>What was looked up for one item and serves the next, where many go through one context in one transaction; null where each looks for itself.</summary>
    internal Dictionary<(string What, object Key), object?>? Remembered { get; set; }

    public DbSet<Business> Businesses => Set<Business>();
    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<ConnectionSettings> ConnectionSettings => Set<ConnectionSettings>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<AuthorisationRequest> AuthorisationRequests => Set<AuthorisationRequest>();

    public DbSet<RefreshRun> RefreshRuns => Set<RefreshRun>();
    public DbSet<ListProgress> ListProgress => Set<ListProgress>();
    public DbSet<ListState> ListStates => Set<ListState>();
    public DbSet<RefreshPage> RefreshPages => Set<RefreshPage>();
    public DbSet<ListChange> ListChanges => Set<ListChange>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Supplier> Suppliers => Set<Supplier>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<TaxRate> TaxRates => Set<TaxRate>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<BankAccount> BankAccounts => Set<BankAccount>();
    public DbSet<SagePaymentMethod> SagePaymentMethods => Set<SagePaymentMethod>();
    public DbSet<PaymentMethod> PaymentMethods => Set<PaymentMethod>();
    public DbSet<AnalysisType> AnalysisTypes => Set<AnalysisType>();
    public DbSet<AnalysisCategory> AnalysisCategories => Set<AnalysisCategory>();
    public DbSet<Currency> Currencies => Set<Currency>();

    public DbSet<Item> Items => Set<Item>();
    public DbSet<ItemLine> ItemLines => Set<ItemLine>();
    public DbSet<ItemChange> ItemChanges => Set<ItemChange>();
    public DbSet<ItemNote> ItemNotes => Set<ItemNote>();
    public DbSet<ReadField> ReadFields => Set<ReadField>();
    public DbSet<SplitTemplate> SplitTemplates => Set<SplitTemplate>();
    public DbSet<Document> Documents => Set<Document>();
    public DbSet<DocumentText> DocumentTexts => Set<DocumentText>();
    public DbSet<ItemWords> ItemWords => Set<ItemWords>();
    public DbSet<ItemTally> ItemTallies => Set<ItemTally>();
    public DbSet<InboxLayout> InboxLayouts => Set<InboxLayout>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<DeletedItem> DeletedItems => Set<DeletedItem>();
    public DbSet<AmountSplit> AmountSplits => Set<AmountSplit>();
    public DbSet<PageSplit> PageSplits => Set<PageSplit>();
    public DbSet<ItemMerge> ItemMerges => Set<ItemMerge>();
    public DbSet<DuplicateDecision> DuplicateDecisions => Set<DuplicateDecision>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<BulkSelection> BulkSelections => Set<BulkSelection>();
    public DbSet<BulkResult> BulkResults => Set<BulkResult>();
    public DbSet<ItemExport> ItemExports => Set<ItemExport>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<WatchedFolder> WatchedFolders => Set<WatchedFolder>();
    public DbSet<ExportImport> ExportImports => Set<ExportImport>();
    public DbSet<ImportFile> ImportFiles => Set<ImportFile>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<Rule> Rules => Set<Rule>();
    public DbSet<AutoPublishSettings> AutoPublishSettings => Set<AutoPublishSettings>();
    public DbSet<AutoPublication> AutoPublications => Set<AutoPublication>();

    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<PublicationStep> PublicationSteps => Set<PublicationStep>();
    public DbSet<BooksCheck> BooksChecks => Set<BooksCheck>();
    public DbSet<PublicationDifference> PublicationDifferences => Set<PublicationDifference>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<decimal>().HaveConversion<MoneyConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        // A transaction of ours that fails is undone as a whole: nobody goes back to the middle of one, for which SQLite would copy every page that is written to a file of its own.
        Database.AutoSavepointsEnabled = false;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DextSageDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => typeof(IBusinessOwned).IsAssignableFrom(e.ClrType)))
            entity.SetQueryFilter("business", OwnedByThisBusiness(entity));
    }

    private LambdaExpression OwnedByThisBusiness(IMutableEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        return Expression.Lambda(
            Expression.Equal(
                Expression.Property(row, nameof(IBusinessOwned.BusinessId)),
                Expression.Property(Expression.Constant(this), nameof(BusinessId))),
            row);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // What has changed is looked for once, for the refusal and for the saving.
        var detectsByItself = ChangeTracker.AutoDetectChangesEnabled;
        if (detectsByItself) ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            RefuseStrangers();
            return await InTurnAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detectsByItself;
        }
    }

    private async Task<int> InTurnAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        // Whoever is in a transaction has the turn already, SQLite's own.
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        var turn = WritersTurns.GetValue(this.GetService<IDbContextOptions>(), _ => new SemaphoreSlim(1, 1));
        // Whoever has the turn must not wait for a page to have drawn before it goes on.
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseStrangers();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    private void RefuseStrangers()
    {
        if (ChangeTracker.Entries<IBusinessOwned>().FirstOrDefault(e => e.State != EntityState.Unchanged && e.Entity.BusinessId != BusinessId) is { } stranger)
            throw new InvalidOperationException($"A {stranger.Metadata.ClrType.Name} of another business was about to be written.");
    }
}
