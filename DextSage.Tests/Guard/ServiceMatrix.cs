using System.Reflection;
using DextSage.Integration.Connections;
using DextSage.Integration.Csv;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Items.Exports;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>
/// Every public method that takes a caller, found by reflection, and the least role that it serves. A new one fails here until
/// somebody has said whom it is for.
/// </summary>
public sealed class ServiceMatrix
{
    /// <summary>Who is let in besides Admins. <see cref="Who.Admin"/> means Admins alone.</summary>
    private static readonly Dictionary<string, Who> Least = new(StringComparer.Ordinal)
    {
        ["ApiKeys.ListAsync"] = Who.Admin,
        ["ApiKeys.MakeAsync"] = Who.Admin,
        ["ApiKeys.RevokeAsync"] = Who.Admin,
        ["Arrivals.AddAsync"] = Who.Standard,
        ["Arrivals.AddSamplesAsync"] = Who.Standard,
        ["Authorisation.BeginAsync"] = Who.Admin,
        ["AutoPublishDesk.KeepBackAsync"] = Who.Standard,
        ["AutoPublishDesk.ReadAsync"] = Who.Bookkeeper,
        ["AutoPublishDesk.StopAsync"] = Who.Admin,
        ["AutoPublishDesk.TurnOnAsync"] = Who.Admin,
        ["BooksChecks.AcceptAsync"] = Who.Bookkeeper,
        ["BooksChecks.CheckNowAsync"] = Who.Bookkeeper,
        ["BooksChecks.OfItemAsync"] = Who.Standard,
        ["BooksChecks.OverviewAsync"] = Who.Bookkeeper,
        ["BooksChecks.PageAsync"] = Who.Bookkeeper,
        ["BulkDesk.AskAsync"] = Who.Standard,
        ["BulkDesk.CancelAsync"] = Who.Standard, // Of their own runs; an Admin of all.
        ["BulkDesk.UndoAsync"] = Who.Standard, // The same.
        ["BulkRuns.FindAsync"] = Who.Standard,
        ["BulkRuns.LatestAsync"] = Who.Standard,
        ["BulkRuns.ResultsAsync"] = Who.Standard,
        ["BusinessStore.OpenAsync"] = Who.Admin, // Asked with ManageConnections below.
        ["ConnectionDesk.CheckAsync"] = Who.Admin,
        ["ConnectionDesk.NoticeAsync"] = Who.Standard,
        ["ConnectionDesk.ViewAsync"] = Who.Admin,
        ["Disconnection.DisconnectAsync"] = Who.Admin,
        ["DuplicateDesk.CompareAsync"] = Who.Standard,
        ["DuplicateDesk.DifferentAsync"] = Who.Standard,
        ["DuplicateDesk.SameAsync"] = Who.Standard,
        ["DuplicateDesk.UndecideAsync"] = Who.Standard,
        ["DuplicateDesk.UndoSameAsync"] = Who.Standard,
        ["EntryUsage.OfAsync"] = Who.Standard,
        ["IItemPublisher.PublishAsync"] = Who.Bookkeeper,
        ["IItemPublisher.CancelByRuleAsync"] = Who.Bookkeeper,
        ["IItemPublisher.PublishByRuleAsync"] = Who.Bookkeeper,
        ["FolderDesk.ReadAsync"] = Who.Admin,
        ["FolderDesk.SaveAsync"] = Who.Admin,
        ["Inbox.CausesAsync"] = Who.Standard,
        ["Inbox.CountsAsync"] = Who.Standard,
        ["Inbox.ChoicesAsync"] = Who.Standard,
        ["Inbox.PageAsync"] = Who.Standard,
        ["Inbox.RowAsync"] = Who.Standard,
        ["Inbox.TotalsAsync"] = Who.Standard,
        ["Inbox.VersionAsync"] = Who.Standard,
        ["ImportDesk.ArrivedAsync"] = Who.Standard,
        ["ImportDesk.BeginAsync"] = Who.Standard,
        ["ImportDesk.CancelAsync"] = Who.Standard, // Of their own; an Admin of all.
        ["ImportDesk.KeepAsync"] = Who.Standard,
        ["ImportDesk.MapAsync"] = Who.Standard, // The same.
        ["ImportDesk.StartAsync"] = Who.Standard, // The same.
        ["ImportPages.FindAsync"] = Who.Standard,
        ["ImportPages.LatestAsync"] = Who.Standard,
        ["ImportPages.MissingAsync"] = Who.Standard,
        ["ImportPages.PreviewAsync"] = Who.Standard,
        ["ImportPages.ReportAsync"] = Who.Standard,
        ["ImportPages.RowsAsync"] = Who.Standard,
        ["InboxLayouts.ReadAsync"] = Who.Standard,
        ["InboxLayouts.SaveAsync"] = Who.Standard,
        ["ItemDesk.EditAsync"] = Who.Standard,
        ["ItemDetails.FindAsync"] = Who.Standard,
        ["ItemDocuments.OpenAsync"] = Who.Standard,
        ["ItemExports.AskAsync"] = Who.Standard,
        ["ItemExports.FetchedAtAsync"] = Who.Standard,
        ["ItemExports.OpenAsync"] = Who.Standard,
        ["ItemNotes.AddAsync"] = Who.Standard,
        ["ItemNotes.DeleteAsync"] = Who.Standard,
        ["ItemNotes.EditAsync"] = Who.Standard,
        ["ItemNotes.ReadAsync"] = Who.Standard,
        ["ItemTimeline.ReadAsync"] = Who.Standard,
        ["LinePaste.ReadAsync"] = Who.Standard,
        ["AmountSplitDesk.SplitAsync"] = Who.Standard,
        ["AmountSplitDesk.StandingAsync"] = Who.Standard,
        ["AmountSplitDesk.UndoAsync"] = Who.Standard,
        ["DeliveryDesk.TakeAsync"] = Who.Standard,
        ["DeletionDesk.DeleteAsync"] = Who.Bookkeeper,
        ["DeletionDesk.FindAsync"] = Who.Standard,
        ["SplitDesk.SplitAsync"] = Who.Standard,
        ["SplitDesk.StandingAsync"] = Who.Standard,
        ["SplitDesk.UndoAsync"] = Who.Standard,
        ["MergeDesk.MergeAsync"] = Who.Standard,
        ["MergeDesk.PreviewAsync"] = Who.Standard,
        ["MergeDesk.StandingAsync"] = Who.Standard,
        ["MergeDesk.UnmergeAsync"] = Who.Standard,
        ["ListCounts.ReadAsync"] = Who.Admin,
        ["ListMatching.ApplyAsync"] = Who.Admin,
        ["ListMatching.PendingAsync"] = Who.Admin,
        ["ListMatching.PendingForGoodAsync"] = Who.Admin,
        ["ListMatching.ReadAsync"] = Who.Admin,
        ["ListMatching.SearchAsync"] = Who.Admin,
        ["ListRefresh.CancelAsync"] = Who.Bookkeeper, // Of somebody else's run: Admins alone; see RefreshRequests.
        ["ListRefresh.LatestAsync"] = Who.Standard,
        ["RefreshFeed.WatchAsync"] = Who.Standard,
        ["ListRefresh.RequestAsync"] = Who.Admin,
        ["ListRefresh.RequestWholeAsync"] = Who.Admin,
        ["ListRefresh.ReloadAsync"] = Who.Bookkeeper,
        ["ListPages.AnalysisAsync"] = Who.Bookkeeper,
        ["ListPages.RowsAsync"] = Who.Bookkeeper,
        ["ListPages.StandingAsync"] = Who.Bookkeeper,
        ["ListPages.TallyAsync"] = Who.Bookkeeper,
        ["ListVisibility.SetAsync"] = Who.Admin,
        ["ListVisibility.UndoAsync"] = Who.Admin,
        ["Organisations.ChooseAsync"] = Who.Admin,
        ["Organisations.ListAsync"] = Who.Admin,
        ["OwnEntries.AreOpenAsync"] = Who.Admin,
        ["OwnEntries.ImportAsync"] = Who.Admin,
        ["OwnEntries.PreviewAsync"] = Who.Admin,
        ["OwnEntries.RemoveAsync"] = Who.Admin,
        ["OwnEntries.RestoreAsync"] = Who.Admin,
        ["OwnEntries.SaveAsync"] = Who.Admin,
        ["PaymentMethods.BankAccountsAsync"] = Who.Admin,
        ["PaymentMethods.ListAsync"] = Who.Bookkeeper,
        ["PaymentMethods.RemoveAsync"] = Who.Admin,
        ["PaymentMethods.RestoreAsync"] = Who.Admin,
        ["PaymentMethods.SaveAsync"] = Who.Admin,
        ["Pickers.CategoriesAsync"] = Who.Standard,
        ["Pickers.ClassesAsync"] = Who.Standard,
        ["Pickers.CurrenciesAsync"] = Who.Standard,
        ["Pickers.CustomersAsync"] = Who.Standard,
        ["Pickers.LocationsAsync"] = Who.Standard,
        ["Pickers.PaymentMethodsAsync"] = Who.Standard,
        ["Pickers.PeopleAsync"] = Who.Standard,
        ["Pickers.ProductsAsync"] = Who.Standard,
        ["Pickers.SuppliersAsync"] = Who.Standard,
        ["Pickers.TaxRatesAsync"] = Who.Standard,
        ["PublishDesk.PublishAsync"] = Who.Bookkeeper,
        ["PublishDesk.CancelByRuleAsync"] = Who.Bookkeeper,
        ["PublishDesk.PublishByRuleAsync"] = Who.Bookkeeper,
        ["PublishDesk.EventsAsync"] = Who.Standard,
        ["PublishDesk.LastAsync"] = Who.Standard,
        ["PublishDesk.PublishAnywayAsync"] = Who.Bookkeeper,
        ["PublishDecisions.AttachAsync"] = Who.Bookkeeper,
        ["PublishingFeed.WatchAsync"] = Who.Standard,
        ["PublishDecisions.CancelAsync"] = Who.Bookkeeper,
        ["PublicationProofs.ExportAsync"] = Who.Standard,
        ["PublicationProofs.ReadAsync"] = Who.Standard,
        ["PublicationProofs.StepAsync"] = Who.Standard,
        ["CorrectionDesk.BeginAsync"] = Who.Bookkeeper,
        ["CorrectionDesk.DiscardAsync"] = Who.Bookkeeper,
        ["CorrectionDesk.OutlookAsync"] = Who.Bookkeeper,
        ["CorrectionDesk.ReadAsync"] = Who.Standard,
        ["CorrectionDesk.SendAsync"] = Who.Bookkeeper,
        ["StructuredInvoices.FindAsync"] = Who.Standard,
        ["StructuredInvoices.XmlAsync"] = Who.Standard,
        ["WithdrawalDesk.LeaveAsync"] = Who.Bookkeeper,
        ["WithdrawalDesk.OutlookAsync"] = Who.Bookkeeper,
        ["WithdrawalDesk.WithdrawAsync"] = Who.Bookkeeper,
        ["RulesDesk.ApplyAsync"] = Who.Admin,
        ["RulesDesk.DeleteAsync"] = Who.Admin,
        ["RulesDesk.EditManyAsync"] = Who.Admin,
        ["RulesDesk.FindAsync"] = Who.Admin,
        ["RulesDesk.FromItemAsync"] = Who.Admin,
        ["RulesDesk.MoveAsync"] = Who.Admin,
        ["RulesDesk.OfItemAsync"] = Who.Standard,
        ["RulesDesk.OfSubjectAsync"] = Who.Admin,
        ["RulesDesk.OfSubjectsAsync"] = Who.Bookkeeper,
        ["RulesDesk.OverviewAsync"] = Who.Bookkeeper,
        ["RulesDesk.SaveAsync"] = Who.Admin,
        ["RulesDesk.SetOnAsync"] = Who.Admin,
        ["RulesDesk.TryAsync"] = Who.Admin,
        ["RulesDesk.UndoAsync"] = Who.Admin,
        ["SavedViews.ListAsync"] = Who.Standard,
        ["SavedViews.OpenWithAsync"] = Who.Standard,
        ["SavedViews.RemoveAsync"] = Who.Standard,
        ["SavedViews.SaveAsync"] = Who.Standard, // Sharing: see SavedViewsTests.
        ["SettingsDesk.ReadAsync"] = Who.Admin,
        ["SettingsDesk.SaveAsync"] = Who.Admin,
        ["SplitTemplates.FindAsync"] = Who.Standard,
        ["SplitTemplates.ForgetAsync"] = Who.Standard,
        ["SplitTemplates.KeepAsync"] = Who.Standard,
        ["RefreshConfirmations.ApplyAsync"] = Who.Admin,
        ["RefreshConfirmations.DiscardAsync"] = Who.Admin,
        ["RefreshHistory.FindAsync"] = Who.Bookkeeper,
        ["RefreshHistory.PageAsync"] = Who.Bookkeeper,
        ["RefreshReports.OverviewAsync"] = Who.Bookkeeper,
        ["RefreshReports.PageAsync"] = Who.Bookkeeper,
    };

