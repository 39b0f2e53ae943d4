using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the review of an item must know of its organisation.</summary>
/// <param name="HasOrganisation">False before the first connection: there are no lists to choose from.</param>
/// <param name="UsesTax">False in an organisation that is not registered for VAT.</param>
/// <param name="Plan">Sage's: Start, Standard or Plus; null where it is not known.</param>
internal sealed record ReviewContext(
    bool HasOrganisation, string OrganisationName, string BaseCurrency, bool UsesTax, string? Plan, DateOnly? AccountsStartDate)
{
    /// <summary>Null where it is not known: then Sage decides.</summary>
    public bool? MultiCurrency { get; init; }
    public PublishTo CostsDestination { get; init; } = PublishTo.PurchaseInvoice;
    public PublishTo SalesDestination { get; init; } = PublishTo.SalesInvoice;

    public IReadOnlyDictionary<Guid, PaidWith> PaymentMethods { get; init; } = new Dictionary<Guid, PaidWith>();

    public PublishTo DefaultFor(Workspace workspace) => workspace is Workspace.Sales ? SalesDestination : CostsDestination;

    /// <summary>Whether people choose the tax rate on the item; otherwise new ones take <see cref="DefaultTaxRateId"/>.</summary>
    public bool UsesTaxList { get; init; } = true;
    public Guid? DefaultTaxRateId { get; init; }

    /// <summary>The same of sales.</summary>
    public Guid? DefaultSalesTaxRateId { get; init; }
    public TaxSource TaxSource { get; init; }

    /// <summary>In the document's currency.</summary>
    public decimal TaxTolerance { get; init; } = TaxMath.Tolerance;
    public NewSuppliers NewSuppliers { get; init; }
    public DuplicateCheck Duplicates { get; init; }

    /// <summary>By supplier or customer: what is tried in place of what their rules say of duplicates; null where these shall say nothing.</summary>
    public IReadOnlyDictionary<Guid, DuplicateCheck?> TriedDuplicates { get; init; } = new Dictionary<Guid, DuplicateCheck?>();

    public static readonly IReadOnlyDictionary<Guid, IReadOnlyList<Twin>> NoTwins = new Dictionary<Guid, IReadOnlyList<Twin>>();

    /// <summary>By item: what looks like the same paper, with nobody having said that it is different.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Twin>> Twins { get; init; } = NoTwins;

    public IReadOnlyList<Twin> TwinsOf(Item item) => Twins.GetValueOrDefault(item.Id) ?? [];

    /// <summary>The analysis types of Sage's that are Class and Location here.</summary>
    public AnalysisType? Class { get; init; }

    /// <inheritdoc cref="Class"/>
    public AnalysisType? Location { get; init; }

    /// <summary>A rate that the item had before the tax list was put away stays in sight.</summary>
    public bool ShowsTaxRate(Item item) => UsesTax && (UsesTaxList || (item.TaxRateId is { } rate && rate != DefaultRateOf(item)));

    public Guid? DefaultRateOf(Item item) => item.Workspace is Workspace.Sales ? DefaultSalesTaxRateId : DefaultTaxRateId;

    public static async Task<ReviewContext> ReadAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var known = await (
            from business in db.Businesses.AsNoTracking().Where(b => b.Id == db.BusinessId)
            join connection in db.Connections on business.Id equals connection.BusinessId into connections
            from connection in connections.DefaultIfEmpty()
            join setting in db.ConnectionSettings on business.Id equals setting.BusinessId into settingsOfIt
            from chosen in settingsOfIt.DefaultIfEmpty()
            select new { business.BaseCurrency, Connection = connection, Settings = chosen }).SingleAsync(cancellationToken);
        var context = Of(known.Connection, known.BaseCurrency) with { PaymentMethods = await PaidWith.AllAsync(db, cancellationToken) };
        return known.Settings is not { } settings ? context : context with
        {
            CostsDestination = settings.CostsDestination,
            SalesDestination = settings.SalesDestination,
            UsesTaxList = settings.UseTaxList,
            DefaultTaxRateId = settings.CostsTaxRateId,
            DefaultSalesTaxRateId = settings.SalesTaxRateId,
            TaxSource = settings.TaxSource,
            TaxTolerance = settings.TaxTolerance,
            NewSuppliers = settings.NewSuppliers,
            Duplicates = settings.Duplicates,
            Class = await TypeAsync(settings.ClassTypeId),
            Location = await TypeAsync(settings.LocationTypeId),
        };

        async Task<AnalysisType?> TypeAsync(Guid? id) => id is null ? null : await db.AnalysisTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.RetiredAt == null, cancellationToken);
    }

    public static ReviewContext Of(Connection? connection, string fallbackCurrency) => new(
        HasOrganisation: connection?.OrganisationId is not null,
        OrganisationName: connection?.OrganisationName ?? "",
        BaseCurrency: connection?.BaseCurrency ?? fallbackCurrency,
        UsesTax: connection?.VatRegistered != false,
        Plan: connection?.Plan,
        AccountsStartDate: connection?.AccountsStartDate)
    {
        MultiCurrency = connection?.MultiCurrency,
    };
}
