using System.Text;
using System.Text.Json.Nodes;

namespace DextSage.Tests.Simulation.Checking;

/// <summary>Intent before act: what reaches Sage under an idempotency id stands in our rows by then, as Sending and byte for byte.</summary>
internal sealed class Intent(World world)
{
    public void Check(Letter letter)
    {
        // What a dead process had sent may come late: by then another may have settled it.
        if (letter.Method is not ("POST" or "PUT") || letter.IsAbandoned || letter.Body is not [(byte)'{', ..]) return;
        var body = Encoding.UTF8.GetString(letter.Body);
        if ((string?)JsonNode.Parse(body)!.AsObject().First().Value?["idempotency_id"] is not { } id) return;
        if (!world.Ours.Steps().Any(s => s.IdempotencyId == id && s.Status == "Sending" && s.Body == body)) world.Witnessed.Add($"[intent] {letter.Path} reached Sage and no step of ours was Sending it");
    }
}
