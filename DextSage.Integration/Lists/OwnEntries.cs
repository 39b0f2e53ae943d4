using DextSage.Integration.Connections;
using DextSage.Integration.Csv;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Lists kept by hand or from a file, as long as no Sage is connected to take them from.</summary>
public sealed class OwnEntries(BusinessStore store, IContactRules rules, BusinessSignal signal, TimeProvider time)
{
    private const string Connected = "This business is connected to Sage: the list comes from there and is edited there.";

    /// <summary>Whether the lists can be kept by hand now.</summary>
    public async Task<bool> AreOpenAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        return !await IsConnectedAsync(scope.Db, cancellationToken);
    }

    /// <summary>Adds an entry, or changes one of one's own. Null when it was saved, or else why not.</summary>
    /// <param name="id">Null for a new one.</param>
    public async Task<string?> SaveAsync(Caller caller, ListKind list, Guid? id, OwnEntry entry, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        var db = scope.Db;
        if (await IsConnectedAsync(db, cancellationToken)) return Connected;
        var ledger = await OwnLedger.ReadAsync(db, list, cancellationToken);
        if (ledger.Save(id, entry.Tidied(list)) is { } rule) return rule;
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Takes an entry of one's own out of use; items that have it keep it.</summary>
    public Task RemoveAsync(Caller caller, ListKind list, Guid id, CancellationToken cancellationToken = default) => SetRemovedAsync(caller, list, id, time.GetUtcNow(), cancellationToken);

    public Task RestoreAsync(Caller caller, ListKind list, Guid id, CancellationToken cancellationToken = default) => SetRemovedAsync(caller, list, id, at: null, cancellationToken);

    /// <summary>What <see cref="ImportAsync"/> would do now; changes nothing.</summary>
    public Task<ImportReport> PreviewAsync(Caller caller, ListKind list, CsvTable table, ImportMapping mapping, CancellationToken cancellationToken = default) =>
        TakeAsync(caller, list, table, mapping, isKept: false, cancellationToken);

    /// <summary>All lines that break no rule, in one transaction; the others are named with theirs. Names already there are merged. A supplier's or a customer's currency and category become their rule.</summary>
    public Task<ImportReport> ImportAsync(Caller caller, ListKind list, CsvTable table, ImportMapping mapping, CancellationToken cancellationToken = default) =>
        TakeAsync(caller, list, table, mapping, isKept: true, cancellationToken);

    private async Task<ImportReport> TakeAsync(Caller caller, ListKind list, CsvTable table, ImportMapping mapping, bool isKept, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        var db = scope.Db;
        if (await IsConnectedAsync(db, cancellationToken)) return new ImportReport([], Connected);
        if (mapping.Name is null) return new ImportReport([], $"Choose the column that holds “{ImportMapping.Headings(list)[0]}”.");

        var ledger = await OwnLedger.ReadAsync(db, list, cancellationToken);
        var written = list is ListKind.Suppliers or ListKind.Customers ? await rules.OpenAsync(db, caller.PersonId, list, cancellationToken) : null;
        List<ImportedLine> lines = [];
        foreach (var line in table.Lines)
        {
            var entry = new OwnEntry(line.Cell(mapping.Name) ?? "", line.Cell(mapping.Code), line.Cell(mapping.Currency), line.Cell(mapping.Category)).Tidied(list);
            var merged = ledger.Merge(line.Number, entry);
            // What a file says of a supplier's items becomes their rule, which may say more than it.
            if (written is not null && ledger.Coding(merged, entry) is var (contact, category) && written.Set(contact.Id, contact.DisplayName, entry.Currency, category) && merged.Outcome is ImportOutcome.Unchanged)
                merged = merged with { Outcome = ImportOutcome.Merged };
            lines.Add(merged);
        }
        if (isKept)
        {
            await db.SaveChangesAsync(cancellationToken);
            signal.Raise(caller.BusinessId);
        }
        return new ImportReport(lines);
    }

    private async Task SetRemovedAsync(Caller caller, ListKind list, Guid id, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        var ledger = await OwnLedger.ReadAsync(scope.Db, list, cancellationToken);
        ledger.SetRemoved(id, at);
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
    }

    // One that waits to be renewed is a connection still.
    private static Task<bool> IsConnectedAsync(DextSageDb db, CancellationToken cancellationToken) =>
        db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Connected || c.Status == ConnectionStatus.ReconnectNeeded, cancellationToken);
}
