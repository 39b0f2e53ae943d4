using System.Text;
using System.Text.Json.Nodes;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Of every publication there is proof: what was sent, when, under which ids, and what Sage answered.</summary>
public sealed class ProofOfPublishing
{
    [Fact]
    public async Task Every_step_tells_what_was_sent_and_what_came_back_and_a_file_is_its_hash()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));

        var publication = Assert.Single(await workshop.Get<PublicationProofs>().ReadAsync(workshop.Admin, published.Code));
        Assert.Equal((1, PublicationStatus.Published, "Alma Marsh", published.SageNumber, published.SageUrl), (publication.Generation, publication.Status, publication.Person, publication.SageNumber, publication.SageUrl));
        var create = publication.Steps.Single(s => s.Kind is StepKind.CreateDocument);
        Assert.Equal(("POST /purchase_invoices", 201, 1, StepStatus.Done), (create.Request, create.AnswerStatus, create.Tries, create.Status));
        Assert.True(create.StartedAt <= create.SentAt && create.SentAt <= create.EndedAt);
        Assert.Equal(32, create.IdempotencyId!.Length);
        Assert.NotNull(create.RequestId);
        var words = await workshop.Get<PublicationProofs>().StepAsync(workshop.Admin, published.Code, 1, StepKind.CreateDocument);
        Assert.Equal(create.IdempotencyId, (string?)JsonNode.Parse(words!.Sent!)!["purchase_invoice"]!["idempotency_id"]);
        Assert.Equal(create.RemoteId, (string?)JsonNode.Parse(words.Answered!)!["id"]);
        Assert.Contains("\n", words.Sent!, StringComparison.Ordinal);

        var file = await workshop.Get<PublicationProofs>().StepAsync(workshop.Admin, published.Code, 1, StepKind.AttachDocument);
        var sent = JsonNode.Parse(file!.Sent!)!["attachment"]!;
        Assert.Equal((published.Document!.FileName, published.Document.Length), ((string?)sent["file_name"], (long)sent["file_size"]!));
        Assert.Matches("^\\[sha256 [0-9a-f]{64}\\]$", (string?)sent["file"]);
        Assert.Matches("^\\[[0-9,]+ characters left out\\]$", (string?)JsonNode.Parse(file.Answered!)!["file"]);
        Assert.Null(publication.Steps.Single(s => s.Kind is StepKind.AttachDocument).IdempotencyId);
    }

    [Fact]
    public async Task A_refusal_and_a_withdrawal_are_proved_too_and_all_of_it_is_one_file()
    {
        await using var workshop = await Workshop.OpenAsync();
        var item = await EveryDestination.CostAsync(workshop);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "status", status = 422, dataCode = "RecordInvalid", message = "Couldn't find Supplier.", times = 1 });
        await workshop.PublishAsync(item.Code);
        await workshop.ItemAsync(item.Code, i => i.Failure is not null);
        await workshop.EditAsync(item.Code, new ItemEdit.SetSupplier(item.SupplierId));
        var published = await EveryDestination.PublishAsync(workshop, await workshop.ItemAsync(item.Code));
        await Withdrawing.WithdrawAsync(workshop, published);

        var file = await workshop.Get<PublicationProofs>().ExportAsync(workshop.Admin, item.Code);

        Assert.Equal($"publications-{item.Code}.json", file!.FileName);
        var whole = JsonNode.Parse(file.Content)!;
        Assert.Equal(("Marsh & Daughters Ltd", item.Code, "Alma Marsh"), ((string?)whole["business"], (string?)whole["item"], (string?)whole["madeFor"]));
        Assert.Equal(["Withdrawn", "Published", "Failed"], whole["publications"]!.AsArray().Select(p => (string?)p!["status"]));
        var steps = whole["publications"]!.AsArray().Select(p => p!["steps"]!.AsArray()).ToList();
        Assert.Equal(($"DELETE /purchase_invoices/{(string?)steps[1].Single(s => (string?)s!["kind"] == "CreateDocument")!["remoteId"]}", 204),
            steps[0].Single(s => (string?)s!["kind"] == "RemoveDocument") is var gone ? ((string?)gone!["request"], (int)gone["answerStatus"]!) : default);
        var refused = steps[2].Single(s => (string?)s!["kind"] == "CreateDocument")!;
        Assert.Equal("Couldn't find Supplier.", (string?)refused["answered"]![0]!["$message"]);
        Assert.Equal(item.Total!.Value, decimal.Parse((string)steps[1].Single(s => (string?)s!["kind"] == "CreateDocument")!["answered"]!["total_amount"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain("Bearer", Encoding.UTF8.GetString(file.Content), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobody_is_shown_the_proof_of_an_item_that_is_not_theirs_to_see()
    {
        await using var workshop = await Workshop.OpenAsync();
        var published = await EveryDestination.PublishAsync(workshop, await EveryDestination.CostAsync(workshop));
        var proofs = workshop.Get<PublicationProofs>();

        Assert.Empty(await proofs.ReadAsync(workshop.Standard, published.Code));
        Assert.Null(await proofs.StepAsync(workshop.Standard, published.Code, 1, StepKind.CreateDocument));
        Assert.Null(await proofs.ExportAsync(workshop.Standard, published.Code));
    }
}
