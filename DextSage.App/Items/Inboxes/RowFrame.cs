using DextSage.App.Items.Bulk;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

/// <summary>What all rows of a table have in common: kept once, and not by each of them.</summary>
public sealed record RowFrame(IReadOnlyList<InboxColumn> Columns, string Slug)
{
    /// <summary>What is looked for, to be marked where it stands.</summary>
    public string? Search { get; init; }

    /// <summary>The browser's zone; null says UTC, and then says so.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The person may publish here, and the business is connected.</summary>
    public bool MayPublish { get; init; }

    public EventCallback<InboxRow> OnPublish { get; init; }
    public EventCallback<RowTick> OnTick { get; init; }

    /// <summary>A cell is to be edited.</summary>
    public EventCallback<RowCell> OnBegin { get; init; }
    public EventCallback<RowEdit> OnEdit { get; init; }
    public EventCallback OnEnd { get; init; }
}

/// <summary>A cell of an inbox.</summary>
public sealed record RowCell(InboxRow Row, InboxColumn Column);

/// <summary>A row's box was clicked.</summary>
public sealed record RowTick(InboxRow Row, Tick Tick);
