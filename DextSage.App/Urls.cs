using DextSage.App.Help;
using DextSage.App.Rules;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;

namespace DextSage.App;

/// <summary>Every URL of the app, so that no page spells one out.</summary>
public static class Urls
{
    public const string Home = "/";

    public const string SignIn = "/account/sign-in";
    public const string FirstRun = "/account/first-run";
    public const string SignOut = "/account/sign-out";
    public const string Security = "/account/security";
    public const string Authenticator = "/account/security/authenticator";
    public const string TwoFactor = "/account/two-factor";
    public const string RecoveryCode = "/account/recovery-code";
    public const string PasskeyCreation = "/account/passkeys/creation";
    public const string PasskeyRequest = "/account/passkeys/request";

    /// <summary>Where a person of several businesses, or of none, chooses.</summary>
    public const string Businesses = "/businesses";

    public const string Error = "/error";

    /// <summary>Below it everything is for scanners and scripts, in JSON, opened by a key.</summary>
    public const string Api = "/api";
    public const string ApiItems = "/api/v1/items";
    public const string ApiDocument = "/api/v1/openapi.json";
    public static string ApiItem(string code) => $"{ApiItems}/{code}";

    /// <summary>The pretend Sage's books, where it runs in this process.</summary>
    public const string Sandbox = "/sandbox/sage/";

    /// <summary>The callback address to register at Sage, below the public address.</summary>
    public const string SageCallback = "/connect/sage/callback";

