using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One business's records, at one moment, inside one unit of work.</summary>
internal sealed record Ledger(BookSession Books, Organisation Business, string Now)
{
    public Record? Find(string kind, string? id) => id is null ? null : Books.Find(Business.Id, kind, id);

    public void Add(string kind, JsonObject body) => Books.Add(Business.Id, kind, body.Text("id")!, body, Now);

    public void Save(Record record, bool deleted = false) => Books.Save(record, Now, deleted);
}
