using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>
/// What was on its way when an organisation is left. After a disconnect it waits; before another organisation is connected it ends, since what
/// was written for the one must never reach the other.
/// </summary>
public sealed class PublicationFarewell(BusinessStore store, JobQueue jobs, TimeProvider time) : IWhenLeft
{
    public async Task LeftAsync(Leaving leaving)
    {
        if (!leaving.IsForAnother)
        {
            await jobs.EnqueueAsync<PublishWork>(leaving.BusinessId);
            return;
        }

        await using var db = store.OpenForJob(leaving.BusinessId);
        var open = await PublishWork.Open(db.Publications).Include(p => p.Steps).ToListAsync();
        foreach (var publication in open)
        {
            var item = await db.Items.WithEntries().AsTracking().SingleAsync(i => i.Id == publication.ItemId);
            End(publication, item, leaving.Organisation);
            if (item.Status is not ItemStatus.Published) item.Status = await PublicationEnd.StatusOfAsync(db, publication, item, CancellationToken.None);
        }
        await db.SaveChangesAsync();
    }

    private void End(Publication publication, Item item, string organisation)
    {
        var now = time.GetUtcNow();
        if (publication.Purpose is not PublicationPurpose.Publish)
        {
            publication.Status = PublicationStatus.Failed;
            item.PublishedWith = $"It is in {organisation}, where what was asked for last was not finished: the connection moved to another organisation.";
        }
        else if (publication.HasDone(StepKind.CreateDocument))
        {
            publication.Status = PublicationStatus.Published;
            (item.Status, item.PublishedAt) = (ItemStatus.Published, now);
            item.PutInto(Place.Archive, now);
            item.PublishedWith = $"It is in {organisation}, but was not finished there: the connection moved to another organisation.";
        }
        else
        {
            publication.Status = PublicationStatus.Failed;
            item.Failure = Failure(organisation, isSent: publication.Step(StepKind.CreateDocument).SentAt is not null, item);
        }
        (publication.EndedAt, publication.WaitingFor, publication.NextTryAt, item.WaitingBecause) = (now, WaitingFor.Nothing, null, null);
        publication.Version++;
        item.Version++;
        item.UpdatedAt = now;
    }

    private static ItemFailure Failure(string organisation, bool isSent, Item item) => new(
        (isSent ? PublishFailureKind.SentElsewhere : PublishFailureKind.OrganisationChanged).ToString(), Field: null,
        isSent
            ? $"The connection moved to another organisation while this was on its way to {organisation}. It may have arrived there."
            : $"The connection moved to another organisation before this was sent to {organisation}.",
        isSent
            ? $"Look for “{DocumentMapping.Marker(item)}” in {organisation} first. Publish it here only if it belongs into the new organisation."
            : "Choose supplier, category and tax rate of the new organisation, then publish.",
        FromSage: null);
}
