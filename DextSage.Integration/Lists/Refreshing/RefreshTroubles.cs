using System.Collections.Concurrent;
using DextSage.Integration.Storage;

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

    /// <summary>What is wrong with the disk, or null when it is something else.</summary>
    internal static string? Sentence(Exception e) =>
        DiskSentences.Of(e) is { } trouble ? $"{trouble} The refresh goes on by itself once that is mended; nothing was lost." : null;
}
