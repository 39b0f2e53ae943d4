using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Help;

/// <summary>A page of help that knows how many items it is about now.</summary>
public abstract class FailedNow : LiveComponent
{
    private readonly Dictionary<(Workspace, string), int> failed = [];

    [Inject] private Inbox Inbox { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";

    protected int Failed(Workspace workspace, PublishFailureKind kind) => failed.GetValueOrDefault((workspace, kind.ToString()));

    protected override async Task ReadAsync()
    {
        var (costs, sales) = (await Inbox.CausesAsync(Business.Caller, Workspace.Costs, Gone), await Inbox.CausesAsync(Business.Caller, Workspace.Sales, Gone));
        failed.Clear();
        foreach (var cause in costs) failed[(Workspace.Costs, cause.Kind)] = cause.Items;
        foreach (var cause in sales) failed[(Workspace.Sales, cause.Kind)] = cause.Items;
    }
}
