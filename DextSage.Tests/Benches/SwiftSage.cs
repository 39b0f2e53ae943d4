using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests.Benches;

/// <summary>
/// As little of Sage as publishing meets, in memory and in a process of its own: what it costs is not measured with us. It keeps what it is sent, takes its time
/// over each request, and refuses what comes faster than a rate that it tells nobody.
/// </summary>
internal sealed class SwiftSage
{
    public const string Word = "sage";
    private const string Taxed = "GB_STANDARD";
    private readonly ConcurrentDictionary<string, Business> businesses = new(StringComparer.Ordinal);
    private readonly int count;
    private TimeSpan latency;
    private double perSecond;
    private double reserve;

    private SwiftSage(int count) => this.count = count;

    /// <param name="args">The port, and how many businesses it has.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var sage = new SwiftSage(int.Parse(args[1], CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add($"http://localhost:{args[0]}");
        app.MapGet("/oauth2/auth/central", (string redirect_uri, string state) => Results.Redirect($"{redirect_uri}?code=bench&country=GB&state={Uri.EscapeDataString(state)}"));
        app.MapPost("/token", () => Results.Json(new { access_token = "access", refresh_token = "refresh", expires_in = 86_400, refresh_token_expires_in = 2_678_400, scope = "full_access", requested_by_id = "o1" }));
        app.Map("/v3.1/{**path}", sage.AnswerAsync);
        await app.StartAsync();
        await Orders.TakeAsync(order => Task.FromResult(sage.Obey(order)));
        await app.StopAsync();
        return 0;
    }

    private string Obey(string[] order)
    {
        switch (order)
        {
            case ["latency", var milliseconds]:
                latency = TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture));
                return "0";
            case ["limit", var most, var burst]:
                (perSecond, reserve) = (double.Parse(most, CultureInfo.InvariantCulture), double.Parse(burst, CultureInfo.InvariantCulture));
                foreach (var business in businesses.Values) business.Forget();
                return "0";
            // Served, refused, and seconds from the first to the last.
            case ["counts"]:
                var all = businesses.Values.Where(b => b.Served > 0).ToList();
                return string.Create(CultureInfo.InvariantCulture, $"{all.Sum(b => b.Served)} {all.Sum(b => b.Refused)} {all.Max(b => b.Seconds)}");
            case ["documents"]:
                return string.Create(CultureInfo.InvariantCulture, $"{businesses.Values.Sum(b => b.Documents.Count)} {businesses.Values.Sum(b => b.Files.Count)} {businesses.Values.Sum(b => b.Payments)}");
            default:
                throw new InvalidOperationException($"'{string.Join(' ', order)}' is no order.");
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = ((string?)http.Request.RouteValues["path"] ?? "").Split('/');
        var id = http.Request.Headers["X-Business"].ToString();
        var business = businesses.GetOrAdd(id, _ => new Business());
        if (id.Length > 0)
        {
            http.Response.Headers["X-Business"] = id;
            if (perSecond > 0 && !business.MayPass(perSecond, reserve))
            {
                http.Response.Headers.RetryAfter = "1";
                await WriteAsync(http, 429, new JsonArray());
                return;
            }
        }

        if (latency > TimeSpan.Zero) await Task.Delay(latency, http.RequestAborted);
        if (http.Request.Method == "POST") await WriteAsync(http, 201, await CreateAsync(business, path[0], http));
        else await WriteAsync(http, 200, path is [var list, var key] ? One(business, list, key) : Single(path[0]) ?? Page(business, path[0], http.Request.Query));
    }

    private static async Task<JsonObject> CreateAsync(Business business, string list, HttpContext http)
    {
        var entity = ((await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject().First().Value!).AsObject();
        if ((string?)entity["idempotency_id"] is { } known && business.Remembered.TryGetValue(known, out var before)) return (JsonObject)before.DeepClone();
        entity["id"] = Guid.NewGuid().ToString("N");
        switch (list)
        {
            case "purchase_invoices":
                entity["displayed_as"] = entity["reference"]?.DeepClone();
                entity["contact"] = new JsonObject { ["id"] = entity["contact_id"]?.DeepClone(), ["displayed_as"] = "A supplier" };
                foreach (var line in entity["invoice_lines"]!.AsArray().OfType<JsonObject>())
                {
                    line["ledger_account"] = new JsonObject { ["id"] = line["ledger_account_id"]!.DeepClone() };
                    line["tax_rate"] = new JsonObject { ["id"] = line["tax_rate_id"]!.DeepClone() };
                    Sum("total_amount", line);
                    Sum("tax_amount", line);
                }

                entity["outstanding_amount"] = entity["total_amount"]!.DeepClone();
                business.Documents[(string)entity["id"]!] = entity;
                break;
            case "contact_payments":
                foreach (var paid in entity["allocated_artefacts"]!.AsArray()) business.Documents[(string)paid!["artefact_id"]!]["outstanding_amount"] = "0.00";
                Interlocked.Increment(ref business.Payments);
                break;
            case "attachments":
                var kept = (JsonObject)entity.DeepClone();
                kept.Remove("file");
                business.Files[(string)entity["attachment_context_id"]!] = kept;
                break;
        }

        if ((string?)entity["idempotency_id"] is { } mine) business.Remembered[mine] = entity;
        return entity;

        void Sum(string field, JsonObject line) =>
            entity[field] = (decimal.Parse((string?)entity[field] ?? "0", CultureInfo.InvariantCulture) + decimal.Parse((string)line[field]!, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
    }

    private static JsonObject One(Business business, string list, string key) => list switch
    {
        "businesses" => Organisation(key),
        "purchase_invoices" => business.Documents[key],
        _ => Named(key, key),
    };

    private static JsonObject? Single(string path) => path switch
    {
        "user" => Named("o1", "Olivia Marsh"),
        "financial_settings" => new JsonObject
        {
            ["base_currency"] = Named("GBP", "Pound"), ["multi_currency_enabled"] = false, ["accounts_start_date"] = "2010-01-01", ["tax_scheme"] = Named("STANDARD", "Standard"),
        },
        _ => null,
    };

    private JsonObject Page(Business business, string list, IQueryCollection query)
    {
        var items = list switch
        {
            "businesses" => [.. Enumerable.Range(0, count).Select(n => Named(Id(n), $"Business {Id(n)}"))],
            "contacts" when query["contact_type_id"] != "CUSTOMER" => [.. Enumerable.Range(0, 25).Select(n => Contact($"s{n}"))],
            "ledger_accounts" => [Account()],
            "tax_rates" => [Rate()],
            "bank_accounts" => [Bank()],
            "currencies" => [Named("GBP", "Pound")],
            "purchase_invoices" => [.. business.Documents.Values.Where(d => Meets(d, query)).Select(d => (JsonObject)d.DeepClone())],
            "attachments" => business.Files.TryGetValue(query["attachment_context_id"].ToString(), out var file) ? [(JsonObject)file.DeepClone()] : [],
            _ => (JsonObject[])[],
        };
        return new JsonObject { ["$total"] = items.Length, ["$page"] = 1, ["$items"] = new JsonArray([.. items]) };
    }

    private static bool Meets(JsonObject document, IQueryCollection query) =>
        (string)document["contact_id"]! == query["contact_id"] && string.CompareOrdinal((string)document["date"]!, query["from_date"]) >= 0 && string.CompareOrdinal((string)document["date"]!, query["to_date"]) <= 0;

    private static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    private static JsonObject Named(string id, string name) => new() { ["id"] = id, ["displayed_as"] = name, ["name"] = name };

    private static JsonObject Organisation(string id)
    {
        var organisation = Named(id, $"Business {id}");
        organisation["subscriptions"] = new JsonArray(new JsonObject { ["id"] = "ACCOUNTING", ["active"] = true });
        return organisation;
    }

    private static JsonObject Contact(string id)
    {
        var contact = Named(id, $"Supplier {id}");
        contact["contact_types"] = new JsonArray(new JsonObject { ["id"] = "VENDOR" });
        return contact;
    }

    private static JsonObject Account()
    {
        var account = Named("l1", "Office costs");
        (account["display_name"], account["visible_in_expenses"]) = ("Office costs (7500)", true);
        return account;
    }

    private static JsonObject Rate()
    {
        var rate = Named(Taxed, "Standard 20.00%");
        rate["percentage"] = 20;
        return rate;
    }

    private static JsonObject Bank()
    {
        var bank = Named("b1", "Current account");
        (bank["bank_account_type"], bank["currency"]) = (Named("CHECKING", "Current"), Named("GBP", "Pound"));
        return bank;
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.Date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(http.Response.Body, body);
    }

    private sealed class Business
    {
        private readonly Lock gate = new();
        private long counted;
        private double left;
        private long first;
        private long last;
        public int Payments;

        public ConcurrentDictionary<string, JsonObject> Documents { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, JsonObject> Files { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, JsonObject> Remembered { get; } = new(StringComparer.Ordinal);
        public int Served { get; private set; }
        public int Refused { get; private set; }
        public double Seconds => Stopwatch.GetElapsedTime(first, last).TotalSeconds;

        public void Forget()
        {
            lock (gate) (Served, Refused, counted) = (0, 0, 0);
        }

        public bool MayPass(double perSecond, double reserve)
        {
            lock (gate)
            {
                last = Stopwatch.GetTimestamp();
                if (counted == 0) (counted, first, left) = (last, last, reserve);
                left = Math.Min(reserve, left + (Stopwatch.GetElapsedTime(counted, last).TotalSeconds * perSecond));
                counted = last;
                if (left < 1)
                {
                    Refused++;
                    return false;
                }

                left--;
                Served++;
                return true;
            }
        }
    }
}
