using System.Text;
using DextSage.Integration.Connections;

namespace DextSage.App.Connections;

/// <summary>The wizard's problems in addresses: <see cref="WizardProblem.TooLate"/> is "too-late".</summary>
internal static class ProblemSegments
{
    public const string SignedOut = "signed-out";

    private static readonly Dictionary<string, WizardProblem> All =
        Enum.GetValues<WizardProblem>().ToDictionary(Segment, p => p, StringComparer.Ordinal);

    public static string Segment(this WizardProblem problem)
    {
        var segment = new StringBuilder();
        foreach (var letter in problem.ToString())
        {
            if (char.IsUpper(letter) && segment.Length > 0) segment.Append('-');
            segment.Append(char.ToLowerInvariant(letter));
        }
        return segment.ToString();
    }

    public static WizardProblem? Parse(string segment) => All.TryGetValue(segment, out var problem) ? problem : null;

    /// <summary>What was already done needs no second try, but a look at how things stand.</summary>
    public static bool CanTryAgain(WizardProblem problem) => problem is not (WizardProblem.AlreadyUsed or WizardProblem.StepGone);
}
