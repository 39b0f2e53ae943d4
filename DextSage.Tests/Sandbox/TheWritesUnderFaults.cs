using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 5.2 and 16.11 for everything that can be published: the idempotency memory, and trouble on demand, endpoint by endpoint.</summary>
public sealed class TheWritesUnderFaults
{
    private const string Id = "3f1d5c0a9be24a6c8d7e1f2a3b4c5d6e";

    /// <summary>Every endpoint that the publisher writes to and Sage remembers an id for.</summary>
    public static TheoryData<string> Remembered => [.. Family.All, "contact_payments", "contact_allocations", "other_payments"];

    [Theory, MemberData(nameof(Remembered))]
    public async Task The_same_id_gives_the_same_answer_for_seven_days_and_makes_no_second_record(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        JsonObject body;
        string first;
        using (var api = await sandbox.ApiAsync())
        {
            body = await BodyAsync(api, path);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.CreateAsync(path, body)));
            first = Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        }
        sandbox.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        using (var api = await sandbox.ApiAsync())
        {
            Assert.Equal(first, (await api.CreateAsync(path, body)).ToJsonString());
            Assert.Equal(1, (int)(await api.ReadAsync(path))["$total"]!);
        }
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        using (var api = await sandbox.ApiAsync())
        {
            // Forgotten: documents are doubled, and what was settled once cannot be settled again.
            var again = await api.PostAsync(path, body);
            if (path.StartsWith("contact_", StringComparison.Ordinal)) await SandboxApi.RefusalAsync(again, 422);
            else Assert.NotEqual(first, (await SandboxApi.ObjectAsync(again, HttpStatusCode.Created)).ToJsonString());
        }
    }

    [Theory, MemberData(nameof(Remembered))]
    public async Task An_id_that_another_kind_of_record_has_used_is_a_mismatch(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        await api.CreateAsync("contacts", new JsonObject { ["contact"] = new JsonObject { ["idempotency_id"] = Id, ["name"] = "A", ["contact_type_ids"] = new JsonArray("VENDOR") } });

        var answer = await api.PostAsync(path, await BodyAsync(api, path));

        Assert.Equal("IdempotencyResourceMismatch", Assert.Single(await SandboxApi.RefusalAsync(answer, 422)).Code);
        Assert.Equal(0, (int)(await api.ReadAsync(path))["$total"]!);
    }

    public static TheoryData<string, string, int> Losses
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var path in (string[])["sales_invoices", "purchase_credit_notes", "purchase_quick_entries", "contact_payments", "contact_allocations", "other_payments", "attachments"])
            {
                data.Add(path, "lost-before", 0);
                data.Add(path, "answer-lost-after-commit", 1);
                data.Add(path, "error-after-commit", 1);
                data.Add(path, "truncated-json", 1);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public async Task A_lost_answer_leaves_one_record_and_a_lost_request_none_and_only_an_attachment_is_doubled_by_a_retry(string path, string kind, int left)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var body = await BodyAsync(api, path);
        await sandbox.FaultAsync(new { method = "POST", path = "/" + path, kind });

        Assert.False(await IsToldAsync(api, path, body));
        Assert.Equal(left, (int)(await api.ReadAsync(path))["$total"]!);

        await api.CreateAsync(path, body);
        Assert.Equal(path == "attachments" ? left + 1 : 1, (int)(await api.ReadAsync(path))["$total"]!);
        if (path == "contact_payments") Assert.Equal("-120.0", await api.BalanceAsync());
    }

    [Theory]
    [InlineData("sales_invoices", "POST")]
    [InlineData("contact_payments", "POST")]
    [InlineData("contact_payments", "DELETE")]
    [InlineData("purchase_credit_notes", "PUT")]
    [InlineData("other_payments", "GET")]
    public async Task Throttles_and_a_dead_token_strike_the_method_that_they_are_meant_for(string path, string method)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var one = $"{path}/{(string)(await api.CreateAsync(path, await BodyAsync(api, path)))["id"]!}";
        await sandbox.FaultAsync(new { method, path = "/" + path, kind = "throttle", retryAfter = "7" });
        await sandbox.FaultAsync(new { method, path = "/" + path, kind = "throttle" });
        await sandbox.FaultAsync(new { method, path = "/" + path, kind = "status", status = 401 });

        if (method != "GET") await api.ReadAsync(one);
        Assert.Equal("7", (await AskAsync(HttpStatusCode.TooManyRequests)).Headers.GetValues("Retry-After").Single());
        Assert.False((await AskAsync(HttpStatusCode.TooManyRequests)).Headers.Contains("Retry-After"));
        await AskAsync(HttpStatusCode.Unauthorized);
        // Nothing was done meanwhile.
        Assert.Equal(1, (int)(await api.ReadAsync(path))["$total"]!);

        async Task<HttpResponseMessage> AskAsync(HttpStatusCode expected)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), method == "POST" ? path : one);
            if (method is "POST" or "PUT") request.Content = SandboxHost.JsonContent(new { });
            var answer = await api.Http.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
            return answer;
        }
    }

    /// <summary>Whether the answer came and can be read.</summary>
    private static async Task<bool> IsToldAsync(SandboxApi api, string path, JsonObject body)
    {
        try
        {
            var answer = await api.PostAsync(path, body);
            JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode;
        }
        catch (Exception ex) when (ex is HttpRequestException or JsonException)
        {
            return false;
        }
    }

    /// <summary>A request that the endpoint takes, with what it needs already in the books.</summary>
    private static async Task<JsonObject> BodyAsync(SandboxApi api, string path)
    {
        if (path == "attachments") return TheAttachments.Attachment(await TheAttachments.BillIdAsync(api), [1, 2, 3]);
        var body = path switch
        {
            "other_payments" => Till.WrapExpense(await api.ExpenseAsync()),
            "contact_payments" => Till.Wrap(await api.PaymentAsync("VENDOR_PAYMENT", 120, Till.Current, (await BillAsync(api), 120))),
            "contact_allocations" => Till.Allocation("VENDOR_ALLOCATION", (await api.CreateAsync("purchase_credit_notes", "Northgate Stationers Ltd"), 120), (await BillAsync(api), -120)),
            _ => Family.Wrap(path, await api.EntityAsync(path)),
        };
        body.First().Value!["idempotency_id"] = Id;
        return body;
    }

    private static async Task<JsonObject> BillAsync(SandboxApi api) => await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync()));
}
