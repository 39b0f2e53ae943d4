using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>The proof of what was sent to Sage for an item, and what Sage answered.</summary>
public sealed class PublicationProofs(BusinessStore store, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The item's publications, newest first; without what was sent and answered, which may be long.</summary>
    public async Task<IReadOnlyList<PublicationProof>> ReadAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is { } item ? await ReadAsync(scope.Db, item, cancellationToken) : [];
    }

    /// <summary>What one step sent, and what Sage answered, as formatted JSON. Null where there is no such step.</summary>
    public async Task<StepWording?> StepAsync(Caller caller, string code, int generation, StepKind kind, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        var step = await scope.Items.Where(i => i.Code == code)
            .Join(db.Publications.Where(p => p.Generation == generation), i => i.Id, p => p.ItemId, (_, p) => p.Id)
            .Join(db.PublicationSteps.Where(s => s.Kind == kind), p => p, s => s.PublicationId, (_, s) => new { s.Body, s.Answer })
            .SingleOrDefaultAsync(cancellationToken);
        return step is null ? null : new(Formatted(step.Body), Formatted(step.Answer));
    }

    /// <summary>All of it as one file, UTF-8 JSON, for whoever asks later what was done. Null where there is no such item for this person.</summary>
    public async Task<ProofFile?> ExportAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.AsNoTracking().Include(i => i.Document).SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return null;
        var business = await db.Businesses.SingleAsync(b => b.Id == db.BusinessId, cancellationToken);
        var reader = await db.Users.Where(p => p.Id == caller.PersonId).Select(p => p.DisplayName).SingleAsync(cancellationToken);
        var wordings = await db.Publications.Where(p => p.ItemId == item.Id)
            .Join(db.PublicationSteps, p => p.Id, s => s.PublicationId, (p, s) => new { p.Generation, s.Kind, s.Body, s.Answer })
            .ToDictionaryAsync(s => (s.Generation, s.Kind), s => (s.Body, s.Answer), cancellationToken);
        var whole = JsonSerializer.SerializeToNode(new
        {
            Business = business.Name, Item = item.Code, Status = item.Status, MadeAt = time.GetUtcNow(), MadeFor = reader,
            Document = item.Document is { } file ? new { file.FileName, file.ContentType, Bytes = file.Length, file.Sha256 } : null,
            Original = item.Document?.Original is { } original ? new { original.FileName, original.ContentType, Bytes = original.Length, original.Sha256 } : null,
            SmallerCopy = item.Document is { Copy: { } copy, Sent.FileName: { } name } ? new { FileName = name, copy.ContentType, Bytes = copy.Length, copy.Sha256, copy.LongSide, copy.Quality } : null,
            Publications = await ReadAsync(db, item, cancellationToken),
        }, Readable)!;
        foreach (var publication in whole["publications"]!.AsArray())
        foreach (var step in publication!["steps"]!.AsArray())
        {
            var (sent, answered) = wordings[((int)publication["generation"]!, Enum.Parse<StepKind>((string)step!["kind"]!))];
            (step["sent"], step["answered"]) = (AsJson(sent), AsJson(answered));
        }

        return new ProofFile($"publications-{item.Code}.json", JsonSerializer.SerializeToUtf8Bytes(whole, Readable));
    }

    private static async Task<IReadOnlyList<PublicationProof>> ReadAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        var destination = Destinations.Of(item, byDefault: default);
        var isSale = item.Workspace is Workspace.Sales;
        var all = await db.Publications.Where(p => p.ItemId == item.Id).OrderByDescending(p => p.Generation).Select(p => new
        {
            p.Generation, p.Purpose, p.Status, p.RequestedAt, p.EndedAt, p.OrganisationId, p.SageNumber, p.SageUrl, p.Rule,
            Person = db.Users.Where(u => u.Id == p.RequestedById).Select(u => u.DisplayName).FirstOrDefault(),
            Steps = p.Steps.Select(s => new { s.Kind, s.Status, s.StartedAt, s.SentAt, s.EndedAt, s.Tries, s.Request, s.IdempotencyId, s.RemoteId, s.RequestId, s.AnswerStatus, s.Problem, HasBody = s.Body != null, HasAnswer = s.Answer != null }).ToList(),
        }).ToListAsync(cancellationToken);
        return all.ConvertAll(p => new PublicationProof(
            p.Generation, p.Purpose, p.Status, p.Person ?? "Somebody who left", p.RequestedAt, p.EndedAt, p.OrganisationId, p.SageNumber, p.SageUrl,
            [.. p.Steps.OrderBy(s => s.Kind).Select(s => new StepProof(
                s.Kind, s.Kind.Words(destination, isSale), s.Status, s.StartedAt, s.SentAt, s.EndedAt, s.Tries, s.Request,
                // An id that never left proves nothing.
                s.SentAt is not null && s.Request?.StartsWith("DELETE", StringComparison.Ordinal) is not true && s.Kind is not StepKind.AttachDocument ? s.IdempotencyId : null,
                s.RemoteId, s.RequestId, s.AnswerStatus, s.Problem, s.HasBody, s.HasAnswer))])
        {
            Rule = p.Rule,
        });
    }

    private static string? Formatted(string? text) => AsJson(text) is { } node ? node is JsonValue ? text : node.ToJsonString(Readable) : null;

    // What was no JSON, or was cut, stays text.
    private static JsonNode? AsJson(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

/// <summary>One publication of an item, correction or withdrawal.</summary>
/// <param name="Generation">1 for the first of an item.</param>
/// <param name="Person">Who asked for it.</param>
/// <param name="OrganisationId">Sage's id of the organisation; null where it was not kept yet.</param>
public sealed record PublicationProof(
    int Generation, PublicationPurpose Purpose, PublicationStatus Status, string Person, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt,
    string? OrganisationId, string? SageNumber, string? SageUrl, IReadOnlyList<StepProof> Steps)
{
    /// <summary>The rule that published it in that person's name; null where the person did.</summary>
    public string? Rule { get; init; }
}

/// <param name="Request">Method and path; null where nothing was sent.</param>
/// <param name="IdempotencyId">Under which Sage recognises a repeat; null where it keeps none, or nothing was sent.</param>
/// <param name="RemoteId">Sage's id of what the step made, found or removed.</param>
/// <param name="RequestId">Sage's own id of the last request.</param>
public sealed record StepProof(
    StepKind Kind, string Name, StepStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? SentAt, DateTimeOffset? EndedAt, int Tries, string? Request,
    string? IdempotencyId, string? RemoteId, string? RequestId, int? AnswerStatus, string? Problem, bool HasBody, bool HasAnswer);

/// <summary>What a step sent and what came back, formatted; null where there was none.</summary>
public sealed record StepWording(string? Sent, string? Answered);

public sealed record ProofFile(string FileName, byte[] Content);
