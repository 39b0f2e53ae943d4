using System.Globalization;

namespace DextSage.Integration.Intake.Importing;

/// <summary>What is said of the files of an import, each by name and with what to do.</summary>
internal static class ImportSentences
{
    private const int MostNamed = 5;

    public static string TableTooLarge(string name) =>
        $"{PaperRefusals.Shown(name)} is larger than {DextExport.MaxBytes / 1024 / 1024} MB and was left out. Export a shorter period from Dext at a time, and import one after the other.";

    public static string SecondTable(string name) =>
        $"{PaperRefusals.Shown(name)} is a second CSV file and was left out: an import takes one export. Import it by itself afterwards; what is here already is not added twice.";

    public static string TooLarge(string name) =>
        $"{PaperRefusals.Shown(name)} was too large and was left out. A document can have {PaperInspector.MaxBytes / 1024 / 1024} MB, a ZIP {ImportDesk.LargestZip / 1024 / 1024} MB.";

    public static string NoZip(string name) =>
        $"{PaperRefusals.Shown(name)} is no ZIP that can be opened, so none of its files are taken. Export it from Dext again.";

    /// <summary>Of all files that were left out, as one text; null where there are none.</summary>
    public static string? NotOpened(IReadOnlyList<string> problems) => problems.Count == 0 ? null
        : string.Join(' ', problems.Take(MostNamed)) + (problems.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" … and {problems.Count - MostNamed:N0} more files were left out.") : "");

    public static string Gone(string name) => $"Its file {PaperRefusals.Shown(name)} is gone.";

    public static string CannotBeUnpacked(string name) => $"{PaperRefusals.Shown(name)} cannot be unpacked: it is damaged in the ZIP, encrypted, or packed in an unusual way.";

    /// <summary>The last word on a document that could not be opened in time, however often it was tried.</summary>
    public static string TookTooLong(PaperRefusal refusal) => $"{refusal.Sentence} Print it as a new PDF, add that in the inbox, and merge the two items.";
}
