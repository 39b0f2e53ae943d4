using System.Globalization;

namespace DextSage.Integration.Items;

/// <summary>All of an item that says whether it looks like another. What is missing looks like nothing.</summary>
internal sealed record Looks(Guid ItemId, Workspace Workspace, Place Place, Guid? PartyId, string? Party, string? Reference, DateOnly? Date, decimal? Total, string? Currency, Guid? DocumentId, string? Sha256)
{
    public static Looks Of(Item item) => item.Workspace is Workspace.Sales
        ? new(item.Id, item.Workspace, item.Place, item.CustomerId, item.CustomerName, item.Reference, item.Date, item.Total, item.Currency, item.DocumentId, item.Document?.Sha256)
        : new(item.Id, item.Workspace, item.Place, item.SupplierId, item.SupplierName, item.Reference, item.Date, item.Total, item.Currency, item.DocumentId, item.Document?.Sha256);

    /// <summary>What it shares with everything that looks like it, and with little else.</summary>
    public IEnumerable<(string Kind, string Value)> Signs
    {
        get
        {
            if (Sha256 is { Length: > 0 }) yield return ("file", Sha256);
            if (Total is not { } total || Currency is null) yield break;
            var amount = string.Create(CultureInfo.InvariantCulture, $"{Workspace} {total:0.00} {Currency}");
            if (Date is { } date) yield return ("date", string.Create(CultureInfo.InvariantCulture, $"{amount} {date:yyyy-MM-dd}"));
            if (!string.IsNullOrWhiteSpace(Reference)) yield return ("reference", $"{amount} {Reference.Trim().ToUpperInvariant()}");
        }
    }

    /// <summary>What was thrown away, or went into another item, is nobody's duplicate.</summary>
    public bool Counts => Place is Place.Inbox or Place.Archive;

    public Likeness To(Looks other)
    {
        if (ItemId == other.ItemId || Workspace != other.Workspace || !Counts || !other.Counts) return Likeness.None;
        var file = Sha256 is { Length: > 0 } && Sha256 == other.Sha256 ? Likeness.File : Likeness.None;
        if (Total is null || Total != other.Total || Currency is null || Currency != other.Currency || !IsOfSameParty(other)) return file;
        return file
            | (IsSame(Reference, other.Reference) ? Likeness.Reference : Likeness.None)
            | (Date is not null && Date == other.Date ? Likeness.Date : Likeness.None);
    }

    // Where both are chosen from the list, the list decides: it may hold two of one name.
    private bool IsOfSameParty(Looks other) => (PartyId, other.PartyId) is ({ } one, { } two) ? one == two : IsSame(Party, other.Party);

    private static bool IsSame(string? one, string? two) =>
        !string.IsNullOrWhiteSpace(one) && !string.IsNullOrWhiteSpace(two) && one.AsSpan().Trim().Equals(two.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}
