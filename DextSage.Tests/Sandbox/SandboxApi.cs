using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>The API as a client sees it: raw JSON, so that no type of ours can smooth over what Sage would send.</summary>
internal sealed class SandboxApi(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonObject> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await ObjectAsync(await GetAsync(path), expected);

    public Task<HttpResponseMessage> PostAsync(string path, JsonObject body) => http.PostAsJsonAsync(path, body);

    public async Task<JsonObject> CreateAsync(string path, JsonObject body) => await ObjectAsync(await PostAsync(path, body), HttpStatusCode.Created);

    public Task<HttpResponseMessage> PutAsync(string path, JsonObject body) => http.PutAsJsonAsync(path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => http.DeleteAsync(new Uri(path, UriKind.Relative));

    /// <summary>The first record of a list that fits, with all its members.</summary>
    public async Task<JsonObject> FindAsync(string list, Func<JsonObject, bool>? fits = null)
    {
        var page = await ReadAsync(list + (list.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "attributes=all&items_per_page=200");
        return page["$items"]!.AsArray().Select(item => item!.AsObject()).First(item => fits is null || fits(item));
    }

    public async Task<string> IdAsync(string list, string displayedAs) => (string)(await FindAsync(list, item => (string?)item["displayed_as"] == displayedAs))["id"]!;

    /// <summary>A purchase invoice that Sage takes: £100 of stationery at 20 %.</summary>
    public async Task<JsonObject> BillAsync(string supplier = "Northgate Stationers Ltd", string account = "Office costs (7500)", string? rate = "GB_STANDARD", string? tax = "20.00") => new()
    {
        ["contact_id"] = await IdAsync($"contacts?search={Uri.EscapeDataString(supplier)}", supplier),
        ["date"] = "2026-11-01",
        ["due_date"] = "2026-12-01",
        ["reference"] = "INV-1001",
        ["invoice_lines"] = new JsonArray(new JsonObject
        {
            ["description"] = "Paper",
            ["ledger_account_id"] = await IdAsync("ledger_accounts?visible_in=expenses", account),
            ["quantity"] = "1",
            ["unit_price"] = "100.00",
            ["tax_rate_id"] = rate,
            ["tax_amount"] = tax,
        }),
    };

    public static JsonObject Wrap(JsonObject bill) => new() { ["purchase_invoice"] = bill.DeepClone() };

    public static async Task<JsonObject> ObjectAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The errors of a refusal: an array of exactly the four members that Sage sends.</summary>
    public static async Task<IReadOnlyList<(string Code, string Message, string Source)>> RefusalAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        var errors = JsonNode.Parse(text)!.AsArray().Select(error => error!.AsObject()).ToList();
        Assert.All(errors, error => Assert.Equal(["$severity", "$dataCode", "$message", "$source"], error.Select(member => member.Key)));
        return [.. errors.Select(error => ((string)error["$dataCode"]!, (string)error["$message"]!, (string)error["$source"]!))];
    }

    public void Dispose() => http.Dispose();
}
