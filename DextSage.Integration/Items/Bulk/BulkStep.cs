using DextSage.Integration.Storage;

namespace DextSage.Integration.Items.Bulk;

/// <summary>What a run does to one item: refuses with a sentence, having changed nothing, or changes it as its page would.</summary>
internal sealed class BulkStep(BusinessScope scope, BulkRun run, ReviewContext context, IReadOnlyDictionary<Guid, BulkResult> former)
{
    private readonly IReadOnlyList<ItemEdit> edits = run.Action switch
    {
        BulkAction.Archive => [new ItemEdit.PutInto(Place.Archive)],
        BulkAction.Unarchive => [new ItemEdit.PutInto(Place.Inbox)],
        BulkAction.Delete => [new ItemEdit.PutInto(Place.Bin)],
        BulkAction.Restore => [new ItemEdit.Restore()],
        _ => BulkEdits.Read(run.Edits),
    };

    /// <summary>Whether the person asked for this very change; null where all that changes is theirs.</summary>
    public Func<ItemValue, bool>? Asked => edits.Count == 0 ? null : value => value.LineId is null && edits.Any(e => ItemEdits.FieldOf(e) == value.Field);

    public IEnumerable<ItemField> Fields => edits.Select(ItemEdits.FieldOf);

    public Task<string?> ApplyAsync(Item item, DateTimeOffset now, CancellationToken cancellationToken) =>
        run.Action switch
        {
            BulkAction.Undo => Task.FromResult(TakeBack(item)),
            // What they say is read for all of them at once.
            BulkAction.ApplyRules => Task.FromResult(ItemLock.Reason(item) ?? (item.Place is Place.Inbox ? null : "This item is not in the inbox any more.")),
            _ => EditAsync(item, now, cancellationToken),
        };

    private async Task<string?> EditAsync(Item item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var edit in edits)
        {
            if ((Refusal(item, edit) ?? (await ItemEdits.ApplyAsync(scope.Db, item, edit, now, cancellationToken)).Refusal) is not { } refusal) continue;
            // What an edit before this one has set is put back.
            var entry = scope.Db.Entry(item);
            entry.CurrentValues.SetValues(entry.OriginalValues);
            return refusal;
        }

        return null;
    }

    private string? Refusal(Item item, ItemEdit edit) => ItemLock.Reason(item, edit) ?? edit switch
    {
        ItemEdit.SetCategory or ItemEdit.SetTaxRate or ItemEdit.SetClass or ItemEdit.SetLocation when item.Lines.Count > 0 =>
            $"This item is split into lines, and each has its own {ItemEdits.FieldOf(edit).Words()}. Open it to change them.",
        ItemEdit.MoveTo(var workspace) when item.Workspace == workspace => $"This item is in {workspace} already.",
        ItemEdit.PutInto(var place) when item.Place == place => $"This item is in the {place.ToString().ToLowerInvariant()} already.",
        ItemEdit.PutInto(Place.Inbox) when item.Place is not Place.Archive => "This item is not in the archive.",
        _ => ItemDesk.Refusal(item, edit, context, scope.Member),
    };

    private string? TakeBack(Item item)
    {
        if (!former.TryGetValue(item.Id, out var result) || result.Trace is not { } trace) return "The earlier run changed nothing of this item.";
        if (ItemLock.Reason(item) is { } locked && (item.Place is not Place.Bin || !ItemTrace.IsOfPlace(trace))) return locked;
        return ItemTrace.TakeBack(scope.Db.Entry(item), trace, scope.Db) is { } field ? $"Its {field.Words()} was changed since, and stays as it is." : null;
    }
}
