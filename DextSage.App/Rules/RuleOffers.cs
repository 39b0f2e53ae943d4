using DextSage.Integration.Lists;
using DextSage.Integration.People;
using MudBlazor;

namespace DextSage.App.Rules;

/// <summary>Small lists, searched here.</summary>
internal static class RuleOffers
{
    /// <summary>The keyboard of a phone for amounts.</summary>
    public const InputMode Digits = InputMode.@decimal;

    public static async Task<IReadOnlyList<PickerEntry>> MethodsAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        Like(await pickers.PaymentMethodsAsync(caller, cancellationToken), text);

    public static async Task<IReadOnlyList<PickerEntry>> PeopleAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        Like(await pickers.PeopleAsync(caller, cancellationToken), text);

    public static async Task<IReadOnlyList<PickerEntry>> TaxRatesAsync(Pickers pickers, Caller caller, string? text, CancellationToken cancellationToken) =>
        Like([.. (await pickers.TaxRatesAsync(caller, cancellationToken)).Select(r => new PickerEntry(r.Id, r.Name, Hint: null))], text);

    private static IReadOnlyList<PickerEntry> Like(IReadOnlyList<PickerEntry> entries, string? text) =>
        text is null ? entries : [.. entries.Where(e => e.Name.Contains(text, StringComparison.OrdinalIgnoreCase))];
}
