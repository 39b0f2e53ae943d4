using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items;

/// <summary>A field of one line: saved when it is left or chosen.</summary>
/// <typeparam name="T">What is shown in it.</typeparam>
public abstract class EditLineField<T> : ComponentBase
{
    [CascadingParameter] public ItemEditing Editing { get; set; } = null!;
    [Parameter, EditorRequired] public LineView Line { get; set; } = null!;

    /// <summary>From 1, as people count.</summary>
    [Parameter, EditorRequired] public int Number { get; set; }
    [Parameter, EditorRequired] public LineField Field { get; set; }
    [Parameter] public string? Label { get; set; }
    [Parameter] public T? Value { get; set; }

    /// <summary>The edit that saves a value.</summary>
    [Parameter] public Func<T?, LineEdit> Edit { get; set; } = null!;

    protected FieldDraft<T> Draft { get; } = new();
    protected bool IsRefused => Draft.State is FieldState.Refused;
    protected string Title => Label ?? Field.Name();
    protected string Id => $"line-{Number}-{Field.ToString().ToLowerInvariant()}";

    protected override void OnParametersSet() => Draft.Read(Value, Editing.Item.Version);

    /// <param name="put">Takes a text from the document as if it had been typed here.</param>
    protected void Enter(Func<string, Task> put)
    {
        Draft.Enter();
        if (!Editing.IsLocked) Editing.Places.Enter(new FieldTarget(ItemField.Lines, $"{Title} of line {Number}", put, Line.Id));
    }

    protected Task CommitAsync(T? value) => Draft.CommitAsync(value, version => Editing.Save(ItemField.Lines, new ItemEdit.EditLine(Line.Id, Edit(value)), version));
}
