using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>
/// What is remembered of an item that was deleted for ever: by whom, and what an auditor would know it by. Its document, its lines, its notes and its history are gone.
/// </summary>
public sealed class DeletedItem : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required string Code { get; init; }
    public required Guid OwnerId { get; init; }
    public required Workspace Workspace { get; init; }
    public required ItemType Type { get; init; }

    /// <summary>The supplier, or the customer of a sale.</summary>
    public string? Party { get; init; }
    public string? Reference { get; init; }
    public DateOnly? Date { get; init; }
    public decimal? Total { get; init; }
    public string? Currency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Item ID of the one with which it went: it had become part of that.</summary>
    public string? With { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <inheritdoc cref="DeletedItem"/>
/// <param name="Person">Who deleted it.</param>
public sealed record DeletedItemView(
    string Code, Workspace Workspace, ItemType Type, string? Party, string? Reference, DateOnly? Date, decimal? Total, string? Currency, DateTimeOffset CreatedAt, string? With, string Person, DateTimeOffset At);
