using System.Net;
using System.Text;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(401, "AuthorizationFailure", "No active subscription. (MSE)", SageFailureKind.NoSubscription)]
    [InlineData(401, "AuthorizationFailure", "Access denied. Cannot verify subscription. Please try again later. (MRF)", SageFailureKind.Busy)]
    [InlineData(403, "MultiUserAccessDenied", "The current user is not allowed to access that resource with that method.", SageFailureKind.AccessDenied)]
    [InlineData(404, "RecordNotFound", "Couldn't find record.", SageFailureKind.NotFound)]
    [InlineData(405, "MethodNotAllowed", "You cannot delete an Analysis Type Category that is in use.", SageFailureKind.Rejected)]
    [InlineData(415, "UnsupportedMediaType", "", SageFailureKind.Rejected)]
    [InlineData(422, "RecordInvalid", "Couldn't find Supplier.", SageFailureKind.Rejected)]
    [InlineData(429, "", "", SageFailureKind.Throttled)]
    [InlineData(500, "UnexpectedError", "An unexpected error occurred.", SageFailureKind.Busy)]
    [InlineData(503, "", "", SageFailureKind.Busy)]
    public async Task Each_refusal_of_Sage_has_its_kind(int status, string code, string message, SageFailureKind kind)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(status, FakeSage.Error(code, message, "contact[name]"), ("x-request-id", "req-7")));

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(status, failure.HttpStatus);
        Assert.Equal("req-7", failure.RequestId);
        Assert.Equal(new SageError("error", code, message, "contact[name]"), Assert.Single(failure.SageErrors));
        Assert.Equal(status >= 500, failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Several_errors_are_kept_in_order()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(422, """[{"$severity":"error","$dataCode":"Validation","$message":"One.","$source":"a"},{"$severity":"error","$dataCode":"Validation","$message":"Two.","$source":"b"}]""");

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(["a", "b"], failure.SageErrors.Select(e => e.Source));
        Assert.Equal("One. Two.", failure.SageMessage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>504 Gateway Time-out</body></html>")]
    [InlineData("[")]
    [InlineData("[1, null, \"x\"]")]
    [InlineData("\"oops\"")]
    [InlineData("[[]]")]
    public async Task A_gateway_s_answer_is_busy_whatever_it_says(string body)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(504, body);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.Busy, failure.Kind);
        Assert.Empty(failure.SageErrors);
        Assert.True(failure.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>Sign in to the guest network</html>")]
    [InlineData("""{"id":"c1","name":""")]
    [InlineData("""{"displayed_as":"without an id"}""")]
    [InlineData("[]")]
    public async Task A_success_that_cannot_be_read_leaves_the_outcome_of_a_write_open(string body)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(201, body);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.Garbled, failure.Kind);
        Assert.True(failure.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData("""{"$total":3}""")]
    [InlineData("""{"$total":3,"$items":null}""")]
    [InlineData("""{"$total":3,"$items":[null]}""")]
    [InlineData("""[{"id":"GB_STANDARD"}]""")]
    public async Task A_page_without_its_items_is_not_a_page(string body)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, body);

        var answer = await rig.Client.TaxRatesAsync(rig.Target, new(1), TestContext.Current.CancellationToken);

        Assert.Equal(SageFailureKind.Garbled, answer.Failure!.Kind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var elsewhere = new HttpListener();
        using var sage = new LoopbackServer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/metadata\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var rig = new RealWireRig(sage.Address);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.Garbled, 302), (failure.Kind, failure.HttpStatus));
        Assert.Equal(1, sage.Requests);
    }

    [Fact]
    public async Task A_refused_connection_leaves_no_doubt_that_nothing_was_sent()
    {
        using var rig = new RealWireRig(LoopbackServer.NobodyHome());

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.NoAnswer, failure.Kind);
        Assert.False(failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_leaves_the_outcome_open()
    {
        using var sage = new LoopbackServer("HTTP/1.1 201 Created\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{\"id\":\"c1\"");
        using var rig = new RealWireRig(sage.Address);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.NoAnswer, failure.Kind);
        Assert.True(failure.IsOutcomeUnknown);
        Assert.Equal(1, sage.Requests);
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_not_taken()
    {
        using var rig = new SageRig(o => o.MaxAnswerBytes = 2048);
        rig.Sage.Answers(() => FakeSage.Json(201, $$"""{"id":"c1","name":"{{new string('x', 4096)}}"}"""));

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.TooLarge, failure.Kind);
        Assert.True(failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_into_a_huge_one_is_not_taken()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(new byte[8 * 1024 * 1024], TestContext.Current.CancellationToken);
        var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n";
        using var sage = new LoopbackServer([.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()]);
        using var rig = new RealWireRig(sage.Address, o => o.MaxAnswerBytes = 1024 * 1024);

        Assert.Equal(SageFailureKind.TooLarge, (await rig.ReadAsync()).Failure!.Kind);
    }

    [Fact]
    public void Every_kind_has_a_sentence_and_an_action()
    {
        foreach (var kind in Enum.GetValues<SageFailureKind>())
        {
            Assert.EndsWith(".", kind.Sentence);
            Assert.EndsWith(".", kind.Action);
        }
    }
}
