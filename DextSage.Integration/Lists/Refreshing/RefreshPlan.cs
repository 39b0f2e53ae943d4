using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Decides once, when a run begins, which lists it compares as a whole and of which it asks the changes alone; and keeps for the next one what this one found out.</summary>
internal static class RefreshPlan
{
    public static async Task DecideAsync(DextSageDb db, RefreshRun run, Connection connection, RefreshOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var states = await db.ListStates.AsNoTracking().Where(s => s.OrganisationId == connection.OrganisationId).ToDictionaryAsync(s => s.List, cancellationToken);
        foreach (var progress in run.Lists)
        {
            await using var table = ListTable.Of(db, progress.List);
            progress.IsFirstFill = await table.IsEmptyAsync(cancellationToken);
            progress.Since = MayAskForChanges(progress) && Together(progress.List).Any(l => states[l].Count > options.WholeUpTo)
                ? Together(progress.List).Min(l => states[l].KnownUpTo!.Value) - options.Overlap
                : null;
        }

        // Only as long as nobody asked for more, and a whole comparison is not due.
        bool MayAskForChanges(ListProgress progress) =>
            !run.IsFull && SageQuestions.TellsChanges(progress.List) && Together(progress.List).All(list => IsKnown(list) && list != run.ReloadOf);

        TimeSpan WholeEvery(ListKind list) => SageQuestions.Contacts.Contains(list) ? options.WholeEvery : options.WholeEveryWithoutDeletions;

        // A comparison in the future is one by a clock that has been put back since.
        bool IsKnown(ListKind list) => states.TryGetValue(list, out var state) && state.KnownUpTo is not null && state.ComparedAt <= now && now - state.ComparedAt < WholeEvery(list);
    }

    /// <summary>After a run has come to its end.</summary>
    public static async Task KeepAsync(DextSageDb db, RefreshRun run, Connection connection, PageKeeper keeper, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var states = await db.ListStates.ToDictionaryAsync(s => s.List, cancellationToken);
        foreach (var progress in run.Lists.Where(l => l.Stage is ListStage.Done))
        {
            if (!states.TryGetValue(progress.List, out var state))
                db.Add(state = new ListState { BusinessId = run.BusinessId, List = progress.List, OrganisationId = "" });
            var isKnown = state.OrganisationId == connection.OrganisationId;
            if (progress.Since is null && !progress.IsSettled)
            {
                // Not sure to have met everything: the next run compares the whole list again.
                if (!isKnown) db.Remove(state);
                else state.KnownUpTo = null;
                continue;
            }

            state.OrganisationId = connection.OrganisationId!;
            state.KnownUpTo = progress.ReadFrom;
            state.Count = await keeper.Table(progress.List).CountAsync(cancellationToken);
            if (progress.Since is null) state.ComparedAt = now;
        }
    }

    /// <summary>Lists that are asked for together when only their changes are.</summary>
    private static IReadOnlyList<ListKind> Together(ListKind list) => SageQuestions.Contacts.Contains(list) ? SageQuestions.Contacts : [list];
}
