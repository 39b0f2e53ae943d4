using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DextSage.Tests.Simulation;

/// <summary>What lies between us and Sage. Every request waits here until the schedule lets it arrive, and its answer until the schedule lets it come back.</summary>
internal sealed class Wire(World world)
{
    private readonly List<Letter> underWay = [];

    /// <summary>Every request that was ever sent, for whoever judges in the end.</summary>
    public List<Letter> Log { get; } = [];

    public bool IsEmpty => underWay.Count == 0;

    /// <summary>Those that a dying process had sent before anything else happened.</summary>
    public Letter? Urgent => underWay.Find(l => l.NotBefore == DateTimeOffset.MinValue);

    public DateTimeOffset? NextAt => underWay.Where(l => l.NotBefore > world.Clock.Now).Select(l => (DateTimeOffset?)l.NotBefore).Min();

    public IReadOnlyList<Letter> Ready() => underWay.FindAll(l => l.NotBefore <= world.Clock.Now && (!l.HasArrived || l.Sender.IsAwake));

    public async Task<HttpResponseMessage> SendAsync(
        OurProcess sender, HttpRequestMessage request, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body, CancellationToken cancellationToken)
    {
        var path = PretendSage.Below(request.RequestUri!);
        var fate = world.Weather.Draw(path == "/token", request.Method != HttpMethod.Get);
        var letter = new Letter(Log.Count + 1, sender, world.Clock.Now)
        {
            Method = request.Method.Method, PathAndQuery = path, Headers = headers, Body = body, Fate = fate, NotBefore = world.Clock.Now + fate.Outward,
        };
        underWay.Add(letter);
        Log.Add(letter);
        world.Note($"{sender.Name} sends {letter.Number}: {letter.Name}{(fate.Kind is FateKind.Well && fate.Outward + fate.Homeward == TimeSpan.Zero ? "" : $" [{fate}]")}");
        await using var patience = cancellationToken.Register(() => GiveUp(letter, cancellationToken));
        return await letter.Back.Task;
    }

    /// <summary>Lets it come one way further: to Sage, or back.</summary>
    public async Task MoveAsync(Letter letter)
    {
        if (letter.HasArrived)
        {
            underWay.Remove(letter);
            HandOver(letter);
            return;
        }

        letter.Outcome = await ArriveAsync(letter);
        letter.NotBefore = world.Clock.Now + letter.Fate.Homeward;
        if (letter.IsAbandoned) underWay.Remove(letter);
    }

    public void SenderDied(OurProcess sender)
    {
        foreach (var letter in underWay.Where(l => l.Sender == sender).ToList())
        {
            // What lay in the machine's buffers goes out all the same, at once or late, or is lost.
            Abandon(letter, mayArriveAtOnce: true);
            letter.Back.TrySetException(new ProcessDiedException());
        }
    }

    private void GiveUp(Letter letter, CancellationToken cancellationToken)
    {
        if (letter.Back.Task.IsCompleted) return;
        world.Note($"{letter.Sender.Name} gives up {letter.Number}");
        letter.EndedAt = world.Clock.Now;
        Abandon(letter, mayArriveAtOnce: false);
        letter.Back.TrySetCanceled(cancellationToken);
    }

    private void Abandon(Letter letter, bool mayArriveAtOnce)
    {
        letter.IsAbandoned = true;
        if (letter.HasArrived || !world.Dice.Chance(0.5)) underWay.Remove(letter);
        // Only what Sage knows again may come late: against a file that comes after it was looked for, nobody can do anything.
        else if (mayArriveAtOnce && (letter.Path.EndsWith("/attachments", StringComparison.Ordinal) || world.Dice.Chance(0.5))) letter.NotBefore = DateTimeOffset.MinValue;
        else if (letter.Path.EndsWith("/attachments", StringComparison.Ordinal)) underWay.Remove(letter);
    }

