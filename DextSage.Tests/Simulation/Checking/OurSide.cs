namespace DextSage.Tests.Simulation.Checking;

/// <summary>An item as our database has it.</summary>
internal sealed record ItemRow(
    string Id, string Business, string Code, string Status, string Place, string? Contact, string? ContactName, string? Date, decimal? Total, decimal? Tax, string? Reference,
    string? Failure, string? WaitingBecause, string? SageDocumentId, string? PublishedWith, bool WithoutDocument, bool TakesFile, decimal? Paid, string? FileName, long? FileLength, string? FileHash, long Version)
{
    /// <summary>Sage's id of it; null for an item of lines.</summary>
    public string? Category { get; init; }
    public required bool IsSale { get; init; }

    /// <summary>It is open for a correction: Sage has what it was published with.</summary>
    public required bool IsOpen { get; init; }
}

internal sealed record PublicationRow(string Id, string ItemId, long Generation, string Purpose, string Status, string? RequestedBy);

internal sealed record StepRow(string PublicationId, string Kind, string Status, string IdempotencyId, string? Body, string? RemoteId, string? Problem);

internal sealed record ContactRow(string Business, string SageId, string Name, bool IsRetired);

internal sealed record ConnectionRow(string Business, string Status, string? Reason, string Organisation, string? GrantStatus);

/// <summary>Our database, read as an auditor would.</summary>
internal sealed class OurSide(Rows rows)
{
    public IReadOnlyList<ItemRow> Items() => rows.Of(
        """
        SELECT i.*, CASE i.Workspace WHEN 'Sales' THEN c.SageId ELSE s.SageId END AS ContactSageId, CASE i.Workspace WHEN 'Sales' THEN i.CustomerName ELSE i.SupplierName END AS ContactName,
            i.Workspace = 'Costs' AND i.PublishTo <> 'QuickEntry' AS TakesFile, CASE WHEN i.IsPaid AND i.PublishTo <> 'OtherPayment' THEN COALESCE(i.PaidAmount, i.Total) END AS Paid,
            CASE WHEN NOT EXISTS (SELECT 1 FROM ItemLines l WHERE l.ItemId = i.Id) THEN (SELECT g.SageId FROM Categories g WHERE g.Id = i.CategoryId) END AS CategorySageId,
            d.FileName, d.Length, d.Sha256 FROM Items i
        LEFT JOIN Suppliers s ON s.Id = i.SupplierId LEFT JOIN Customers c ON c.Id = i.CustomerId LEFT JOIN Documents d ON d.Id = i.DocumentId ORDER BY i.Code
        """,
        r => new ItemRow(
            r.Text("Id")!, r.Text("BusinessId")!, r.Text("Code")!, r.Text("Status")!, r.Text("Place")!, r.Text("ContactSageId"), r.Text("ContactName"), r.Text("Date"), r.Money("Total"), r.Money("Tax"), r.Text("Reference"),
            r.Text("Failure"), r.Text("WaitingBecause"), r.Text("SageDocumentId"), r.Text("PublishedWith"), (long)r["PublishWithoutDocument"] == 1, r["TakesFile"] is 1L, r.Money("Paid"), r.Text("FileName"), r["Length"] as long?, r.Text("Sha256"), (long)r["Version"])
        {
            Category = r.Text("CategorySageId"), IsSale = r.Text("Workspace") == "Sales", IsOpen = r.Text("AsPublished") is not null,
        });

    public IReadOnlyList<PublicationRow> Publications() => rows.Of(
        "SELECT p.*, (SELECT UserName FROM AspNetUsers u WHERE u.Id = p.RequestedById) AS Who FROM Publications p ORDER BY p.ItemId, p.Generation",
        r => new PublicationRow(r.Text("Id")!, r.Text("ItemId")!, (long)r["Generation"], r.Text("Purpose")!, r.Text("Status")!, r.Text("Who")));

    public IReadOnlyList<StepRow> Steps() => rows.Of(
        "SELECT * FROM PublicationSteps",
        r => new StepRow(r.Text("PublicationId")!, r.Text("Kind")!, r.Text("Status")!, r.Text("IdempotencyId")!, r.Text("Body"), r.Text("RemoteId"), r.Text("Problem")));

    /// <param name="table">Suppliers or Customers.</param>
    public IReadOnlyList<ContactRow> Contacts(string table) => rows.Of(
        $"SELECT * FROM {table} WHERE IsOwn = 0",
        r => new ContactRow(r.Text("BusinessId")!, r.Text("SageId")!, r.Text("Name")!, r["RetiredAt"] is string));

    public IReadOnlyList<(string Business, string SageId, string Name)> Entries(string table) => rows.Of(
        $"SELECT BusinessId, SageId, Name FROM {table} WHERE IsOwn = 0 AND RetiredAt IS NULL", r => (r.GetString(0), r.GetString(1), r.GetString(2)));

    public IReadOnlyList<ConnectionRow> Connections() => rows.Of(
        "SELECT c.BusinessId, c.Status, c.Reason, c.OrganisationId, g.Status AS GrantStatus FROM Connections c LEFT JOIN Grants g ON g.Id = c.GrantId",
        r => new ConnectionRow(r.Text("BusinessId")!, r.Text("Status")!, r.Text("Reason"), r.Text("OrganisationId")!, r.Text("GrantStatus")));

    /// <summary>What is still to be done, and needs nobody to reconnect first.</summary>
    public long Unfinished() => rows.Count("""
        SELECT (SELECT COUNT(*) FROM Publications p JOIN Connections c ON c.BusinessId = p.BusinessId WHERE p.Status IN ('Queued', 'Running') AND c.Status = 'Connected')
            + (SELECT COUNT(*) FROM RefreshRuns WHERE Status IN ('Queued', 'Running'))
        """);

    public string? LastRefresh(string business) => rows.Of(
        "SELECT Status || COALESCE(': ' || Problem, '') FROM RefreshRuns WHERE BusinessId = $b ORDER BY QueuedAt DESC LIMIT 1", r => r.GetString(0), ("$b", business)) is [var last, ..] ? last : null;
}
