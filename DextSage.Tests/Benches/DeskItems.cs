using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Benches;

/// <summary>Many items at once, made by the database itself.</summary>
internal static class DeskItems
{
    /// <summary>The document reference of one of them: <c>R-00000042</c>.</summary>
    public static string Reference(int number) => $"R-{number:00000000}";

    /// <summary>So many items to review and ready, from a second each, of 25 suppliers, without documents.</summary>
    public static async Task FillAsync(DextSageDb db, Guid ownerId, int count)
    {
        var (business, owner) = (db.BusinessId, ownerId);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x + 1 < {count})
            INSERT INTO "Items" ("Id", "BusinessId", "Code", "OwnerId", "Source", "CreatedAt", "UpdatedAt", "Workspace", "Place", "Status", "ReadTries", "Type", "SupplierName", "CreateSupplier",
              "CreateCustomer", "Reference", "Description", "Date", "Currency", "Total", "Tax", "LineAmounts", "PublishWithoutDocument", "Version")
            SELECT printf('%08X-0000-7000-8000-%012X', x, x), {business}, printf('%010X', x), {owner}, 'Upload',
              datetime('2025-01-01', '+' || x || ' seconds'), datetime('2025-01-01', '+' || x || ' seconds'), 'Costs', 'Inbox', iif(x % 2 = 0, 'ToReview', 'Ready'), 1, 'Invoice',
              'Supplier number ' || (x % 25), 0, 0, printf('R-%08d', x), 'Goods for the month', date('2025-01-01', '+' || (x % 600) || ' days'), 'GBP', (x % 9973 + 1) * 100, 0, 'Net', 0, 0
            FROM n
            """);
        if (await db.Items.CountAsync(i => i.Place == Place.Inbox) < count) throw new InvalidOperationException("There are not as many items as there should be.");
    }
}
