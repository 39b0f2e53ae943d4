using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DextSage.Tests.Simulation.Checking;

/// <summary>What can be told from the wire alone: that repeats are repeats, that nobody was asked sooner than they allowed, and that tokens are renewed by one at a time.</summary>
internal sealed class WireRules(IReadOnlyList<Letter> log, List<string> wrong)
{
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(5), Least = TimeSpan.FromSeconds(1), Most = TimeSpan.FromHours(1);

    /// <summary>No process that is awake waits for an answer for so long; one that sleeps has lost its turn by then.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(130);

    /// <summary>Sage remembers an id for seven days (Sage API 5.2). Nearer to their end than a day it is no good any more, and what was sent under it is looked for instead.</summary>
    private static readonly TimeSpan IdIsGood = TimeSpan.FromDays(6);

    public void Check()
    {
        RepeatsAreRepeats();
        NobodyIsAskedTooSoon();
        CreationsOfABusinessGoOneByOne();
        TokensAreRenewedByOneAtATime();
    }

    /// <summary>The same idempotency id carries the same bytes, but for the case of a supplier's name, and an item has one id for as long as Sage has not refused it, let it go or forgotten it.</summary>
    private void RepeatsAreRepeats()
    {
        foreach (var same in log.Where(l => IdOf(l) is not null).GroupBy(l => IdOf(l)!))
            if (same.Select(l => Encoding.UTF8.GetString(l.Body)).Distinct(same.First().Path.EndsWith("/contacts", StringComparison.Ordinal) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal).Count() > 1) wrong.Add($"[repeat] {same.First().Path} was repeated with another body");

        foreach (var item in log.Where(l => l.Method == "POST" && MarkerOf(l) is not null && IdOf(l) is not null).GroupBy(l => MarkerOf(l)!))
        {
            string? id = null;
            var since = DateTimeOffset.MinValue;
            var made = item.Where(l => l.Answered?.Status == 201).Select(l => (string)JsonNode.Parse(l.Answered!.Body)!["id"]!).ToHashSet(StringComparer.Ordinal);
            foreach (var letter in item.Concat(log.Where(l => l is { Method: "DELETE", Answered.Status: < 300 } && made.Contains(l.Path.Split('/')[^1]))).OrderBy(l => l.Number))
            {
                if (letter.Method == "DELETE")
                {
                    id = null;
                    continue;
                }

                if (id != IdOf(letter))
                {
                    if (id is not null && letter.SentAt - since < IdIsGood) wrong.Add($"[repeat] {item.Key} was sent under another id though Sage had not refused it");
                    since = letter.SentAt;
                }
                id = letter.Told is >= 400 and < 500 and not (401 or 408 or 429) ? null : IdOf(letter);
            }
        }
    }

    private void NobodyIsAskedTooSoon()
    {
        foreach (var told in log.Where(l => l.Told == 429 && l.Business is not null))
        {
            var until = told.EndedAt!.Value + Wait(told);
            if (log.FirstOrDefault(l => l.Sender == told.Sender && l.Business == told.Business && l.SentAt > told.EndedAt && l.SentAt < until) is { } early)
                wrong.Add($"[pace] {early.Name} was sent {(until - early.SentAt).TotalSeconds:0.#} s too early after a 429");
        }
    }

    private static TimeSpan Wait(Letter told)
    {
        if (told.ToldRetryAfter is not { } said) return Unsaid;
        if (long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Clamp(TimeSpan.FromSeconds(seconds));
        return DateTimeOffset.TryParseExact(said, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Clamp(date - told.EndedAt!.Value) : Least;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < Least ? Least : wait > Most ? Most : wait;

    /// <summary>Sage asks for one creation at a time; files and payments of earlier documents may run beside it (Sage API 5.1).</summary>
    private void CreationsOfABusinessGoOneByOne()
    {
        foreach (var writes in log.Where(l => l.IsWrite && l.Business is not null && !IsBeside(l)).GroupBy(l => (l.Sender, l.Business)))
            foreach (var (one, next) in writes.Zip(writes.Skip(1)))
                if ((one.EndedAt ?? DateTimeOffset.MaxValue) > next.SentAt) wrong.Add($"[pace] {next.Name} was sent while {one.Name} was under way");
    }

    private static bool IsBeside(Letter letter) => letter.Path.EndsWith("/attachments", StringComparison.Ordinal) || letter.Path.EndsWith("/contact_payments", StringComparison.Ordinal);

    private void TokensAreRenewedByOneAtATime()
    {
        foreach (var renewals in log.Where(l => l.IsToken && RefreshTokenOf(l) is not null).GroupBy(l => RefreshTokenOf(l)!))
        {
            foreach (var (one, next) in renewals.Zip(renewals.Skip(1)))
            {
                if (one.EndedAt > next.SentAt && next.SentAt - one.SentAt < Lease) wrong.Add("[token] a sign-in was renewed by two at once");
                else if (one is { Told: 200, Fate.Kind: FateKind.Well, IsAbandoned: false } && (one.Sender == next.Sender || WasUsed(one)))
                    wrong.Add("[token] a refresh token was used again after Sage had given a new one for it");
            }
        }
    }

    /// <summary>Whether the access token of this renewal signed a request: a process that died before it could save the pair must not have used it.</summary>
    private bool WasUsed(Letter renewal) =>
        (string?)JsonNode.Parse(renewal.Answered!.Body)!["access_token"] is { } token && log.Any(l => l.Headers.Any(h => h.Key == "Authorization" && h.Value.EndsWith(token, StringComparison.Ordinal)));

    private static string? RefreshTokenOf(Letter letter) =>
        Encoding.UTF8.GetString(letter.Body).Split('&').FirstOrDefault(f => f.StartsWith("refresh_token=", StringComparison.Ordinal));

    private static string? IdOf(Letter letter) => EntityOf(letter) is { } entity ? (string?)entity["idempotency_id"] : null;

    private static string? MarkerOf(Letter letter) => EntityOf(letter) is { } entity ? ((string?)entity["notes"])?.Split('\n')[0] : null;

    private static JsonObject? EntityOf(Letter letter)
    {
        if (letter.Method is not ("POST" or "PUT") || letter.Body is not [(byte)'{', ..] || letter.Path.EndsWith("/attachments", StringComparison.Ordinal)) return null;
        return JsonNode.Parse(letter.Body)!.AsObject().FirstOrDefault().Value as JsonObject;
    }
}
