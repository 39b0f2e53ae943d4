using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>What an item is once a publication of it has ended.</summary>
internal static class PublicationEnd
{
    /// <summary>It did what it was for.</summary>
    public static async Task<PublicationStatus> DoneAsync(DextSageDb db, Publication publication, Item item, DateTimeOffset now)
    {
        item.Failure = null;
        if (publication.Purpose is PublicationPurpose.Withdraw)
        {
            // What Sage called it is kept in the publications; the item is a new one to Sage.
            (item.SageDocumentId, item.SagePaymentId, item.SageNumber, item.SageUrl) = (null, null, null, null);
            (item.PublishedAt, item.PublishedWith, item.AsPublished) = (null, null, null);
            item.PutInto(Place.Inbox, now);
            item.Status = await ReviewedAsync(db, item, CancellationToken.None);
            return PublicationStatus.Withdrawn;
        }

        (publication.SageNumber, publication.SageUrl) = (item.SageNumber, item.SageUrl);
        if (publication.Purpose is PublicationPurpose.Correct)
        {
            (item.Status, item.AsPublished) = (ItemStatus.Published, null);
            return PublicationStatus.Corrected;
        }

        (item.Status, item.PublishedAt) = (ItemStatus.Published, now);
        item.PutInto(Place.Archive, now);
        return PublicationStatus.Published;
    }

    /// <summary>It did not, or was taken back: what was in Sage still is, and what was typed for a correction still waits for it.</summary>
    public static async Task<ItemStatus> StatusOfAsync(DextSageDb db, Publication publication, Item item, CancellationToken cancellationToken)
    {
        if (publication.Purpose is PublicationPurpose.Publish) return await ReviewedAsync(db, item, cancellationToken);
        item.WaitingBecause = item.AsPublished is null ? null : CorrectionDesk.Meanwhile;
        return ItemStatus.Published;
    }

    private static async Task<ItemStatus> ReviewedAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        var context = await (await ReviewContext.ReadAsync(db, cancellationToken)).WithTwinsAsync(db, [item], cancellationToken);
        return ItemReview.StatusOf(ItemUnderReview.Of(item, context));
    }
}
