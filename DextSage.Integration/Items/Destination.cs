using DextSage.Integration.Connections;

namespace DextSage.Integration.Items;

/// <summary>What an item becomes in Sage. A credit note as other payment or quick entry is one that goes the other way.</summary>
public enum Destination { PurchaseInvoice, PurchaseCreditNote, PurchaseQuickEntry, OtherPayment, SalesInvoice, SalesCreditNote, SalesQuickEntry }

/// <summary>Which destination an item has, and what Sage takes there.</summary>
public static class Destinations
{
    internal static Destination Of(Item item, ReviewContext context) => Of(item, context.DefaultFor(item.Workspace));

    /// <param name="byDefault">What the settings say for its workspace.</param>
    public static Destination Of(Item item, PublishTo byDefault) => Of(item.PublishTo ?? byDefault, item.Workspace, item.Type);

    public static Destination Of(PublishTo to, Workspace workspace, ItemType type) => (to, workspace, type) switch
    {
        (PublishTo.QuickEntry, Workspace.Sales, _) => Destination.SalesQuickEntry,
        (_, Workspace.Sales, ItemType.CreditNote) => Destination.SalesCreditNote,
        (_, Workspace.Sales, _) => Destination.SalesInvoice,
        (PublishTo.QuickEntry, _, _) => Destination.PurchaseQuickEntry,
        (PublishTo.OtherPayment, _, _) => Destination.OtherPayment,
        (_, _, ItemType.CreditNote) => Destination.PurchaseCreditNote,
        _ => Destination.PurchaseInvoice,
    };

    public static IReadOnlyList<PublishTo> For(Workspace workspace) => workspace is Workspace.Sales ? PublishTos.OfSales : PublishTos.OfCosts;

    /// <summary>Within a sentence, as Sage calls it.</summary>
    public static string Words(this Destination destination) => destination switch
    {
        Destination.PurchaseInvoice => "purchase invoice",
        Destination.PurchaseCreditNote => "purchase credit note",
        Destination.PurchaseQuickEntry => "purchase quick entry",
        Destination.OtherPayment => "other payment",
        Destination.SalesInvoice => "sales invoice",
        Destination.SalesCreditNote => "sales credit note",
        Destination.SalesQuickEntry => "sales quick entry",
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, message: null),
    };

    /// <inheritdoc cref="Words"/>
    public static string Plural(this Destination destination) => destination.IsQuick() ? $"{destination.Words()[..^1]}ies" : $"{destination.Words()}s";

    /// <summary>One line, in the base currency, and without a file (Sage API 10).</summary>
    public static bool IsQuick(this Destination destination) => destination is Destination.PurchaseQuickEntry or Destination.SalesQuickEntry;

    /// <summary>Sage hangs the document's file on it; on the others its address is written down (Sage API 12).</summary>
    public static bool TakesFiles(this Destination destination) => destination is Destination.PurchaseInvoice or Destination.PurchaseCreditNote or Destination.OtherPayment;

    /// <summary>Sage voids it where it would delete another, so that its number is not missing (Sage API 9.3).</summary>
    public static bool IsVoided(this Destination destination) => destination is Destination.SalesInvoice or Destination.SalesCreditNote;

    /// <summary>It owes something that a payment of its own can settle.</summary>
    public static bool IsPaidSeparately(this Destination destination) => destination is not Destination.OtherPayment;

    public static bool TakesForeignCurrency(this Destination destination) => !destination.IsQuick() && destination is not Destination.OtherPayment;

    /// <summary>Which plans of Sage's take it (Sage API 1); an unknown plan is left to Sage.</summary>
    internal static bool IsOn(this Destination destination, string? plan, bool isRefund) => (plan, destination) switch
    {
        ("Start", Destination.OtherPayment) => !isRefund,
        ("Start", Destination.SalesInvoice or Destination.SalesCreditNote) => true,
        ("Start", _) => false,
        ("Standard", Destination.PurchaseCreditNote or Destination.SalesCreditNote) => false,
        _ => true,
    };
}
