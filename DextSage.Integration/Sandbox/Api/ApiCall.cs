using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>One request of the API after it was let in: who asks, of which business, for what.</summary>
internal sealed record ApiCall(
    HttpRequest Request, Person Person, Organisation Business, BookSession Books, SandboxClock Clock, string Key, JsonObject Entity)
{
    /// <summary>The address of the sandbox as this request reached it, for links that a person can follow.</summary>
    public string Home { get; init; } = "";

    public string Now => Clock.Stamp;

    public string? Query(string name) => Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[0]!.Length > 0 ? value[0] : null;

    public bool Asked(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    public Ledger Ledger => new(Books, Business, Now);

    public Record? Find(string kind, string? id) => Ledger.Find(kind, id);

    public JsonObject LinkTo(string page) => new() { ["href"] = $"{Home}/ledger/{Business.Id}{page}", ["rel"] = "alternate", ["type"] = "text/html" };
}
