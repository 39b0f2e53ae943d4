using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

public enum PublicationStatus { Queued, Running, Published, Failed, Cancelled }

/// <summary>Why a publication that could run is waiting.</summary>
public enum WaitingFor { Nothing, Reconnect, SageIsBusy, AnswerUnknown }

/// <summary>One intent to publish an item. Written before anything is sent; a process killed anywhere continues from these rows.</summary>
public sealed class Publication : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public Item? Item { get; init; }

    /// <summary>1 for the first try of an item, one more for each after a refusal.</summary>
    public required int Generation { get; init; }
    public required Guid RequestedById { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public PublicationStatus Status { get; set; }
    public WaitingFor WaitingFor { get; set; }
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public List<PublicationStep> Steps { get; } = [];
    public int Version { get; set; }

    public PublicationStep Step(StepKind kind) => Steps.Single(s => s.Kind == kind);
}

/// <summary>In the order in which they are taken. Up to the document, one publication of a business goes after the other; what follows it runs beside the next.</summary>
public enum StepKind { EnsureContact, LookForDuplicates, CreateDocument, RecordPayment, AttachDocument, ReadBack }

public enum StepStatus { Waiting, Sending, Done, Failed, Unknown }

/// <summary>One request to Sage that must happen once.</summary>
public sealed class PublicationStep : IBusinessOwned
{
    public required Guid PublicationId { get; init; }
    public required Guid BusinessId { get; init; }
    public required StepKind Kind { get; init; }
    public StepStatus Status { get; set; }

    /// <summary>32 hex digits, fixed when the row is written; shared by items that name the same new supplier. Sage answers a repeat within 7 days with the first result (Sage API 5.2).</summary>
    public required string IdempotencyId { get; init; }

    /// <summary>The exact body that was sent: a repeat sends these bytes and no others. A file is not kept here but in the content store.</summary>
    public string? Body { get; set; }

    /// <summary>When the first request left.</summary>
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public int Tries { get; set; }

    /// <summary>Sage's id of what the step made.</summary>
    public string? RemoteId { get; set; }
    public string? RequestId { get; set; }
    public string? Problem { get; set; }
}
