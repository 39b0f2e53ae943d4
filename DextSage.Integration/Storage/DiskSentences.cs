using Microsoft.Data.Sqlite;

namespace DextSage.Integration.Storage;

/// <summary>What is wrong with our own disk, told from what the database says. See SQLite's result codes.</summary>
internal static class DiskSentences
{
    /// <summary>A sentence, or null where it is something else.</summary>
    public static string? Of(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: 13 } => "The disk of this system is full.",
        SqliteException { SqliteErrorCode: 8 } => "The disk of this system cannot be written to.",
        SqliteException { SqliteErrorCode: 10 or 14 } => "The disk of this system does not answer as it should.",
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };
}