    private void HandOver(Letter letter)
    {
        letter.EndedAt = world.Clock.Now;
        try
        {
            var message = letter.Outcome!();
            (letter.Told, letter.ToldRetryAfter) = ((int)message.StatusCode, letter.Fate.Kind is FateKind.Throttled ? letter.Fate.RetryAfter : null);
            world.Note($"{letter.Number} comes back: {letter.Told}");
            letter.Back.TrySetResult(message);
        }
        catch (HttpRequestException e)
        {
            world.Note($"{letter.Number} comes back: {e.Message}");
            letter.Back.TrySetException(e);
        }
    }

    private async Task<Func<HttpResponseMessage>> ArriveAsync(Letter letter)
    {
        var fate = letter.Fate;
        switch (fate.Kind)
        {
            case FateKind.NoConnection: return () => throw new HttpRequestException(HttpRequestError.ConnectionError, "no connection");
            case FateKind.LostBefore: return () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost on its way there");
            case FateKind.ErrorBefore: return () => Error(fate.Status);
            case FateKind.Throttled: return () => Throttle(fate.RetryAfter);
            case FateKind.Html: return () => Message(200, "text/html", Encoding.UTF8.GetBytes("<html><body>Please sign in to the network</body></html>"));
            case FateKind.Refused: return () => Refusal(fate.Status);
        }

        world.BeforeSage(letter);
        letter.ReachedAt = world.Clock.Now;
        var answer = letter.Answered = await world.Sage.AnswerAsync(letter);
        world.Note($"{letter.Number} reaches Sage: {answer.Status}");
        return fate.Kind switch
        {
            FateKind.LostAfter => () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the answer was lost"),
            FateKind.ErrorAfter => () => Error(fate.Status),
            FateKind.Truncated => () => Message(answer, new ByteArrayContent(answer.Body[..(answer.Body.Length / 2)])),
            FateKind.Drips => () => Message(answer, new StreamContent(new DrippingStream(answer.Body, world.Clock.For(letter.Sender)))),
            _ => () => Message(answer, new ByteArrayContent(answer.Body)),
        };
    }

    private static HttpResponseMessage Error(int status) => status is 502 or 504
        ? Message(status, "text/html", Encoding.UTF8.GetBytes("<html><head><title>Gateway</title></head></html>"))
        : Sentence(status, "UnexpectedError", "An unexpected error occurred.");

    private static HttpResponseMessage Throttle(string? retryAfter)
    {
        var message = Sentence(429, "TooManyRequests", "Too many requests.");
        if (retryAfter is not null) message.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return message;
    }

    private static HttpResponseMessage Refusal(int status) => status switch
    {
        403 => Sentence(403, "AccessDenied", "You do not have access."),
        404 => Sentence(404, "RecordNotFound", "Couldn't find record."),
        _ => Sentence(422, "RecordInvalid", "The accounting period is closed.", "purchase_invoice[date]"),
    };

    private static HttpResponseMessage Sentence(int status, string code, string text, string source = "") =>
        Message(status, "application/json", Encoding.UTF8.GetBytes($$"""[{"$severity":"error","$dataCode":"{{code}}","$message":"{{text}}","$source":"{{source}}"}]"""));

    private static HttpResponseMessage Message(int status, string contentType, byte[] body) =>
        Message(new PostedAnswer(status, body, contentType, []), new ByteArrayContent(body));

    private static HttpResponseMessage Message(PostedAnswer answer, HttpContent content)
    {
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = content };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        foreach (var (name, value) in answer.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}

/// <summary>A body of which a piece comes every few seconds.</summary>
internal sealed class DrippingStream(byte[] whole, TimeProvider time) : Stream
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(6);
    private readonly int drop = Math.Max(1, whole.Length / 8);
    private int at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at >= whole.Length) return 0;
        await Task.Delay(Between, time, cancellationToken);
        var length = Math.Min(Math.Min(drop, buffer.Length), whole.Length - at);
        whole.AsMemory(at, length).CopyTo(buffer);
        at += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
