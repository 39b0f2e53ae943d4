using System.Globalization;
using System.Text.Json.Nodes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Simulation.Sabotages;

/// <summary>Mistakes that a simulation worth its name finds. Each has to be caught within a few hundred schedules.</summary>
internal static class Planted
{
    public const string NobodyAsks = "nobody asks for unfinished work";
    public const string AnyVersion = "any version may be published";
    public const string TwoAtOnce = "two workers on one business";

    public static IReadOnlyList<Sabotage> All { get; } =
    [
        // The steps and their ids.
        OnTheWire("a new id for each try", "the idempotency id is made when a request is sent, not when its step is written",
            async (request, send) =>
            {
                if (request.Is("POST", "/contacts") || request.Is("POST", "/purchase_invoices")) await request.ChangeAsync(r => r["idempotency_id"] = Guid.NewGuid().ToString("N"));
                return await send(request);
            }),
        InStorage("the step is written after sending", "a step becomes Sending with its outcome, not before its request leaves",
            changes => changes.Brings<PublicationStep>(s => s.Status is StepStatus.Sending)),
        InStorage("the body is not frozen", "each try maps the item anew", changes =>
        {
            foreach (var step in changes.Entries<PublicationStep>()) step.Property(s => s.Body).IsModified = false;
            return false;
        }),
        InStorage("the intent is dropped", "an item is Publishing and no publication says so", changes =>
        {
            foreach (var step in changes.Entries<PublicationStep>().Where(e => e.State is EntityState.Added).ToList()) step.State = EntityState.Detached;
            foreach (var publication in changes.Entries<Publication>().Where(e => e.State is EntityState.Added).ToList()) publication.State = EntityState.Detached;
            return false;
        }),
        InStorage("the end is not saved", "Published is shown and never written", changes => changes.Brings<Publication>(p => p.Status is PublicationStatus.Published)),
        new(NobodyAsks, "what a process left unfinished is not taken up by the next"),
        new(TwoAtOnce, "jobs of one kind and business run beside each other"),

        // What an answer means.
        OnTheWire("a 5xx is taken for a refusal", "an error that may hide a success returns the item to its desk",
            async (request, send) => await send(request) is var answer && request.Method == HttpMethod.Post && (int)answer.StatusCode >= 500 && !request.Is("POST", "/token") ? Meddling.Answer(422, "[]") : answer),
        OnTheWire("a refusal is taken for a lost answer", "what Sage has refused is tried for ever",
            async (request, send) => await send(request) is var answer && request.Method == HttpMethod.Post && (int)answer.StatusCode is 403 or 404 or 422 ? Meddling.Answer(500, "[]") : answer),
        OnTheWire("a lost answer counts as done", "no answer to a document is taken for a good one",
            async (request, send) => !request.Is("POST", "/purchase_invoices") ? await send(request) : await send(request).OrLostAsync() ?? Meddling.Answer(201, Made())),
        OnTheWire("a lost upload counts as done", "no answer to a file is taken for a good one",
            async (request, send) => !request.Is("POST", "/attachments") ? await send(request) : await send(request).OrLostAsync() ?? Meddling.Answer(201, Made())),
        OnTheWire("an error at the token endpoint ends the sign-in", "a 5xx there counts as invalid_grant",
            async (request, send) => await send(request) is var answer && request.Is("POST", "/token") && (int)answer.StatusCode >= 500 ? Meddling.Answer(400, """{"error":"invalid_grant"}""") : answer),

        // Files and contacts.
        OnTheWire("files are not listed before an upload", "a repeated upload hangs the file there twice",
            async (request, send) => request.Is("GET", "/attachments") ? Meddling.EmptyPage() : await send(request)),
        OnTheWire("a file is not sent", "the step is done without its request", async (request, send) => request.Is("POST", "/attachments") ? Meddling.Answer(201, Made()) : await send(request)),
        PerWorld("a file goes to another document", "the file of one item hangs on the one before", () =>
        {
            string? before = null;
            return async (request, send) =>
            {
                if (request.Is("POST", "/attachments"))
                    await request.ChangeAsync(r => (r["attachment_context_id"], before) = (before ?? (string?)r["attachment_context_id"], (string?)r["attachment_context_id"]));
                return await send(request);
            };
        }),
        OnTheWire("a supplier is not looked up", "a supplier whom Sage has is made again",
            async (request, send) => request.Is("GET", "/contacts") && request.RequestUri!.Query.Contains("search=", StringComparison.Ordinal) ? Meddling.EmptyPage() : await send(request)),

        // What is written.
        OnTheWire("a penny is lost", "the first line is a penny short", async (request, send) =>
        {
            if (request.Is("POST", "/purchase_invoices"))
                await request.ChangeAsync(r => r["invoice_lines"]![0]!["unit_price"] = (decimal.Parse((string)r["invoice_lines"]![0]!["unit_price"]!, CultureInfo.InvariantCulture) - 0.01m).ToString(CultureInfo.InvariantCulture));
            return await send(request);
        }),
        OnTheWire("the due date is taken for the date", "one field stands for another", async (request, send) =>
        {
            if (request.Is("POST", "/purchase_invoices")) await request.ChangeAsync(r => r["date"] = (string?)r["due_date"]);
            return await send(request);
        }),
        OnTheWire("no marker in the notes", "a document of ours cannot be told from others", async (request, send) =>
        {
            if (request.Is("POST", "/purchase_invoices")) await request.ChangeAsync(r => r["notes"] = "");
            return await send(request);
        }),
        OnTheWire("a supplier is made in another organisation", "the header names the first organisation, whichever it is for", async (request, send) =>
        {
            if (!request.Is("POST", "/contacts")) return await send(request);
            var (asked, other) = (request.Headers.GetValues("X-Business").Single(), PretendSage.IdOf("Liffey Trading Ltd"));
            request.Headers.Remove("X-Business");
            request.Headers.Add("X-Business", other);
            var answer = await send(request);
            answer.Headers.Remove("X-Business");
            answer.Headers.Add("X-Business", asked);
            return answer;
        }),
        InStorage("the cause of a failure is dropped", "an item is back on its desk and nothing says why", changes =>
        {
            foreach (var item in changes.Entries<Item>()) item.Entity.Failure = null;
            foreach (var step in changes.Entries<PublicationStep>()) step.Entity.Problem = null;
            return false;
        }),
        new(AnyVersion, "what is published is what is there, not what was on the screen"),

        // Tokens.
        WithTokens("tokens are renewed without a lock", "whoever sees a 401 renews", locks: false),
        WithTokens("a new pair is kept in memory", "it is used before it is saved", saves: false),
        WithTokens("a token is never renewed", "the first one is used for ever", renews: false),
        new("the lease of a sign-in is not looked at", "two processes renew it at once")
        {
            Interceptors = () => [new Rewording(sql => sql.Replace("\"g\".\"LeaseUntil\"", "NULL", StringComparison.Ordinal))],
        },

        // Pace and lists.
        OnTheWire("Retry-After is not read", "after a 429 all wait the same", async (request, send) =>
        {
            var answer = await send(request);
            answer.Headers.Remove("Retry-After");
            return answer;
        }),
        OnTheWire("a 429 is an error like others", "the lane stays open", async (request, send) => await send(request) is var answer && (int)answer.StatusCode == 429 ? Meddling.Answer(503, "[]") : answer),
        OnTheWire("a page that does not come ends its list", "what was on it is retired", async (request, send) =>
        {
            if (request.Method != HttpMethod.Get || !request.RequestUri!.Query.Contains("items_per_page=200", StringComparison.Ordinal)) return await send(request);
            return await send(request).OrLostAsync() is { IsSuccessStatusCode: true } page ? page : Meddling.EmptyPage();
        }),
    ];

    public static Sabotage Named(string name) => All.Single(s => s.Name == name);

    private static Sabotage OnTheWire(string name, string about, Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> meddle) =>
        PerWorld(name, about, () => meddle);

    private static Sabotage PerWorld(string name, string about, Func<Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>>> meddle) =>
        new(name, about) { Handler = () => new Meddler(meddle()) };

    private static Sabotage InStorage(string name, string about, Func<Microsoft.EntityFrameworkCore.ChangeTracking.ChangeTracker, bool> spoil) =>
        new(name, about) { Interceptors = () => [new Unsaving(spoil)] };

    private static Sabotage WithTokens(string name, string about, bool locks = true, bool saves = true, bool renews = true) => new(name, about)
    {
        Furnish = services => services.AddSingleton<ISageTokens>(s => ActivatorUtilities.CreateInstance<CarelessTokens>(s, locks, saves, renews)),
    };

    // Made up: an id that Sage has never given.
    private static string Made() => new JsonObject { ["id"] = Guid.NewGuid().ToString("N"), ["displayed_as"] = "" }.ToJsonString();
}
