using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>What everything has in common that is done to a document which is in Sage already.</summary>
internal static class InSage
{
    /// <summary>Null where there is a document of this item's that can be reached now.</summary>
    public static async Task<string?> RefusalAsync(DextSageDb db, Item item, Connection? connection, CancellationToken cancellationToken)
    {
        if (item.Status is ItemStatus.Publishing) return "This item is on its way: wait until that has ended.";
        if (item is not { Status: ItemStatus.Published, SageDocumentId: not null }) return "This item is not in Sage.";
        if (connection is not { Status: ConnectionStatus.Connected, GrantId: not null }) return "This business is not connected to Sage now. Connect it first.";
        // The same id means nothing in another organisation's books, and there it would be taken for gone.
        var organisation = await db.Publications.Where(p => p.ItemId == item.Id && p.Status == PublicationStatus.Published).OrderByDescending(p => p.Generation).Select(p => p.OrganisationId).FirstOrDefaultAsync(cancellationToken);
        return organisation == connection.OrganisationId ? null : "This was published to another organisation than the one that is connected now. Connect that one again, or change it there.";
    }

    /// <summary>One row, of this version, still Published: whoever else clicked in the same moment finds none.</summary>
    public static async Task<bool> TakeAsync(DextSageDb db, Item item, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Items.Where(i => i.Id == item.Id && i.Status == ItemStatus.Published && i.Version == item.Version).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Status, ItemStatus.Publishing)
            .SetProperty(i => i.WaitingBecause, (string?)null)
            .SetProperty(i => i.UpdatedAt, now)
            .SetProperty(i => i.Version, i => i.Version + 1), cancellationToken) > 0;
}
