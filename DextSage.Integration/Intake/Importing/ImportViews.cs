using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Importing;

/// <summary>An import as it stands.</summary>
/// <param name="Person">Who asked.</param>
/// <param name="IsTheirs">Whoever looks may start and stop it.</param>
/// <param name="Waits">Only documents that took too long to open are left, and are tried again.</param>
public sealed record ImportView(
    Guid Id, ImportStatus Status, string? FileName, Workspace Workspace, string Person, bool IsTheirs, DateTimeOffset AskedAt, DateTimeOffset? EndedAt, bool CancelRequested,
    int Total, int Position, int Added, int AlreadyHere, int Refused, int WithoutFile, bool Waits, string? Problem)
{
    public bool IsLive => Status is ImportStatus.Queued or ImportStatus.Running;
}

/// <summary>A row of the export, as it would come in.</summary>
/// <param name="FileName">The paper beside the export that carries its Receipt ID.</param>
public sealed record ImportSample(DextExportRow Row, string? FileName, bool IsHere);

/// <summary>A row whose paper is not there.</summary>
/// <param name="ImageLink">Where Dext shows it, for as long as the account there is open.</param>
public sealed record MissingFile(string ReceiptId, string? Party, DateOnly? Date, decimal? Total, string? Currency, string? ImageLink);

/// <summary>What an export holds, and what would become of it.</summary>
/// <param name="Refusal">Why nothing of it can be read, as a sentence.</param>
/// <param name="Headings">Of the file, in its order.</param>
/// <param name="Columns">Where each of Dext's columns is, from 0.</param>
/// <param name="Layout">What kind of export it is, in words.</param>
/// <param name="Dropped">Rows that cannot be read.</param>
/// <param name="Claims">Rows that are expense claims.</param>
/// <param name="Claimed">Rows that belong to one.</param>
/// <param name="Problems">The first of them.</param>
/// <param name="Missing">The first of them.</param>
/// <param name="Unmatched">Names of files that belong to no row: the first of them.</param>
/// <param name="FileProblems">What came and cannot be opened, a sentence each.</param>
public sealed record ImportPreview(
    string? Refusal, IReadOnlyList<string> Headings, IReadOnlyDictionary<ExportColumn, int> Columns, string Layout, string? BaseCurrency,
    int Rows, int New, int AlreadyHere, int Dropped, int Claims, int Claimed, IReadOnlyList<string> Currencies,
    IReadOnlyList<DextExportProblem> Problems, int ProblemCount, IReadOnlyList<ImportSample> Samples,
    int Matched, IReadOnlyList<MissingFile> Missing, int MissingCount, IReadOnlyList<string> Unmatched, int UnmatchedCount, IReadOnlyList<string> FileProblems);

/// <param name="CanBeOpened">The item is there, for whoever looks.</param>
public sealed record ImportRowView(int Line, string? ReceiptId, RowOutcome Outcome, string? Code, string? Sentence, bool HasFile, bool IsExpenseClaim, bool CanBeOpened);
