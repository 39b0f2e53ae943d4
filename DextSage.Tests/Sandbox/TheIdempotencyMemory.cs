using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 5.2.</summary>
public sealed class TheIdempotencyMemory
{
    private const string Id = "3f1d5c0a9be24a6c8d7e1f2a3b4c5d6e";

    [Fact]
    public async Task The_same_id_gives_the_same_bill_and_no_second_one()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await BillAsync(api);

        var first = await api.CreateAsync("purchase_invoices", bill);
        sandbox.Time.Advance(TimeSpan.FromSeconds(200));
        var second = await api.CreateAsync("purchase_invoices", bill);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(1, (int)(await api.ReadAsync("purchase_invoices"))["$total"]!);
        Assert.False(first.ContainsKey("idempotency_id"));
    }

    [Fact]
    public async Task Twelve_at_once_make_one_bill()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await BillAsync(api);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.PostAsync("purchase_invoices", bill)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(1, (int)(await api.ReadAsync("purchase_invoices"))["$total"]!);
    }

    [Fact]
    public async Task The_same_id_on_another_kind_of_record_is_a_mismatch()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        await api.CreateAsync("purchase_invoices", await BillAsync(api));

        var answer = await api.PostAsync("contacts", new JsonObject
        {
            ["contact"] = new JsonObject { ["idempotency_id"] = Id, ["name"] = "A", ["contact_type_ids"] = new JsonArray("VENDOR") },
        });

        Assert.Equal(("IdempotencyResourceMismatch", "Entity type mismatch", ""), Assert.Single(await SandboxApi.RefusalAsync(answer, 422)));
    }

    [Fact]
    public async Task After_seven_days_it_is_forgotten()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        JsonObject bill;
        using (var api = await sandbox.ApiAsync())
        {
            bill = await BillAsync(api);
            await api.CreateAsync("purchase_invoices", bill);
        }
        sandbox.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        using (var api = await sandbox.ApiAsync()) Assert.Equal(1, await TotalAfterAsync(api));

        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        using (var api = await sandbox.ApiAsync()) Assert.Equal(2, await TotalAfterAsync(api));

        async Task<int> TotalAfterAsync(SandboxApi api)
        {
            await api.CreateAsync("purchase_invoices", bill);
            return (int)(await api.ReadAsync("purchase_invoices"))["$total"]!;
        }
    }

    [Fact]
    public async Task It_outlives_a_restart()
    {
        var folder = Folders.New("sandbox");
        string first, second;
        await using (var before = await SandboxHost.StartAsync(folder: folder))
        {
            using var api = await before.ApiAsync();
            first = (string)(await api.CreateAsync("purchase_invoices", await BillAsync(api)))["id"]!;
        }
        await using (var after = await SandboxHost.StartAsync(folder: folder))
        {
            using var api = await after.ApiAsync();
            second = (string)(await api.CreateAsync("purchase_invoices", await BillAsync(api)))["id"]!;
        }
        Assert.Equal(first, second);
        Folders.Delete(folder);
    }

    [Fact]
    public async Task A_refused_attempt_is_not_remembered_and_an_id_has_thirty_two_characters()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await BillAsync(api);

        bill["purchase_invoice"]!["date"] = "1999-01-01";
        await SandboxApi.RefusalAsync(await api.PostAsync("purchase_invoices", bill), 422);
        bill["purchase_invoice"]!["date"] = "2026-11-01";
        await api.CreateAsync("purchase_invoices", bill);
        bill["purchase_invoice"]!["idempotency_id"] = "short";
        Assert.Equal("idempotency_id", Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("purchase_invoices", bill), 422)).Source);
    }

    [Fact]
    public async Task A_change_and_a_contact_are_remembered_too()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var path = "purchase_invoices/" + await TheAttachments.BillIdAsync(api);
        var change = SandboxApi.Wrap(new JsonObject { ["idempotency_id"] = Id, ["notes"] = "Once" });
        var once = await SandboxApi.ObjectAsync(await api.PutAsync(path, change), HttpStatusCode.OK);
        sandbox.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(once.ToJsonString(), (await SandboxApi.ObjectAsync(await api.PutAsync(path, change), HttpStatusCode.OK)).ToJsonString());

        var contact = new JsonObject { ["contact"] = new JsonObject { ["idempotency_id"] = Id[1..] + "0", ["name"] = "A", ["contact_type_ids"] = new JsonArray("VENDOR") } };
        var first = await api.CreateAsync("contacts", contact);
        Assert.Equal((string)first["id"]!, (string?)(await api.CreateAsync("contacts", contact))["id"]);
    }

    private static async Task<JsonObject> BillAsync(SandboxApi api)
    {
        var bill = await api.BillAsync();
        bill["idempotency_id"] = Id;
        return SandboxApi.Wrap(bill);
    }
}
