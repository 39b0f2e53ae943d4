using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>What a step works on.</summary>
/// <param name="ItemAddress">The item's page here.</param>
internal sealed record StepWork(DextSageDb Db, SageTarget Target, ReviewContext Context, Publication Publication, Item Item, Uri ItemAddress)
{
    public Destination Destination => Destinations.Of(Item, Context);
    public SageDocumentKind Kind => DocumentMapping.KindOf(Destination);
    public bool IsSale => Item.Workspace is Workspace.Sales;
    public bool IsCredit => Item.Type is ItemType.CreditNote;
    public bool IsForeign => Item.Currency != Context.BaseCurrency;

    /// <summary>Null until it is known which of Sage's contacts it is.</summary>
    public ContactEntry? Contact => IsSale ? Item.Customer : Item.Supplier;
    public string? ContactName => ItemContact.Of(Item).Read(Item).Name;
    public SageContactType ContactType => IsSale ? SageContactType.Customer : SageContactType.Vendor;
    public PaidWith? PaidWith => Item.PaymentMethodId is { } id ? Context.PaymentMethods.GetValueOrDefault(id) : null;
}

/// <summary>How a step ended, or why it has not.</summary>
internal abstract record StepOutcome
{
    public sealed record Done(string? RemoteId, string? RequestId) : StepOutcome;

    /// <summary>A step after the document failed for good; the document stands.</summary>
    public sealed record DoneWithout(string Problem) : StepOutcome;

    /// <summary>Sage read it and refused it, or holds what may be the same: the item returns to its desk.</summary>
    /// <param name="MayBeThere">It was sent once, and nobody can tell what became of it.</param>
    public sealed record Refused(ItemFailure Failure, bool MayBeThere = false) : StepOutcome;

    /// <param name="Until">Null waits for an event, not for a time.</param>
    /// <param name="IsUnknown">Sage may have done it all the same.</param>
    public sealed record Wait(WaitingFor For, DateTimeOffset? Until, string Because, bool IsUnknown, SageFailure? Failure) : StepOutcome;
}
