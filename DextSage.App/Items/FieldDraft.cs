using DextSage.Integration.Items;

namespace DextSage.App.Items;

public enum FieldState { Idle, Saving, Saved, Refused }

/// <summary>
/// What a field shows while a person is in it and others edit the same item: what is being typed is never wiped, what others
/// saved is never overwritten unseen.
/// </summary>
public sealed class FieldDraft<T>
{
    private T? seen;
    private int seenVersion;
    private T? latest;
    private int latestVersion;
    private bool isEntered;

    public T? Shown { get; private set; }
    public FieldState State { get; private set; }

    /// <summary>Why the last edit was refused, as a sentence.</summary>
    public string? Sentence { get; private set; }

    /// <summary>Somebody else saved another value while this field was being edited.</summary>
    public bool WasChangedElsewhere => !EqualityComparer<T>.Default.Equals(latest, seen);

    /// <summary>What somebody else saved.</summary>
    public T? Elsewhere => latest;

    /// <summary>The item has been read: takes its value over, unless somebody is at work here.</summary>
    public void Read(T? value, int version)
    {
        // A reading that was begun before the last save and ends after it tells of a past that this field has left.
        if (version < latestVersion) return;
        (latest, latestVersion) = (value, version);
        if (State is FieldState.Saving or FieldState.Refused || isEntered && WasChangedElsewhere) return;
        if (WasChangedElsewhere) State = FieldState.Idle;
        TakeLatest();
    }

    public void Enter() => isEntered = true;

    public void Leave()
    {
        isEntered = false;
        if (State is FieldState.Idle or FieldState.Saved) TakeLatest();
    }

    /// <summary>What was typed, as it was typed, until it is known what it means.</summary>
    public void Typed(T? typed) => Shown = typed;

    /// <summary>What was typed cannot be read: it stays, with the reason.</summary>
    public void Refuse(T? typed, string sentence)
    {
        (Shown, State, Sentence) = (typed, FieldState.Refused, sentence);
        (seen, seenVersion) = (latest, latestVersion);
    }

    /// <param name="save">Saves on top of the version it is given, and has the item read again.</param>
    public async Task CommitAsync(T? value, Func<int, Task<EditOutcome>> save)
    {
        Shown = value;
        if (EqualityComparer<T>.Default.Equals(value, latest))
        {
            (State, Sentence) = (FieldState.Idle, null);
            TakeLatest();
            return;
        }
        // On top of what the person saw of this field: other fields may have moved on meanwhile, and that is no conflict.
        var version = WasChangedElsewhere ? seenVersion : latestVersion;
        (State, Sentence) = (FieldState.Saving, null);
        var outcome = await save(version);
        if (outcome.IsSaved)
        {
            State = FieldState.Saved;
            TakeLatest();
        }
        else
        {
            Refuse(value, outcome.Refusal!);
        }
    }

    private void TakeLatest() => (Shown, seen, seenVersion) = (latest, latest, latestVersion);
}
