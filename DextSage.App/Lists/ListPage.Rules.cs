using DextSage.App.Rules;
using DextSage.App.Shared;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Lists;

/// <summary>The rules of suppliers and customers, where these are listed.</summary>
public sealed partial class ListPage
{
    [Inject] private RulesDesk Rules { get; set; } = null!;

    /// <summary>Whose rules they are; null on the page of any other list.</summary>
    private RuleKind? Ruled => place.List switch
    {
        ListKind.Suppliers => RuleKind.Supplier,
        ListKind.Customers => RuleKind.Customer,
        _ => null,
    };

    private bool HasRules => Ruled is not null;
    private bool MayManageRules => Business.Allows(Permission.ManageRules);

    private async Task<IReadOnlyDictionary<Guid, RuleBrief>> RulesOfAsync(IReadOnlyList<ListRow> shown, CancellationToken cancellationToken) =>
        Ruled is { } kind ? await Rules.OfSubjectsAsync(Business.Caller, kind, [.. shown.Select(r => r.Id)], cancellationToken) : new Dictionary<Guid, RuleBrief>();

    private async Task EditRulesAsync()
    {
        var only = allMatch ? null : selected.ToList();
        if (await BulkRulesDialog.ShowAsync(Dialogs, Business, Ruled!.Value, view.Query, only, only?.Count ?? Total) is not { } edited) return;
        (said, undo) = (edited.Words(), edited.Before is { } before ? () => UndoRulesAsync(before) : null);
        ClearSelection();
        await ReadAsync();
    }

    private async Task<string?> UndoRulesAsync(RulesBefore before)
    {
        var left = await Rules.UndoAsync(Business.Caller, before, Gone);
        return left == 0 ? null : $"{Numbers.Count(left, "rule")} had been changed again meanwhile and stayed as {(left == 1 ? "it is" : "they are")}.";
    }
}
