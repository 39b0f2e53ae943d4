using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What happened to an item in one go.</summary>
/// <param name="Person">Null where DextSage itself did it.</param>
public sealed record TimelineEvent(DateTimeOffset At, string? Person, ChangeCause Cause, IReadOnlyList<ChangeView> Changes);

/// <summary>One value, from what to what, in words; null is an empty field.</summary>
/// <param name="Line">What the line is called: its number while it is there, or the word "line".</param>
public sealed record ChangeView(ItemField Field, string? Line, LineField? LineField, string? From, string? To)
{
    /// <summary>The rule that set it, as it was called then.</summary>
    public string? Rule { get; init; }
}

/// <summary>The history of an item: who or what changed what, from what to what, and when.</summary>
public sealed class ItemTimeline(BusinessStore store)
{
    private const int MostChanges = 1000;

    /// <summary>Newest first; empty where this person has no such item.</summary>
    public async Task<IReadOnlyList<TimelineEvent>> ReadAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } item) return [];
        var changes = await db.ItemChanges.AsNoTracking().Where(c => c.ItemId == item).OrderByDescending(c => c.Version).ThenByDescending(c => c.Id).Take(MostChanges).ToListAsync(cancellationToken);
        var lines = await db.ItemLines.Where(l => l.ItemId == item).ToDictionaryAsync(l => l.Id, l => l.Position + 1, cancellationToken);
        var names = await NamesAsync(db, changes, cancellationToken);
        return [.. changes.GroupBy(c => (c.Version, c.PersonId, c.Cause, c.At)).Select(g => new TimelineEvent(
            g.Key.At, g.Key.PersonId is { } person ? names.GetValueOrDefault(person.ToString(), "Somebody who left") : null, g.Key.Cause, [.. g.OrderBy(c => c.Field).ThenBy(c => c.LineId is { } line ? lines.GetValueOrDefault(line, int.MaxValue) : 0).ThenBy(c => c.LineField).Select(View)]))];

        ChangeView View(ItemChange change) => new(
            change.Field,
            change.LineId is { } line ? lines.TryGetValue(line, out var number) ? $"line {number}" : "a line since removed" : null,
            change.LineField, Named(change.Field, change.From), Named(change.Field, change.To)) { Rule = change.RuleWords };

        string? Named(ItemField field, string? text) => field is ItemField.Owner && text is not null ? names.GetValueOrDefault(text, "somebody who left") : text;
    }

    private static async Task<Dictionary<string, string>> NamesAsync(DextSageDb db, List<ItemChange> changes, CancellationToken cancellationToken)
    {
        HashSet<Guid> ids = [.. changes.Select(c => c.PersonId).OfType<Guid>()];
        foreach (var text in changes.Where(c => c.Field is ItemField.Owner).SelectMany(c => new[] { c.From, c.To }))
            if (Guid.TryParse(text, out var owner)) ids.Add(owner);
        return await db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), p => p.DisplayName, StringComparer.OrdinalIgnoreCase, cancellationToken);
    }
}