    /// <summary>Those that take a person's id without a business, and so must find out themselves what that person may have.</summary>
    private static readonly string[] ByPersonAlone = ["Authorisation.ReturnAsync", "BusinessDirectory.FindAsync", "BusinessDirectory.OfAsync"];

    private static IEnumerable<MethodInfo> PublicMethods => typeof(BusinessStore).Assembly.GetExportedTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName && m.DeclaringType != typeof(Caller));

    private static IEnumerable<MethodInfo> Doors => PublicMethods.Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Caller)));

    public static TheoryData<string> Listed => [.. Least.Keys];

    [Fact]
    public void Every_method_that_takes_a_caller_is_listed() =>
        Assert.Equal(Least.Keys.Order(StringComparer.Ordinal), Doors.Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_method_that_takes_only_a_person_is_known() =>
        Assert.Equal(ByPersonAlone, PublicMethods
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Guid) && p.Name == "personId") && m.GetParameters().All(p => p.ParameterType != typeof(Caller)))
            .Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Only_members_in_the_listed_role_get_in_and_strangers_are_told_nothing()
    {
        await using var quarter = await Quarter.OpenAsync();
        var wrong = new List<string>();
        foreach (var door in Doors)
        foreach (var who in Enum.GetValues<Who>())
        {
            var (expected, got) = (Expected(Least[Name(door)], who), await TryAsync(quarter, door, quarter.Town.Claim(who)));
            if (got != expected) wrong.Add($"{Name(door)} as {who}: {got} instead of {expected}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_member_of_one_business_is_nobody_in_another_and_a_made_up_business_is_the_same()
    {
        await using var quarter = await Quarter.OpenAsync();
        foreach (var door in Doors)
        foreach (var business in new[] { quarter.Town.Brook.Id, Guid.Empty, Guid.CreateVersion7() })
            Assert.Equal((Name(door), Answer.NoSuchBusiness), (Name(door), await TryAsync(quarter, door, new Caller(quarter.Town.PersonId(Who.Admin), business))));
    }

    [Fact]
    public async Task A_removed_member_is_refused_at_the_next_call()
    {
        await using var quarter = await Quarter.OpenAsync();
        var caller = quarter.Town.Claim(Who.Admin);
        foreach (var door in Doors) Assert.Equal((Name(door), Answer.LetIn), (Name(door), await TryAsync(quarter, door, caller)));

        await quarter.Town.RemoveAsync(Who.Admin);

        foreach (var door in Doors) Assert.Equal((Name(door), Answer.NoSuchBusiness), (Name(door), await TryAsync(quarter, door, caller)));
    }

    [Fact]
    public async Task A_person_is_told_of_their_own_businesses_alone()
    {
        await using var quarter = await Quarter.OpenAsync();
        var directory = quarter.Get<BusinessDirectory>();
        Assert.Equal(["marsh"], (await directory.OfAsync(quarter.Town.PersonId(Who.Standard))).Select(b => b.Slug));
        Assert.Empty(await directory.OfAsync(quarter.Town.PersonId(Who.ExMember)));
        Assert.NotNull(await directory.FindAsync(quarter.Town.PersonId(Who.Standard), "marsh"));
        Assert.Null(await directory.FindAsync(quarter.Town.PersonId(Who.Standard), "brook"));
        Assert.Null(await directory.FindAsync(quarter.Town.PersonId(Who.Stranger), "marsh"));
    }

    private enum Answer { LetIn, NotThisRole, NoSuchBusiness }

    private static Answer Expected(Who least, Who who) =>
        who < Who.Standard ? Answer.NoSuchBusiness : who < least ? Answer.NotThisRole : Answer.LetIn;

    private static async Task<Answer> TryAsync(Quarter quarter, MethodInfo door, Caller caller)
    {
        try
        {
            var service = quarter.Services.GetService(door.DeclaringType!) ?? throw new InvalidOperationException($"{door.DeclaringType} is not in the container.");
            var task = (Task)door.Invoke(service, [.. door.GetParameters().Select(p => Argument(quarter.Town, p, caller))])!;
            await task;
            var result = task.GetType().GetProperty("Result")?.GetValue(task);
            if (result is IAsyncDisposable opened) await opened.DisposeAsync();
            else (result as IDisposable)?.Dispose();
            return Answer.LetIn;
        }
        catch (AccessDeniedException refused)
        {
            return refused.IsMember ? Answer.NotThisRole : Answer.NoSuchBusiness;
        }
        catch (SageUnreachableException)
        {
            return Answer.LetIn; // As far as Sage, where nobody is at home.
        }
    }

    private static object? Argument(Town town, ParameterInfo parameter, Caller caller) => parameter switch
    {
        { ParameterType: var t } when t == typeof(Caller) => caller,
        { ParameterType: var t } when t == typeof(CancellationToken) => CancellationToken.None,
        { ParameterType: var t } when t == typeof(Action<RefreshView?>) => new Action<RefreshView?>(_ => { }),
        { ParameterType: var t } when t == typeof(Permission) => Permission.ManageConnections,
        { ParameterType: var t } when t == typeof(InboxQuery) => new InboxQuery(new ItemFilter()),
        { ParameterType: var t } when t == typeof(ItemFilter) => new ItemFilter(),
        { ParameterType: var t } when t == typeof(Action<PublishingView?>) => new Action<PublishingView?>(_ => { }),
        { ParameterType: var t } when t == typeof(ArrivalTerms) || t == typeof(RowOutcome?) || t == typeof(IReadOnlyDictionary<ExportColumn, int>) => null,
        { ParameterType: var t } when t == typeof(Stream) => new MemoryStream([1]),
        { ParameterType: var t } when t == typeof(DeliveryOrder) => new DeliveryOrder(DeliveryDoor.Api, null, null, "", new DroppedFile("note.txt", 1, () => new MemoryStream([1])), Workspace.Costs),
        { ParameterType: var t } when t == typeof(DifferenceFilter) => DifferenceFilter.Open,
        { ParameterType: var t } when t == typeof(InboxLayoutView) => InboxLayoutView.Usual,
        { ParameterType: var t } when t == typeof(SavedViewDraft) => new SavedViewDraft(null, Workspace.Costs, "Mine", "", IsShared: false),
        { ParameterType: var t } when t == typeof(Workspace) => Workspace.Costs,
        { ParameterType: var t } when t == typeof(ListQuery) => new ListQuery(ListKind.Suppliers),
        { ParameterType: var t } when t == typeof(ListKind) => ListKind.Suppliers,
        { ParameterType: var t } when t == typeof(MatchNeeds) => MatchNeeds.None,
        { ParameterType: var t } when t == typeof(VisibilityChange) => new VisibilityChange(ListKind.Suppliers, Guid.Empty, IsVisible: true, Count: 0),
        { ParameterType: var t } when t == typeof(IReadOnlyList<Guid>) => new List<Guid> { Guid.Empty },
        { ParameterType: var t } when t == typeof(bool) => true,
        { ParameterType: var t } when t == typeof(Guid?) => null,
        { ParameterType: var t } when t == typeof(OwnEntry) => new OwnEntry(""),
        { ParameterType: var t } when t == typeof(CsvTable) => new CsvTable(["Supplier Name"], []),
        { ParameterType: var t } when t == typeof(ImportMapping) => new ImportMapping(0, null, null, null),
        { ParameterType: var t } when t == typeof(PaymentMethodDraft) => new PaymentMethodDraft(null, "", null, null),
        { ParameterType: var t } when t == typeof(BulkOrder) => new BulkOrder(BulkAction.Archive, new BulkChoice.Ticked([town.Marsh.StandardsItem.Code])),
        { ParameterType: var t } when t == typeof(BulkChoice) => new BulkChoice.Ticked([town.Marsh.StandardsItem.Code]),
        { ParameterType: var t } when t == typeof(ExportFormat) => ExportFormat.Csv,
        { ParameterType: var t } when t == typeof(Func<Guid, string>) => new Func<Guid, string>(id => id.ToString()),
        { ParameterType: var t } when t == typeof(Func<DextSageDb, Task<bool>>) => new Func<DextSageDb, Task<bool>>(_ => Task.FromResult(true)),
        { ParameterType: var t } when t == typeof(ItemEdit) => new ItemEdit.SetNote("a note"),
        { ParameterType: var t } when t == typeof(RuleKind) => RuleKind.Condition,
        { ParameterType: var t } when t == typeof(RulesChange) => new RulesChange(new HashSet<RuleField>(), new RuleActions()),
        { ParameterType: var t } when t == typeof(RulesBefore) => new RulesBefore(caller.BusinessId, RuleKind.Supplier, []),
        { ParameterType: var t } when t == typeof(RuleDraft) => new RuleDraft(null, RuleKind.Condition, null, "", IsOn: true, new RuleConditions(), new RuleActions()),
        { ParameterType: var t } when t == typeof(SplitBasis) => SplitBasis.Percentages,
        { ParameterType: var t } when t == typeof(IReadOnlyList<SplitPart>) => new List<SplitPart> { new(Description: null, CategoryId: null, TaxRateId: null, Share: 100) },
        { ParameterType: var t } when t == typeof(StepKind) => StepKind.CreateDocument,
        { ParameterType: var t } when t == typeof(SettingsValues) => new SettingsValues(default, default, UseTaxList: true, null, null, default, 0.05m, null, null, 3, default, default),
        { ParameterType: var t } when t == typeof(AuthorisationIntent) => AuthorisationIntent.Connect,
        { ParameterType: var t } when t == typeof(IReadOnlyList<DroppedFile>) => new List<DroppedFile> { new("note.txt", 1, () => new MemoryStream([1])) },
        { ParameterType: var t } when t == typeof(IReadOnlyDictionary<ItemField, string>) => new Dictionary<ItemField, string>(),
        { ParameterType: var t } when t == typeof(decimal) => 1m,
        { ParameterType: var t } when t == typeof(IReadOnlyList<int>) => new List<int> { 1 },
        { ParameterType: var t, Name: "codes" } when t == typeof(IReadOnlyList<string>) => new List<string> { town.Marsh.StandardsItem.Code },
        { ParameterType: var t } when t == typeof(IReadOnlyDictionary<Guid, Guid>) => new Dictionary<Guid, Guid>(),
        { ParameterType: var t } when t == typeof(Guid) => parameter.Name == "requestId" ? town.Marsh.WalkId : town.Marsh.StandardsItem.DocumentId!.Value,
        { ParameterType: var t } when t == typeof(int) => parameter.Name == "take" ? 10 : 0,
        { ParameterType: var t, Name: "code" } when t == typeof(string) => town.Marsh.StandardsItem.Code,
        { ParameterType: var t } when t == typeof(string) => "text",
        { HasDefaultValue: true } => parameter.DefaultValue,
        _ => throw new InvalidOperationException($"{Name((MethodInfo)parameter.Member)} has a parameter {parameter.Name} of a type that this test cannot make: {parameter.ParameterType}."),
    };

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
