using DextSage.Integration.People;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items.Bulk;

/// <summary>What a run's edits are in words, tried out on an item that is never kept: what no item could take is refused before anything is begun.</summary>
internal static class BulkSummary
{
    public static async Task<(string? Words, string? Refusal)> OfAsync(BusinessStore store, Caller caller, IReadOnlyList<ItemEdit> edits, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        List<string> words = [];
        foreach (var edit in edits)
        {
            var (costs, sales) = (await TryAsync(scope.Db, edit, Workspace.Costs, cancellationToken), await TryAsync(scope.Db, edit, Workspace.Sales, cancellationToken));
            if (costs.Refusal is { } refusal && sales.Refusal is not null) return (null, refusal);
            words.Add(costs.Words ?? sales.Words!);
        }

        return (words.Count == 0 ? null : string.Join("; ", words), null);
    }

    private static async Task<(string? Words, string? Refusal)> TryAsync(DextSageDb db, ItemEdit edit, Workspace workspace, CancellationToken cancellationToken)
    {
        var item = new Item { BusinessId = db.BusinessId, Code = "", OwnerId = Guid.Empty, Source = ItemSource.Upload, CreatedAt = default, Workspace = workspace };
        db.Add(item);
        if ((await ItemEdits.ApplyAsync(db, item, edit, item.CreatedAt, cancellationToken)).Refusal is { } refusal) return (null, refusal);
        await db.LoadEntriesAsync(item, cancellationToken);
        var field = ItemEdits.FieldOf(edit);
        return ($"{field.Name()}: {await ValueAsync(db, item, field, cancellationToken) ?? "none"}", null);
    }

    private static async Task<string?> ValueAsync(DextSageDb db, Item item, ItemField field, CancellationToken cancellationToken) =>
        field is ItemField.Owner ? (await db.Users.FindAsync([item.OwnerId], cancellationToken))?.DisplayName : ItemText.Of(item, field);
}
