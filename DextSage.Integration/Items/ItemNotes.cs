using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <param name="IsOwn">The reader wrote it, and may edit or delete it.</param>
public sealed record NoteView(Guid Id, string Author, bool IsOwn, string Text, DateTimeOffset WrittenAt, DateTimeOffset? EditedAt);

/// <summary>The notes that people write to each other on an item. Each is its author's to change.</summary>
public sealed class ItemNotes(BusinessStore store, BusinessSignal signal, TimeProvider time)
{
    private const string Gone = "That note is not there any more.";

    /// <summary>Oldest first, as they were written.</summary>
    public async Task<IReadOnlyList<NoteView>> ReadAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        var items = scope.Items.Where(i => i.Code == code).Select(i => i.Id);
        return await db.ItemNotes.AsNoTracking().Where(n => items.Contains(n.ItemId)).OrderBy(n => n.WrittenAt).ThenBy(n => n.Id)
            .Select(n => new NoteView(n.Id, db.Users.Where(p => p.Id == n.AuthorId).Select(p => p.DisplayName).First(), n.AuthorId == caller.PersonId, n.Text, n.WrittenAt, n.EditedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null, or why not.</summary>
    public async Task<string?> AddAsync(Caller caller, string code, string text, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (Problem(text) is { } problem) return problem;
        if (await scope.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } item) return "This item does not exist any more.";
        scope.Db.Add(new ItemNote { BusinessId = caller.BusinessId, ItemId = item, AuthorId = caller.PersonId, Text = text.Trim(), WrittenAt = time.GetUtcNow() });
        return await SaveAsync(scope, caller, cancellationToken);
    }

    /// <summary>Null, or why not.</summary>
    public async Task<string?> EditAsync(Caller caller, Guid note, string text, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (Problem(text) is { } problem) return problem;
        if (await OwnAsync(scope, caller, note, cancellationToken) is not { } found) return Gone;
        (found.Text, found.EditedAt) = (text.Trim(), time.GetUtcNow());
        return await SaveAsync(scope, caller, cancellationToken);
    }

    /// <summary>Null, or why not.</summary>
    public async Task<string?> DeleteAsync(Caller caller, Guid note, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (await OwnAsync(scope, caller, note, cancellationToken) is not { } found) return Gone;
        scope.Db.Remove(found);
        return await SaveAsync(scope, caller, cancellationToken);
    }

    private static Task<ItemNote?> OwnAsync(BusinessScope scope, Caller caller, Guid note, CancellationToken cancellationToken) =>
        scope.Db.ItemNotes.AsTracking().SingleOrDefaultAsync(n => n.Id == note && n.AuthorId == caller.PersonId && scope.Items.Any(i => i.Id == n.ItemId), cancellationToken);

    private async Task<string?> SaveAsync(BusinessScope scope, Caller caller, CancellationToken cancellationToken)
    {
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private static string? Problem(string text) => text.Trim().Length switch
    {
        0 => "Write something first.",
        > ItemNote.Longest and var length => $"A note has at most {ItemNote.Longest} characters; this has {length}.",
        _ => null,
    };
}
