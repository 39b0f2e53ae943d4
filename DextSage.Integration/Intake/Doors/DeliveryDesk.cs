using System.Collections.Concurrent;
using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <summary>A file that came by itself, and what was said about it.</summary>
/// <param name="Key">The sender's own name for this delivery; the same again is the same delivery.</param>
/// <param name="Fingerprint">SHA-256, 64 lower-case hex digits.</param>
/// <param name="Through">What it came through, for the item's history.</param>
public sealed record DeliveryOrder(
    DeliveryDoor Door, Guid? ApiKeyId, string? Key, string Fingerprint, DroppedFile File, Workspace Workspace, Guid? OwnerId = null, string? Note = null, string? Through = null);

public enum DeliveryEnd { Done, OtherContent, InProgress, Busy }

/// <param name="Report">Of what is done.</param>
/// <param name="IsRepeated">It was done before; this is the same answer.</param>
public sealed record DeliveryResult(DeliveryEnd End, ArrivalReport? Report = null, bool IsRepeated = false);

/// <summary>Takes in what comes by itself, each delivery once: written down, done, written down.</summary>
public sealed class DeliveryDesk(BusinessStore store, Arrivals arrivals, TimeProvider time)
{
    private const int MostCodes = 100;
    private const int MostNotes = 40;

    /// <summary>No machine is busy for so long: then it is the file.</summary>
    private static readonly TimeSpan LongestBusy = TimeSpan.FromMinutes(10);

    /// <summary>Those that this process is about. It is the only one: whatever else is unfinished was broken off.</summary>
    private readonly ConcurrentDictionary<(Guid, DeliveryDoor, Guid?, string), bool> going = [];

    /// <summary>An exception leaves the delivery unfinished, and the same one is tried again.</summary>
    public async Task<DeliveryResult> TakeAsync(Caller caller, DeliveryOrder order, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var name = (caller.BusinessId, order.Door, order.ApiKeyId, order.Key ?? "");
        if (order.Key is not null && !going.TryAdd(name, true)) return new DeliveryResult(DeliveryEnd.InProgress);
        try
        {
            return await OnceAsync(scope.Db, caller, order, cancellationToken);
        }
        finally
        {
            if (order.Key is not null) going.TryRemove(name, out _);
        }
    }

    private async Task<DeliveryResult> OnceAsync(DextSageDb db, Caller caller, DeliveryOrder order, CancellationToken cancellationToken)
    {
        var delivery = order.Key is { } key ? await db.Deliveries.AsTracking().SingleOrDefaultAsync(d => d.Door == order.Door && d.ApiKeyId == order.ApiKeyId && d.Key == key, cancellationToken) : null;
        if (delivery is not null && delivery.Fingerprint != order.Fingerprint) return new DeliveryResult(DeliveryEnd.OtherContent);
        if (delivery?.Report is { } told) return new DeliveryResult(DeliveryEnd.Done, told, IsRepeated: true);
        if (delivery is null)
        {
            delivery = new Delivery
            {
                BusinessId = caller.BusinessId, Door = order.Door, ApiKeyId = order.ApiKeyId, Key = order.Key, Fingerprint = order.Fingerprint,
                FileName = FileNames.Leaf(order.File.FileName), BegunAt = time.GetUtcNow(),
            };
            db.Add(delivery);
            await db.SaveChangesAsync(cancellationToken);
        }

        var terms = new ArrivalTerms(order.Door is DeliveryDoor.Api ? ItemSource.Api : ItemSource.Folder, order.OwnerId, order.Note, delivery.Id, order.Through);
        // From here on the sender's leaving changes nothing: what is begun is ended, and can be asked for.
        var reports = await arrivals.AddAsync(caller, [order.File], order.Workspace, terms: terms, cancellationToken: CancellationToken.None);
        // Not the last word for a sender who can repeat it: the delivery goes on then, and what it has added already is found.
        if (order.Door is DeliveryDoor.Api && reports.Any(r => r.IsForNow) && time.GetUtcNow() - delivery.BegunAt < LongestBusy) return new DeliveryResult(DeliveryEnd.Busy);
        (delivery.Report, delivery.EndedAt) = (Kept(order.File.FileName, reports), time.GetUtcNow());
        await db.SaveChangesAsync(CancellationToken.None);
        return new DeliveryResult(DeliveryEnd.Done, delivery.Report);
    }

    /// <summary>Of what was in the file, as one; a long report cut to what can be read.</summary>
    private static ArrivalReport Kept(string fileName, IReadOnlyList<ArrivalReport> reports)
    {
        var codes = reports.SelectMany(r => r.Codes).ToList();
        var notes = reports.SelectMany(r => r.Notes).ToList();
        var refused = codes.Count > 0 ? null : reports.FirstOrDefault(r => r.Refusal is not null);
        if (refused is null) notes.AddRange(reports.Select(r => r.Refusal).OfType<string>());
        if (codes.Count > MostCodes) notes.Insert(0, string.Create(CultureInfo.InvariantCulture, $"It made {codes.Count:N0} items; the first {MostCodes} are named here."));
        if (notes.Count > MostNotes) notes = [.. notes.Take(MostNotes), string.Create(CultureInfo.InvariantCulture, $"… and {notes.Count - MostNotes:N0} more notes.")];
        return new ArrivalReport(fileName, [.. codes.Take(MostCodes)], refused?.Refusal, refused?.Action, notes);
    }
}
