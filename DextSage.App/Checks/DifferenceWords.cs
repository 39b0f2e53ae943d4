using DextSage.App.Shared;
using DextSage.Integration.Publishing;
using MudBlazor;

namespace DextSage.App.Checks;

/// <summary>What Sage holds otherwise, in words.</summary>
internal static class DifferenceWords
{
    /// <summary>"Total 120.00 → 125.00", "Deleted in Sage".</summary>
    public static string Of(DifferenceView difference) => difference.Kind is DifferenceKind.Deleted
        ? "Deleted in Sage"
        : $"{char.ToUpperInvariant(difference.Field[0])}{difference.Field[1..]} {Shown(difference.Meant)} → {Shown(difference.InSage)}";

    public static string Title(this DifferenceFilter filter) => filter is DifferenceFilter.Open ? "To look at" : filter.ToString();

    /// <summary>What is said where a filter shows nothing.</summary>
    public static string Nothing(this DifferenceFilter filter) => filter switch
    {
        DifferenceFilter.Open => "Everything in Sage is as it was published",
        DifferenceFilter.Changed => "Nothing was changed in Sage",
        DifferenceFilter.Deleted => "Nothing was deleted in Sage",
        DifferenceFilter.Accepted => "Nothing has been accepted",
        DifferenceFilter.Resolved => "No difference has gone away yet",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, message: null),
    };

    public static StatusLook? Look(this BooksCheckView? check) => check switch
    {
        null => null,
        { Status: CheckStatus.Completed } => new("Done", Tone.Success, Icons.Material.Filled.CheckCircle),
        { Status: CheckStatus.Failed } => new("Did not finish", Tone.Danger, Icons.Material.Outlined.ErrorOutline),
        { WaitingBecause: not null } => new("Waiting", Tone.Warning, Icons.Material.Outlined.HourglassEmpty),
        _ => new("In progress", Tone.Info, Icons.Material.Outlined.Sync),
    };

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;
}
