namespace DextSage.App.Shared;

/// <summary>Where a shortcut counts.</summary>
public enum ShortcutPlace { Everywhere, Inbox, Item }

/// <summary>What a shortcut does.</summary>
public enum ShortcutAction
{
    Sheet, LeaveField, Search, NextRow, PreviousRow, OpenRow, SelectRow, SelectPage, SelectedActions, UndoInInbox,
    NextItem, PreviousItem, BackToInbox, Publish, PublishAndNext, Archive, Undo,
    Contact, Date, Reference, Category, Total, Tax, Note, Lines, Details, History, Notes,
}

/// <summary>One shortcut.</summary>
/// <param name="Keys">As they are typed: one key, two one after another ("g d"), or "Ctrl+Enter", which counts within a field too.</param>
/// <param name="Does">What it does, as the sheet says it.</param>
/// <param name="Focus">What of the page takes the cursor, where that is all it does.</param>
/// <param name="Click">What of the page is clicked, where that is all it does; after "row " what is in the row where the cursor is.</param>
public sealed record Shortcut(ShortcutAction Action, ShortcutPlace Place, string Keys, string Does, string? Focus = null, string? Click = null);

/// <summary>
/// Every shortcut of the app. Single keys count outside of fields alone, and none of the browser's own is taken: no Ctrl with a letter, no
/// Alt with an arrow.
/// </summary>
public static class Shortcuts
{
    public static readonly IReadOnlyList<Shortcut> All =
    [
        new(ShortcutAction.Sheet, ShortcutPlace.Everywhere, "?", "Show these shortcuts"),
        new(ShortcutAction.LeaveField, ShortcutPlace.Everywhere, "Escape", "Leave the field you are in"),

        new(ShortcutAction.NextRow, ShortcutPlace.Inbox, "j", "Next item", "next:tr.row a.open"),
        new(ShortcutAction.PreviousRow, ShortcutPlace.Inbox, "k", "Previous item", "previous:tr.row a.open"),
        new(ShortcutAction.OpenRow, ShortcutPlace.Inbox, "Enter", "Open the item"),
        new(ShortcutAction.Search, ShortcutPlace.Inbox, "/", "Search", "#inbox-search"),
        new(ShortcutAction.SelectRow, ShortcutPlace.Inbox, "x", "Select the item", Click: "row .tick input"),
        new(ShortcutAction.SelectPage, ShortcutPlace.Inbox, "*", "Select this page", Click: "th.tick input"),
        new(ShortcutAction.SelectedActions, ShortcutPlace.Inbox, "a", "Go to what can be done with what is selected", Focus: ".bulk-bar button"),
        new(ShortcutAction.UndoInInbox, ShortcutPlace.Inbox, "u", "Undo the last change", Click: "[data-undo]"),

        new(ShortcutAction.NextItem, ShortcutPlace.Item, "j", "Next item"),
        new(ShortcutAction.PreviousItem, ShortcutPlace.Item, "k", "Previous item"),
        new(ShortcutAction.BackToInbox, ShortcutPlace.Item, "b", "Back to the inbox"),
        new(ShortcutAction.PublishAndNext, ShortcutPlace.Item, "Ctrl+Enter", "Publish, and open the next item"),
        new(ShortcutAction.Publish, ShortcutPlace.Item, "p", "Publish"),
        new(ShortcutAction.Archive, ShortcutPlace.Item, "e", "Archive, or move back to the inbox"),
        new(ShortcutAction.Undo, ShortcutPlace.Item, "u", "Undo the last change"),
        new(ShortcutAction.Contact, ShortcutPlace.Item, "g s", "Go to the supplier, or the customer"),
        new(ShortcutAction.Date, ShortcutPlace.Item, "g d", "Go to the date"),
        new(ShortcutAction.Reference, ShortcutPlace.Item, "g r", "Go to the document reference"),
        new(ShortcutAction.Category, ShortcutPlace.Item, "g c", "Go to the category"),
        new(ShortcutAction.Total, ShortcutPlace.Item, "g t", "Go to the total amount"),
        new(ShortcutAction.Tax, ShortcutPlace.Item, "g v", "Go to the tax"),
        new(ShortcutAction.Note, ShortcutPlace.Item, "g n", "Go to the note"),
        new(ShortcutAction.Lines, ShortcutPlace.Item, "g l", "Go to the line items"),
        new(ShortcutAction.Details, ShortcutPlace.Item, "1", "Details"),
        new(ShortcutAction.History, ShortcutPlace.Item, "2", "History"),
        new(ShortcutAction.Notes, ShortcutPlace.Item, "3", "Notes"),
    ];

    /// <summary>Those that count on a page.</summary>
    public static IReadOnlyList<Shortcut> On(ShortcutPlace place) => [.. All.Where(s => s.Place == place || s.Place is ShortcutPlace.Everywhere)];

    public static string Title(this ShortcutPlace place) => place switch
    {
        ShortcutPlace.Inbox => "In an inbox",
        ShortcutPlace.Item => "On an item",
        _ => "Everywhere",
    };
}
