using System.Text.Json.Serialization;

namespace DextSage.Integration.Sandbox;

/// <summary>What may go wrong on demand.</summary>
internal enum FaultKind { Status, Throttle, ErrorAfterCommit, AnswerLostAfterCommit, LostBefore, Slow, [JsonStringEnumMemberName("html-with-200")] HtmlWith200, TruncatedJson }

/// <summary>One order of trouble, as POST /control/faults takes it.</summary>
/// <param name="Method">GET, POST …; null for any.</param>
/// <param name="Path">The beginning of a path below /v3.1, such as <c>/purchase_invoices</c>, or <c>/token</c>, or <c>/revoke</c>; empty for every path.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How many requests it meets before it is used up.</param>
/// <param name="Status">For <see cref="FaultKind.Status"/>: the code. For the others it is ignored.</param>
/// <param name="RetryAfter">For a 429 or 503: the Retry-After header exactly as it is to be sent; null for none.</param>
/// <param name="DelayMs">A wait before anything else, in milliseconds; every kind may have one.</param>
/// <param name="AfterCommit">For <see cref="FaultKind.Status"/>: do the work first and lie afterwards.</param>
/// <param name="Skip">How many matching requests pass unharmed first.</param>
/// <param name="DataCode">For <see cref="FaultKind.Status"/>: another $dataCode than the usual one, together with <paramref name="Message"/>.</param>
/// <param name="Message">The $message that goes with <paramref name="DataCode"/>.</param>
/// <param name="Query">A part of the query that must be there, such as <c>attributes=all</c>; null for any.</param>
/// <param name="Business">The X-Business that must be named; null for any.</param>
internal sealed record Fault(
    FaultKind Kind, string Path = "", string? Method = null, int Times = 1, int Status = 500, string? RetryAfter = null, int DelayMs = 0, bool AfterCommit = false, int Skip = 0,
    string? DataCode = null, string? Message = null, string? Query = null, string? Business = null)
{
    public bool Meets(string method, string path, string query, string business) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) && path.StartsWith(Path, StringComparison.Ordinal)
        && (Query is null || query.Contains(Query, StringComparison.Ordinal)) && (Business is null || Business == business);
}

/// <summary>The orders that are still open, oldest first.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Fault> open = [];

    public void Add(Fault fault)
    {
        lock (gate) open.Add(fault);
    }

    public IReadOnlyList<Fault> Open()
    {
        lock (gate) return [.. open];
    }

    public void Clear()
    {
        lock (gate) open.Clear();
    }

    /// <summary>Takes the oldest order that this request meets and counts it down.</summary>
    public Fault? Meet(string method, string path, string query, string business)
    {
        lock (gate)
        {
            var at = open.FindIndex(fault => fault.Meets(method, path, query, business));
            if (at < 0) return null;
            var fault = open[at];
            if (fault.Skip > 0)
            {
                open[at] = fault with { Skip = fault.Skip - 1 };
                return null;
            }
            if (fault.Times <= 1) open.RemoveAt(at);
            else open[at] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }
}
