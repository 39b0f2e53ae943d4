using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DextSage.Tests.Simulation.Sabotages;

/// <summary>Looks through what is about to be saved and leaves something out, or all of it.</summary>
/// <param name="spoil">True where nothing is to be saved at all.</param>
internal sealed class Unsaving(Func<ChangeTracker, bool> spoil) : ISaveChangesInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(spoil(eventData.Context!.ChangeTracker) ? InterceptionResult<int>.SuppressWithResult(0) : result);
}

/// <summary>Changes a question on its way to the database.</summary>
internal sealed class Rewording(Func<string, string> reword) : IDbCommandInterceptor
{
    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
#pragma warning disable CA2100 // A part of a sentence is left out.
        command.CommandText = reword(command.CommandText);
#pragma warning restore CA2100
        return new(result);
    }
}

internal static class Tracked
{
    /// <summary>Whether this save brings a row of a kind to a value.</summary>
    public static bool Brings<T>(this ChangeTracker changes, Func<T, bool> there) where T : class =>
        changes.Entries<T>().Any(e => e.State is EntityState.Added or EntityState.Modified && there(e.Entity));
}
