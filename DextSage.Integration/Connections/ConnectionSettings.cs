using DextSage.Integration.Storage;

namespace DextSage.Integration.Connections;

/// <summary>Where items are published to, as Dext offers it: a purchase invoice, an other payment (its Other Expense), or a sales invoice; a quick entry of either.</summary>
public enum PublishTo { PurchaseInvoice, OtherPayment, SalesInvoice, QuickEntry }

/// <summary>The destinations that each workspace offers, and what they are called.</summary>
public static class PublishTos
{
    public static readonly IReadOnlyList<PublishTo> OfCosts = [PublishTo.PurchaseInvoice, PublishTo.OtherPayment, PublishTo.QuickEntry];
    public static readonly IReadOnlyList<PublishTo> OfSales = [PublishTo.SalesInvoice, PublishTo.QuickEntry];

    /// <summary>As Dext calls it.</summary>
    public static string Name(this PublishTo to) => to switch
    {
        PublishTo.PurchaseInvoice => "Purchase Invoice",
        PublishTo.OtherPayment => "Other Expense",
        PublishTo.SalesInvoice => "Sales Invoice",
        PublishTo.QuickEntry => "Quick Entry",
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, message: null),
    };
}

/// <summary>Whose tax amount counts: the one on the paper, or what the tax rate makes of the total.</summary>
public enum TaxSource { Paper, Rate }

/// <summary>What happens with a supplier that Sage does not have.</summary>
public enum NewSuppliers { Create, Warn, Never }

/// <summary>What happens with an item that looks like another: it waits until somebody has said whether it is the same, or nothing.</summary>
public enum DuplicateCheck { Review, Off }

/// <summary>How a business works with its organisation. Kept when the connection is re-established, and when it is made anew.</summary>
public sealed class ConnectionSettings : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public PublishTo CostsDestination { get; set; } = PublishTo.PurchaseInvoice;
    public PublishTo SalesDestination { get; set; } = PublishTo.SalesInvoice;

    /// <summary>Whether items show the tax rates to choose from; without them new items take <see cref="CostsTaxRateId"/>.</summary>
    public bool UseTaxList { get; set; } = true;

    /// <summary>The tax rate of new costs that nothing else gives one.</summary>
    public Guid? CostsTaxRateId { get; set; }
    public Guid? SalesTaxRateId { get; set; }
    public TaxSource TaxSource { get; set; }

    /// <summary>By how much a paper's tax may differ from the rate's, in the document's currency: its lines were rounded one by one.</summary>
    public decimal TaxTolerance { get; set; } = 0.05m;

    /// <summary>The two analysis types of Sage's that are Class and Location here.</summary>
    public Guid? ClassTypeId { get; set; }
    public Guid? LocationTypeId { get; set; }

    public NewSuppliers NewSuppliers { get; set; }
    public DuplicateCheck Duplicates { get; set; }
}