    /// <summary>An account page that sends the person on afterwards.</summary>
    public static string WithReturn(string page, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? page : $"{page}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    public static string Costs(string business) => $"/b/{business}/costs";
    public static string Sales(string business) => $"/b/{business}/sales";
    public static string Inbox(string business, Workspace workspace) => workspace is Workspace.Sales ? Sales(business) : Costs(business);

    public static string Bin(string business, Workspace workspace) => $"{Inbox(business, workspace)}?tab=bin";

    /// <summary>An item whose workspace is not known here: its page knows, and corrects the address.</summary>
    public static string Item(string business, string code) => Item(business, Workspace.Costs, code);
    public static string Item(string business, Workspace workspace, string code) => $"{Inbox(business, workspace)}/{code}";
    public static string Split(string business, Workspace workspace, string code) => $"{Item(business, workspace, code)}/split";

    /// <param name="codes">Item IDs, in the order of their pages.</param>
    public static string Merge(string business, Workspace workspace, IEnumerable<string> codes) => $"{Inbox(business, workspace)}/merge?items={string.Join(',', codes)}";
    public static string Compare(string business, Workspace workspace, string code, string other) => $"{Item(business, workspace, code)}/compare/{other}";
    public static string Document(string business, Guid documentId) => $"/b/{business}/documents/{documentId:N}";

    /// <summary>The file as Sage gets it: the smaller copy, where there is one.</summary>
    public static string DocumentAsSent(string business, Guid documentId) => Document(business, documentId) + "?sent=true";

    /// <summary>The file as it came, where what is shown was made of it.</summary>
    public static string DocumentAsItCame(string business, Guid documentId) => Document(business, documentId) + "?original=true";

    /// <summary>The electronic invoice that a document is or carries, as it came.</summary>
    public static string InvoiceXml(string business, Guid documentId) => $"{Document(business, documentId)}/invoice.xml";

    /// <summary>What was sent to Sage for an item and what it answered, as a file.</summary>
    public static string Proof(string business, string code) => $"/b/{business}/proof/{code}";

    /// <summary>Takes the files of a drop into a workspace (POST), and hands out the token that such a drop must carry (GET).</summary>
    public static string Uploads(string business, Workspace workspace = Workspace.Costs) => workspace is Workspace.Sales ? $"/b/{business}/uploads?to=sales" : $"/b/{business}/uploads";

    /// <summary>Why publishing fails, and what to do about it.</summary>
    public static string Help(string business) => $"/b/{business}/help/publishing";
    public static string Help(string business, PublishFailureKind reason) => $"{Help(business)}/{reason.InUrl()}";

    /// <summary>How scanners and scripts send files.</summary>
    public static string ApiHelp(string business) => $"/b/{business}/help/api";

    /// <summary>Dext exports: what came in, and the way to bring one in.</summary>
    public static string DextImports(string business) => $"/b/{business}/import";
    public static string DextImport(string business, Guid import) => $"{DextImports(business)}/{import:N}";
    public static string ImportReport(string business, Guid import) => $"{DextImport(business, import)}/report.csv";
    public static string ImportMissing(string business, Guid import) => $"{DextImport(business, import)}/missing.csv";

    /// <summary>Takes the files of an export (POST), with the token of <see cref="Uploads"/>.</summary>
    public static string ImportFiles(string business, Workspace workspace) => $"{DextImports(business)}/files?to={workspace.InUrl()}";

    /// <summary>What was published, against what Sage holds by now.</summary>
    public static string BooksCheck(string business, DifferenceFilter show = DifferenceFilter.Open) =>
        show is DifferenceFilter.Open ? $"/b/{business}/activity/sage-check" : $"/b/{business}/activity/sage-check?show={show.InUrl()}";

    /// <summary>What was done to many items at once.</summary>
    public static string BulkRuns(string business) => $"/b/{business}/activity/bulk";

    /// <param name="done">Shows those that were done, not those that were left out.</param>
    public static string BulkRun(string business, Guid run, bool done = false) => $"{BulkRuns(business)}/{run:N}{(done ? "?done=true" : "")}";

    /// <summary>A file that was asked for, made while it is fetched.</summary>
    public static string Export(string business, Guid export) => $"/b/{business}/exports/{export:N}";

    /// <summary>What all pages of Business settings begin with; not a page itself.</summary>
    public static string Settings(string business) => $"/b/{business}/settings";

    /// <summary>What is set on items by itself; each kind of rules is a tab.</summary>
    public static string Rules(string business, RuleKind kind = RuleKind.Condition) => kind is RuleKind.Condition ? $"/b/{business}/rules" : $"/b/{business}/rules/{kind.InUrl()}";
    public static string AutoPublish(string business) => $"/b/{business}/rules/auto-publish";
    public static string Rule(string business, Guid rule) => $"/b/{business}/rules/edit/{rule:N}";

    /// <summary>A condition rule that is new; another kind is somebody's, and made from the tab.</summary>
    public static string NewRule(string business, RuleKind kind = RuleKind.Condition) => $"/b/{business}/rules/new/{kind.InUrl()}";

    /// <summary>A rule that would code items like this one; of a supplier or a customer the one that there is.</summary>
    public static string RuleFrom(string business, string code, RuleKind kind = RuleKind.Condition) => $"{NewRule(business, kind)}?item={code}";

    public static string Lists(string business) => $"/b/{business}/settings/lists";
    public static string Suppliers(string business) => $"/b/{business}/costs/suppliers";
    public static string Customers(string business) => $"/b/{business}/sales/customers";

    /// <summary>A list below Business settings, by its own name in the address: <c>categories</c>, <c>tax-rates</c> …</summary>
    public static string List(string business, string list) => $"/b/{business}/settings/lists/{list}";

    /// <summary>The entries of one class or location, by our id of it.</summary>
    public static string AnalysisList(string business, Guid type) => $"/b/{business}/settings/lists/analysis/{type:N}";

    /// <summary>Where a list is filled from a file.</summary>
    public static string Import(string list) => $"{list}/import";

    /// <summary>The keys by which scanners and scripts send files.</summary>
    public static string ApiKeys(string business) => $"/b/{business}/settings/api-keys";

    /// <summary>The folder on the server from which files come in by themselves.</summary>
    public static string WatchedFolder(string business) => $"/b/{business}/settings/watched-folder";

    public static string Connections(string business) => $"/b/{business}/settings/connections";
    public static string AvailableSoftware(string business) => $"/b/{business}/settings/connections/available";
    public static string SageConnection(string business) => $"/b/{business}/settings/connections/sage";
    public static string SageSettings(string business) => $"/b/{business}/settings/connections/sage/settings";
    public static string SageChange(string business) => $"/b/{business}/settings/connections/sage/change";
    /// <summary>Old entries of a list, and the new ones that items shall use instead: "categories", "tax-rates", "suppliers".</summary>
    public static string SageMatch(string business, string list) => $"/b/{business}/settings/connections/sage/match/{list}";
    public static string RefreshHistory(string business) => $"/b/{business}/settings/connections/sage/refreshes";
    public static string RefreshReport(string business, Guid run) => $"{RefreshHistory(business)}/{run:N}";
    public static string SageReconnect(string business) => $"/b/{business}/settings/connections/sage/reconnect";
    public static string SageOrganisation(string business, Guid request) => $"/b/{business}/settings/connections/sage/organisation/{request:N}";
    public static string SageConnected(string business, Guid request) => $"/b/{business}/settings/connections/sage/connected/{request:N}";
    public static string SageProblem(string business, string problem) => $"/b/{business}/settings/connections/sage/problem/{problem}";

    /// <summary>Leaves for Sage's login; an HTTP endpoint, not a page.</summary>
    public static string SageAuthorise(string business, string intent) => $"/b/{business}/connect/sage/{intent}";

    /// <summary>A return from Sage that belongs to nobody here.</summary>
    public static string SageReturnProblem(string problem) => $"/connect/sage/problem/{problem}";
}
