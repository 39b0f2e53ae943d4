using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>One person's choice for one inbox.</summary>
public sealed class InboxLayout : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required Guid PersonId { get; init; }
    public required Workspace Workspace { get; init; }

    /// <summary>Names of <see cref="InboxColumn"/>s with commas between; null where the usual ones are shown.</summary>
    public string? Columns { get; set; }
    public Density Density { get; set; } = InboxLayoutView.Usual.Density;

    /// <summary>The saved view with which the inbox opens; null where it opens as usual.</summary>
    public Guid? OpensWith { get; set; }

    public InboxLayoutView View => new(
        Columns is null ? InboxLayoutView.Usual.Columns : [.. Columns.Split(',').Select(Known).OfType<InboxColumn>()], Density);

    // A column that a newer version had is no column.
    private static InboxColumn? Known(string name) => Enum.TryParse<InboxColumn>(name, out var column) && Enum.IsDefined(column) ? column : null;
}
