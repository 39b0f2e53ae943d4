namespace DextSage.Integration.Items;

/// <summary>The columns of an inbox, in the order in which they stand. Each can be sorted by.</summary>
public enum InboxColumn
{
    Status, Type, Date, DueDate,

    /// <summary>The supplier of a cost, the customer of a sale.</summary>
    Party,

    /// <summary>Whom a cost was for.</summary>
    Customer,
    Category, Description, Reference, Class, Location, TaxRate, Net, Tax, Total, Currency, BaseTotal,
    Owner, Added, Published, SageNumber, Code, File, Lines, Note,
}

public enum Density { Wide, Medium, Narrow }

/// <summary>How somebody likes an inbox: which columns it has, in their own order always, and how close its rows stand.</summary>
public sealed record InboxLayoutView(IReadOnlyList<InboxColumn> Columns, Density Density)
{
    /// <summary>As it is until somebody chooses otherwise.</summary>
    public static InboxLayoutView Usual { get; } = new(
        [InboxColumn.Status, InboxColumn.Date, InboxColumn.Party, InboxColumn.Category, InboxColumn.Reference, InboxColumn.TaxRate, InboxColumn.Tax, InboxColumn.Total, InboxColumn.Added],
        Density.Medium);

    /// <summary>What a workspace's table can show.</summary>
    public static IEnumerable<InboxColumn> Offered(Workspace workspace) =>
        Enum.GetValues<InboxColumn>().Where(c => workspace is Workspace.Costs || c is not InboxColumn.Customer);

    public bool IsUsual => Density == Usual.Density && Columns.SequenceEqual(Usual.Columns);

    /// <summary>With the column shown or not; the one that leads to the item stays.</summary>
    public InboxLayoutView With(InboxColumn column, bool isShown) => this with
    {
        Columns = [.. Enum.GetValues<InboxColumn>().Where(c => c is InboxColumn.Party || (c == column ? isShown : Columns.Contains(c)))],
    };
}
