using System.Globalization;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class RetryTests
{
    private const string Contact = """{"id":"c1","name":"Acme"}""";

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("-5", 5)] // Not a valid header: as if it were absent.
    [InlineData("soon", 5)]
    [InlineData(null, 5)]
    public async Task A_throttled_read_waits_as_long_as_Sage_says(string? header, int seconds)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(
            () => header is null ? FakeSage.Json(429, "") : FakeSage.Json(429, "", ("Retry-After", header)),
            () => FakeSage.Json(200, Contact));

        var reading = rig.ReadAsync();
        var first = await rig.Clock.WaitBegunAsync(IsPause);
        rig.Clock.Advance(first);
        // Unsaid, the repeat backs off by its own measure, and then waits for what is left of the lane's pause.
        if (TimeSpan.FromSeconds(seconds) - first is { } rest && rest > TimeSpan.Zero)
            rig.Clock.Advance(await rig.Clock.WaitBegunAsync(w => IsPause(w) && w != first));

        Assert.True((await reading).IsSuccess);
        Assert.Equal(2, rig.Sage.Sent.Count);
        Assert.True(rig.Sage.Sent[1].At - rig.Sage.Sent[0].At >= TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_date_to_retry_after_is_honoured()
    {
        using var rig = new SageRig();
        var until = rig.Clock.GetUtcNow().AddSeconds(30);
        rig.Sage.Answers(
            () => FakeSage.Json(429, "", ("Retry-After", until.ToString("R", CultureInfo.InvariantCulture))),
            () => FakeSage.Json(200, Contact));

        var reading = rig.ReadAsync();
        await rig.Clock.PassAsync(TimeSpan.FromSeconds(30));

        Assert.True((await reading).IsSuccess);
        Assert.Equal(until, rig.Sage.Sent[1].At);
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("99999999", 3600)]
    public async Task A_long_wait_is_the_caller_s_to_plan(string header, int seconds)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(429, "", ("Retry-After", header)));

        var failure = (await rig.ReadAsync()).Failure!;

        Assert.Equal((SageFailureKind.Throttled, TimeSpan.FromSeconds(seconds)), (failure.Kind, failure.RetryAfter));
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task Inside_the_window_the_business_sends_nothing_and_others_go_on()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(429, "", ("Retry-After", "300")), () => FakeSage.Json(200, Contact));
        await rig.ReadAsync();

        rig.Clock.Advance(TimeSpan.FromSeconds(100));
        var again = (await rig.WriteAsync()).Failure!;
        var other = await rig.Client.ContactAsync(rig.Target with { SageBusinessId = "another" }, "c1", TestContext.Current.CancellationToken);

        Assert.Equal((SageFailureKind.Throttled, TimeSpan.FromSeconds(200)), (again.Kind, again.RetryAfter));
        Assert.False(again.IsOutcomeUnknown);
        Assert.True(other.IsSuccess);
        Assert.Equal(2, rig.Sage.Sent.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(525)]
    [InlineData(429)]
    public async Task A_write_is_sent_once_whatever_comes_back(int status)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(status, "");

        await rig.WriteAsync();

        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_write_that_breaks_off_is_sent_once()
    {
        using var rig = new SageRig();
        rig.Sage.Script = (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The server closed the connection.");

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, true), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_write_that_is_not_answered_in_time_leaves_the_outcome_open()
    {
        using var rig = new SageRig();
        rig.Sage.Script = NeverAsync;

        var writing = rig.WriteAsync();
        await rig.Clock.PassAsync(new SageOptions().WriteTimeout);
        var failure = (await writing).Failure!;

        Assert.Equal((SageFailureKind.NoAnswer, true), (failure.Kind, failure.IsOutcomeUnknown));
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_body_that_never_ends_meets_the_attempt_s_time()
    {
        using var rig = new SageRig(o => o.ReadRetries = 0);
        rig.Sage.Script = (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new NeverEnding()) });

        var reading = rig.ReadAsync();
        await rig.Clock.PassAsync(new SageOptions().ReadTimeout);

        Assert.Equal(SageFailureKind.NoAnswer, (await reading).Failure!.Kind);
    }

    [Fact]
    public async Task A_caller_who_cancels_hears_just_that()
    {
        using var rig = new SageRig();
        using var cancel = new CancellationTokenSource();
        rig.Sage.Script = (sent, token) =>
        {
            cancel.Cancel();
            return NeverAsync(sent, token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Client.ContactAsync(rig.Target, "c1", cancel.Token));
    }

    [Fact]
    public async Task Writes_of_a_business_go_one_at_a_time_and_hold_up_nobody_else()
    {
        using var rig = new SageRig();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Sage.Script = async (sent, _) =>
        {
            if (sent.Headers["X-Business"] == SageRig.Business && sent.Method == HttpMethod.Post) await release.Task;
            return FakeSage.Json(201, Contact);
        };

        var slow = Enumerable.Range(0, 3).Select(_ => rig.WriteAsync()).ToList();
        var read = await rig.ReadAsync();
        var other = await rig.Client.CreateContactAsync(rig.Target with { SageBusinessId = "another" }, new("{}"), TestContext.Current.CancellationToken);

        Assert.True(read.IsSuccess && other.IsSuccess);
        Assert.Single(rig.Sage.Sent, s => s.Headers["X-Business"] == SageRig.Business && s.Method == HttpMethod.Post);
        release.SetResult();
        await Task.WhenAll(slow);
        Assert.Equal(5, rig.Sage.Sent.Count);
    }

    // The other waits are the time-outs of the attempt and of the whole.
    private static bool IsPause(TimeSpan wait) => wait < new SageOptions().ReadTimeout;

    private static async Task<HttpResponseMessage> NeverAsync(SentRequest sent, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nobody gets here.");
    }

    private sealed class NeverEnding : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => 0; set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
