using System.Collections.Concurrent;
using DextSage.Integration.People;

namespace DextSage.App.Items;

/// <summary>Who has which item open, in this process. It is a courtesy and no lock: edits are kept apart field by field by the desk.</summary>
public sealed class ItemPresence
{
    private readonly ConcurrentDictionary<(Guid Business, string Code), ConcurrentDictionary<Visit, Action>> visits = new();

    /// <summary>The names of the others, each once.</summary>
    public IReadOnlyList<string> Others(Caller caller, string code) => !visits.TryGetValue((caller.BusinessId, code), out var there)
        ? []
        : [.. there.Keys.Where(v => v.PersonId != caller.PersonId).DistinctBy(v => v.PersonId).Select(v => v.Name).Order(StringComparer.CurrentCulture)];

    /// <param name="changed">Called when somebody else comes or goes.</param>
    /// <returns>Dispose of it on leaving.</returns>
    public IDisposable Enter(Caller caller, string code, string name, Action changed)
    {
        var visit = new Visit(this, caller.BusinessId, code, caller.PersonId, name);
        visits.GetOrAdd((caller.BusinessId, code), _ => new())[visit] = changed;
        Tell(visit);
        return visit;
    }

    private void Leave(Visit visit)
    {
        if (!visits.TryGetValue((visit.Business, visit.Code), out var there) || !there.TryRemove(visit, out _)) return;
        Tell(visit);
        if (there.IsEmpty) visits.TryRemove(new((visit.Business, visit.Code), there));
    }

    private void Tell(Visit about)
    {
        if (!visits.TryGetValue((about.Business, about.Code), out var there)) return;
        foreach (var (visit, changed) in there)
            if (visit != about) changed();
    }

    private sealed class Visit(ItemPresence presence, Guid business, string code, Guid personId, string name) : IDisposable
    {
        public Guid Business => business;
        public string Code => code;
        public Guid PersonId => personId;
        public string Name => name;

        public void Dispose() => presence.Leave(this);
    }
}
