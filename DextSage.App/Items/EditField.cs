using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items;

/// <summary>A field of the item page: saved when it is left or chosen, with its own state beneath it.</summary>
/// <typeparam name="T">What is shown in it.</typeparam>
public abstract class EditField<T> : ComponentBase
{
    [CascadingParameter] public ItemEditing Editing { get; set; } = null!;
    [Parameter, EditorRequired] public ItemField Field { get; set; }

    /// <summary>What it is called, where that is not the field's own name: an analysis type as Sage calls it.</summary>
    [Parameter] public string? Title { get; set; }
    [Parameter] public T? Value { get; set; }

    /// <summary>The edit that saves a value.</summary>
    [Parameter] public Func<T?, ItemEdit> Edit { get; set; } = null!;

    protected FieldDraft<T> Draft { get; } = new();
    protected string Label => Title ?? Field.Name();
    protected string Id => $"field-{Field.ToString().ToLowerInvariant()}";
    protected bool IsRefused => Draft.State is FieldState.Refused;

    /// <summary>Puts the cursor into the field.</summary>
    protected abstract ValueTask FocusAsync();

    /// <summary>Takes a text from the document as if it had been typed here.</summary>
    protected abstract Task PutAsync(string text);

    protected void Enter()
    {
        Draft.Enter();
        if (!Editing.IsLocked) Editing.Places.Enter(new FieldTarget(Field, Label, TakeAsync));
    }

    private async Task TakeAsync(string text)
    {
        await PutAsync(text);
        StateHasChanged();
    }

    /// <summary>A value in words, for the note that somebody else chose it.</summary>
    protected virtual string Words(T? value) => value?.ToString() ?? "";

    protected override void OnParametersSet()
    {
        Draft.Read(Value, Editing.Item.Version);
        Editing.Places.Set(Field, FocusAsync);
    }

    protected Task CommitAsync(T? value) => CommitAsync(value, () => Edit(value));

    protected Task CommitAsync(T? value, Func<ItemEdit> edit) => Draft.CommitAsync(value, version => Editing.Save(Field, edit(), version));

    protected string? Elsewhere => Draft.WasChangedElsewhere && Draft.State is not FieldState.Saving ? Words(Draft.Elsewhere) : null;
}
