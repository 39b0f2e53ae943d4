using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Intake.Shrinking;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Items.Exports;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration;

/// <summary>Everything between an item and Sage, for the host to add.</summary>
public static class IntegrationServices
{
    /// <param name="redirect">Where Sage sends people back to.</param>
    public static IServiceCollection AddDextSage(this IServiceCollection services, DatabaseOptions database, SageRedirect redirect)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContextFactory<DextSageDb>(database.Configure);
        services.AddHostedService(s => new WriteAheadLog(database, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<WriteAheadLog>>()));
        services.AddSingleton<BusinessStore>().AddSingleton<BusinessSignal>().AddSingleton<BusinessDirectory>();
        services.AddSingleton(_ => new DocumentStore(Path.Combine(database.DataFolder, "documents")));
        services.AddJobs(database);

        services.AddSage().AddSingleton(redirect);
        services.AddSingleton<TokenVault>().AddSingleton<ConnectionHealth>().AddSingleton<GrantLease>().AddSingleton<ISageTokens, SageTokens>();
        services.AddSingleton<ISageListener, ConnectionPulse>().AddWork<ConnectionUpkeep>();
        services.AddSingleton<Authorisation>().AddSingleton<Organisations>().AddSingleton<Disconnection>().AddSingleton<ConnectionDesk>();

        services.AddSingleton<SettingsDesk>();
        services.AddOptions<RefreshOptions>().BindConfiguration(RefreshOptions.Section);
        services.AddSingleton<RefreshCancels>().AddSingleton<RefreshTroubles>().AddSingleton<RefreshPass>().AddSingleton<RefreshRuns>();
        services.AddSingleton<ListRefresh>().AddSingleton<RefreshFeed>().AddSingleton<RefreshConfirmations>().AddSingleton<RefreshReports>().AddSingleton<RefreshHistory>();
        services.AddSingleton<ListCounts>().AddSingleton<Pickers>();
        services.AddSingleton<IUsesEntries, ItemsThatUse>().AddSingleton<IUsesEntries, SettingsThatUse>().AddSingleton<IUsesEntries, PaymentMethodsThatUse>().AddSingleton<IUsesEntries, EntriesThatUse>();
        services.AddSingleton<ListPages>().AddSingleton<ListVisibility>().AddSingleton<PaymentMethods>().AddSingleton<OwnEntries>();
        services.AddWork<RefreshWork>().AddWork<RefreshSchedule>();

        services.AddSingleton<Inbox>().AddSingleton<InboxLayouts>().AddSingleton<SavedViews>().AddSingleton<ItemDetails>().AddSingleton<ItemDesk>().AddSingleton<DuplicateDesk>().AddSingleton<MergeDesk>().AddSingleton<DeletionDesk>().AddSingleton<AmountSplitDesk>().AddSingleton<ItemNotes>().AddSingleton<ItemTimeline>().AddSingleton<SplitTemplates>().AddSingleton<LinePaste>().AddSingleton<ListMatching>().AddSingleton<ItemDocuments>().AddSingleton<EntryUsage>();
        services.AddSingleton<BulkDesk>().AddSingleton<BulkRuns>().AddSingleton<ItemExports>().AddWork<BulkWork>().AddWork<LeavingDocuments>();
        services.AddOptions<OcrOptions>().Configure<IServiceProvider>((options, s) => s.GetService<IConfiguration>()?.GetSection(OcrOptions.Section).Bind(options));
        services.AddSingleton(_ => PaperWorkerCommand.OfThisProgram()).AddSingleton<PaperWorkerLimits>().AddSingleton<PaperWorkers>();
        services.AddSingleton<PaperInspector>().AddSingleton<Ocr>().AddSingleton<PaperReader>().AddSingleton<KeptPapers>().AddSingleton<IPageBinder, PageBinder>().AddSingleton<IDocumentShrinker, PaperShrinker>().AddSingleton<SplitDesk>().AddSingleton<StructuredInvoices>().AddSingleton<InvoiceCopies>();
        services.AddSingleton<ExportArrivals>().AddSingleton<PaperRows>().AddSingleton<Arrivals>();
        services.AddSingleton(new ImportFolder(database)).AddSingleton<ImportDesk>().AddSingleton<ImportPages>().AddWork<ImportWork>();
        services.TryAddSingleton(new FolderOptions(Base: null));
        services.AddSingleton<FolderDesk>().AddWork<FolderWork>();
        services.AddSingleton<DeliveryDesk>().AddSingleton<ApiKeys>().AddSingleton<ApiDoor>().AddSingleton<ApiItems>();
        services.AddWork<ReadWork>().AddWork<TextWork>().AddWork<ShrinkWork>();

        services.AddSingleton<ItemLinks>().AddSingleton<StepSending>().AddSingleton<ContactStep>().AddSingleton<DuplicateStep>().AddSingleton<DocumentStep>().AddSingleton<PaymentStep>().AddSingleton<AttachmentStep>().AddSingleton<RemovalStep>().AddSingleton<CorrectionStep>().AddSingleton<PublicationSteps>();
        services.AddSingleton<PublicationQueue>().AddSingleton<PublishDesk>().AddSingleton<PublishDecisions>().AddSingleton<WithdrawalDesk>().AddSingleton<CorrectionDesk>().AddSingleton<PublicationProofs>().AddSingleton<PublishingFeed>().AddSingleton<IItemPublisher>(s => s.GetRequiredService<PublishDesk>());
        services.AddWork<PublishWork>();
        services.AddSingleton<BooksCheckPass>().AddSingleton<BooksChecks>().AddWork<BooksCheckWork>();

        services.AddSingleton<RuleBooks>().AddSingleton<IItemRules, RuleApplication>().AddSingleton<RuleTrials>().AddSingleton<RulesDesk>().AddSingleton<AutoPublishDesk>();
        services.AddSingleton<IUsesEntries, RulesThatUse>().AddSingleton<IContactRules, ContactRules>().AddWork<AutoPublishWork>();

        services.AddSingleton<IWhenConnected>(s => s.GetRequiredService<RefreshRuns>());
        services.AddSingleton<IWhenConnected>(s => s.GetRequiredService<RefreshSchedule>());
        services.AddSingleton<IWhenConnected>(s => s.GetRequiredService<PublishWork>());
        services.AddSingleton<IWhenConnected>(s => s.GetRequiredService<BooksCheckWork>());
        // The lists last: with them every item is looked at anew.
        services.AddSingleton<IWhenLeft, PublicationFarewell>().AddSingleton<IWhenLeft, CodingFarewell>().AddSingleton<IWhenLeft, ListFarewell>();
        services.AddSingleton<IWhenRefreshed, ReviewUpkeep>();
        services.AddSingleton<IWhenRelinked, RelinkedMethod>();
        return services;
    }
}
