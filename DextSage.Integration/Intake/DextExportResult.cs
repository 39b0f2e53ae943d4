using DextSage.Integration.Intake.Exports;

namespace DextSage.Integration.Intake;

/// <summary>What is wrong with a Dext export, or with one cell of it.</summary>
public enum DextExportRule
{
    TooLarge, TooManyRows, NotADextExport, HeadingTwice, NotText, BrokenQuoting, WrongNumberOfCells,
    ReceiptIdMissing, ReceiptIdUnreadable, ReceiptIdTwice, AmountUnreadable, DateUnreadable, CurrencyUnreadable,
}

/// <summary>Something in the file that was not taken over.</summary>
/// <param name="Line">In the file, from 1; nothing when the whole file is meant.</param>
/// <param name="Column">The heading as it stands in the file; nothing when the row or the file is meant.</param>
/// <param name="Rule">Which rule it broke.</param>
/// <param name="Sentence">Names line, column and what was found there.</param>
/// <param name="DropsRow">The row is not among the rows; otherwise only its cell is empty.</param>
public sealed record DextExportProblem(int? Line, string? Column, DextExportRule Rule, string Sentence, bool DropsRow);

/// <summary>The rows of a Dext export that could be read, and everything that could not.</summary>
public sealed record DextExportResult(IReadOnlyList<DextExportRow> Rows, IReadOnlyList<DextExportProblem> Problems)
{
    /// <summary>Of the file, in its order, whatever they say.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Where each of Dext's columns is, from 0.</summary>
    public IReadOnlyDictionary<ExportColumn, int> Columns { get; init; } = new Dictionary<ExportColumn, int>();

    /// <summary>The file as a whole was refused: no row was read.</summary>
    public DextExportProblem? Refusal => Problems.FirstOrDefault(problem => problem.DropsRow && problem.Line is null or 1);
}
