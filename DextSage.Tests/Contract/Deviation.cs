namespace DextSage.Tests.Contract;

internal enum DeviationKind
{
    UnknownPath,
    UnknownParameter,
    MissingParameter,
    UnknownMember,
    MissingMember,
    WrongType,
    WrongValue,
    TooLong,
    UndeclaredStatus,
}

/// <summary>A place where a message and Sage's own description of it part.</summary>
/// <param name="IsRequest">Whether it was sent to Sage, rather than by it.</param>
/// <param name="Pointer">The place in the body, such as <c>/invoice_lines/*/tax_amount</c>; the name, for a parameter.</param>
/// <param name="Expected">What the description asks for.</param>
/// <param name="Actual">What is there, in JSON where it is in a body.</param>
internal sealed record Deviation(string Operation, bool IsRequest, DeviationKind Kind, string Pointer, string Expected, string Actual)
{
    public override string ToString() =>
        $"{Operation} {(IsRequest ? "request" : "answer")} {Pointer}: {Kind}, expected {Expected}, found {(Actual.Length > 80 ? Actual[..80] + "…" : Actual)}";
}
