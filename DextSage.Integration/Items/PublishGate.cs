using DextSage.Integration.Connections;
using DextSage.Integration.People;

namespace DextSage.Integration.Items;

/// <summary>When Publish is on, and what to say when it is off: the same words on the button and in the service behind it.</summary>
internal static class PublishGate
{
    /// <summary>Null where the item may be published.</summary>
    /// <param name="issues">Where they are known: what keeps it from being Ready.</param>
    public static string? Refusal(Item item, ConnectionStatus connection, Membership member, IReadOnlyList<ReviewIssue>? issues = null) => (item.Status, connection) switch
    {
        _ when !member.Allows(Permission.PublishItems) => "Your role does not include publishing. Ask an Admin for the permission.",
        (ItemStatus.Published, _) => "This item is in Sage already.",
        (ItemStatus.Publishing, _) => "This item is being published.",
        (ItemStatus.Processing, _) => "This item is still being read.",
        _ when item.Place is Place.Aside => "This item goes on in another one. Publish that.",
        _ when item.Place is Place.Bin => "This item is in the bin. Restore it first.",
        _ when item.Place is Place.Archive => "This item is in the archive. Move it to the inbox first.",
        (_, ConnectionStatus.NotConnected or ConnectionStatus.Disconnected) => "Publishing starts once this business is connected to Sage.",
        (_, ConnectionStatus.ReconnectNeeded) => "Publishing waits until the connection to Sage is re-established.",
        (ItemStatus.ToReview, _) when issues is [{ IsUnderWay: true } only] => only.Sentence,
        (ItemStatus.ToReview, _) => "Resolve the issues first.",
        _ => null,
    };
}
