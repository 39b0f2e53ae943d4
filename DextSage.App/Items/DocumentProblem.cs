using System.Text.Json.Serialization;

namespace DextSage.App.Items;

/// <summary>Why a document is not shown. The file itself can be downloaded all the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentProblem>))]
public enum DocumentProblem { Locked, Damaged, Missing, Unreachable }

internal static class DocumentProblems
{
    public static string Sentence(this DocumentProblem problem) => problem switch
    {
        DocumentProblem.Locked => "This PDF is locked with a password and cannot be shown here. Download it to open it.",
        DocumentProblem.Damaged => "This file is damaged and cannot be shown. Download it to try another program.",
        DocumentProblem.Missing => "The document is no longer there.",
        DocumentProblem.Unreachable => "The document could not be loaded. Reload the page to try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, message: null),
    };
}
