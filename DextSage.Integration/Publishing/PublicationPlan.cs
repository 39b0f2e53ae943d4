using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>The steps that publishing an item takes, written before the first of them is sent.</summary>
internal static class PublicationPlan
{
    /// <param name="organisationId">Sage's id of the organisation that it goes to.</param>
    /// <param name="mayBeTwice">A person has seen what Sage has already, and wants it all the same.</param>
    public static Publication For(Item item, Destination destination, string organisationId, int generation, Guid personId, DateTimeOffset now, bool mayBeTwice = false)
    {
        var publication = new Publication
        {
            BusinessId = item.BusinessId, ItemId = item.Id, OrganisationId = organisationId, Generation = generation, RequestedById = personId, RequestedAt = now,
        };
        return With(publication, StepsFor(item, destination, mayBeTwice), item, organisationId);
    }

    /// <summary>First a look, so that no payment goes in vain: what Sage would not let go of is known before anything is taken away.</summary>
    public static Publication Withdrawal(Item item, string organisationId, int generation, Guid personId, DateTimeOffset now)
    {
        var publication = new Publication
        {
            BusinessId = item.BusinessId, ItemId = item.Id, Purpose = PublicationPurpose.Withdraw, OrganisationId = organisationId, Generation = generation, RequestedById = personId, RequestedAt = now,
            SageNumber = item.SageNumber, SageUrl = item.SageUrl,
        };
        StepKind[] steps = item.SagePaymentId is null ? [StepKind.LookInSage, StepKind.RemoveDocument] : [StepKind.LookInSage, StepKind.RemovePayment, StepKind.RemoveDocument];
        return With(publication, steps, item, organisationId);
    }

    /// <summary>What failed to follow the document when it was published, its payment or its file, is tried again with it.</summary>
    public static Publication Correction(Item item, Destination destination, string organisationId, int generation, Guid personId, DateTimeOffset now)
    {
        var publication = new Publication
        {
            BusinessId = item.BusinessId, ItemId = item.Id, Purpose = PublicationPurpose.Correct, OrganisationId = organisationId, Generation = generation, RequestedById = personId, RequestedAt = now,
            SageNumber = item.SageNumber, SageUrl = item.SageUrl,
        };
        var steps = StepsFor(item, destination, mayBeTwice: true).Select(kind => kind is StepKind.CreateDocument ? StepKind.CorrectDocument : kind);
        return With(publication, steps, item, organisationId);
    }

    private static Publication With(Publication publication, IEnumerable<StepKind> steps, Item item, string organisationId)
    {
        publication.Steps.AddRange(steps.Select(kind => new PublicationStep
        {
            PublicationId = publication.Id, BusinessId = item.BusinessId, Kind = kind, IdempotencyId = IdempotencyId(item, organisationId, publication.Generation, kind),
        }));
        return publication;
    }

    private static IEnumerable<StepKind> StepsFor(Item item, Destination destination, bool mayBeTwice)
    {
        if (ItemContact.Of(item).Read(item).Id is null) yield return StepKind.EnsureContact;
        if (!mayBeTwice) yield return StepKind.LookForDuplicates;
        yield return StepKind.CreateDocument;
        if (item.IsPaid && destination.IsPaidSeparately()) yield return StepKind.RecordPayment;
        if (item is { DocumentId: not null, PublishWithoutDocument: false } && destination.TakesFiles()) yield return StepKind.AttachDocument;
        yield return StepKind.ReadBack;
    }

    /// <summary>
    /// Derived, not random: a database restored from a backup asks Sage with the same id again, and Sage, which remembers it for
    /// seven days, answers with the document it already has (Sage API 5.2). Items that name the same new contact ask for it with the same id, so that
    /// it is made once, however many of them ask and whenever their requests arrive.
    /// </summary>
    private static string IdempotencyId(Item item, string organisationId, int generation, StepKind kind) => kind is StepKind.EnsureContact
        ? Hash($"{item.BusinessId:N}:{organisationId}:{generation}:{kind}:{item.Workspace}:{item.Currency}:{ItemContact.Of(item).Read(item).Name!.Trim().ToUpperInvariant()}")
        : Hash($"{item.BusinessId:N}:{item.Id:N}:{generation}:{kind}");

    private static string Hash(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("dextsage:" + of)).AsSpan(0, 16));
}
