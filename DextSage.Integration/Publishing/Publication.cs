using DextSage.Integration.Items;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>The last three end what their purpose was: nothing after them is under way.</summary>
public enum PublicationStatus { Queued, Running, Published, Failed, Cancelled, Withdrawn, Corrected }

/// <summary>What is to be done in Sage: make the document, take it out again, or change it to what the item says now.</summary>
public enum PublicationPurpose { Publish, Withdraw, Correct }

/// <summary>Why a publication that could run is waiting.</summary>
public enum WaitingFor { Nothing, Reconnect, SageIsBusy, AnswerUnknown }

/// <summary>One intent to publish an item, to correct what was published, or to withdraw it. Written before anything is sent; a process killed anywhere continues from these rows.</summary>
public sealed class Publication : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public Item? Item { get; init; }

    public PublicationPurpose Purpose { get; init; }

    /// <summary>1 for the first of an item, one more for each after it.</summary>
    public required int Generation { get; init; }

    /// <summary>Sage's id of the organisation that it goes to; null where it was not kept yet.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>The number that Sage showed for the document when this had ended.</summary>
    public string? SageNumber { get; set; }

    /// <summary>The document's page in Sage.</summary>
    public string? SageUrl { get; set; }
    public required Guid RequestedById { get; init; }

    /// <summary>The rule that published it in that person's name, as it was called then; null where the person did.</summary>
    public string? Rule { get; set; }
    public required DateTimeOffset RequestedAt { get; init; }
    public PublicationStatus Status { get; set; }
    public WaitingFor WaitingFor { get; set; }
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public List<PublicationStep> Steps { get; } = [];
    public int Version { get; set; }

    public PublicationStep Step(StepKind kind) => Steps.Single(s => s.Kind == kind);

    /// <summary>The step has made or done what it is for.</summary>
    public bool HasDone(StepKind kind) => Steps.Exists(s => s.Kind == kind && s.Status is StepStatus.Done);
}

/// <summary>In the order in which they are taken. Up to the document, one publication of a business goes after the other; what follows it runs beside the next.</summary>
public enum StepKind { EnsureContact, LookForDuplicates, LookInSage, RemovePayment, RemoveDocument, CorrectDocument, CreateDocument, RecordPayment, AttachDocument, ReadBack }

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

    /// <summary>The exact body that was sent: a repeat sends these bytes and no others. A file is not kept here but in the content store; its SHA-256 stands for it.</summary>
    public string? Body { get; set; }

    /// <summary>Method and path of what was sent, such as <c>POST /purchase_invoices</c>; null where the step only looked.</summary>
    public string? Request { get; set; }

    /// <summary>When the step was first begun.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the first request left.</summary>
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public int Tries { get; set; }

    /// <summary>Sage's id of what the step made.</summary>
    public string? RemoteId { get; set; }
    public string? RequestId { get; set; }

    /// <summary>The HTTP status of Sage's last answer to it.</summary>
    public int? AnswerStatus { get; set; }

    /// <summary>The body of that answer, as <see cref="SageWords"/> keeps it.</summary>
    public string? Answer { get; set; }
    public string? Problem { get; set; }

    /// <summary>Keeps what Sage said, as proof.</summary>
    internal SageAnswer<T> Hear<T>(SageAnswer<T> answer) where T : class
    {
        RequestId = answer.RequestId ?? RequestId;
        if (answer.Words is { } words) (AnswerStatus, Answer) = (words.Status, words.Text);
        return answer;
    }
}
