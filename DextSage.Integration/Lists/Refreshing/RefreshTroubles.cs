using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace DextSage.Integration.Lists;

/// <summary>Trouble of our own storage, kept in memory because it cannot be written down.</summary>
public sealed class RefreshTroubles
{
    private readonly ConcurrentDictionary<Guid, string> troubles = new();

    /// <summary>The sentence for people, or null when all is well.</summary>
    public string? Of(Guid businessId) => troubles.GetValueOrDefault(businessId);

    internal void Note(Guid businessId, string sentence) => troubles[businessId] = sentence;

    /// <summary>True when there was trouble.</summary>
    internal bool Over(Guid businessId) => troubles.TryRemove(businessId, out _);

    /// <summary>What is wrong with the disk, or null when it is something else. See SQLite's result codes.</summary>
    internal static string? Sentence(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: 13 } => "The disk of this system is full. The refresh goes on by itself once there is room; nothing was lost.",
        SqliteException { SqliteErrorCode: 8 } => "The disk of this system cannot be written to. The refresh goes on by itself once it can; nothing was lost.",
        SqliteException { SqliteErrorCode: 10 or 14 } => "The disk of this system does not answer as it should. The refresh goes on by itself once it does; nothing was lost.",
        { InnerException: { } inner } => Sentence(inner),
        _ => null,
    };
}
