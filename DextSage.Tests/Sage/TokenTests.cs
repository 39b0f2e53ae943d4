using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class TokenTests
{
    private const string Contact = """{"id":"c1","name":"Acme"}""";

    [Fact]
    public async Task A_request_carries_the_token_and_names_the_business()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, Contact);

        await rig.ReadAsync();

        var sent = Assert.Single(rig.Sage.Sent);
        Assert.Equal("Bearer canary-token-0", sent.Headers["Authorization"]);
        Assert.Equal(SageRig.Business, sent.Headers["X-Business"]);
        Assert.Equal("https://api.accounting.sage.com/v3.1/contacts/c1", sent.Uri.AbsoluteUri);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_request_repeated_once()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(FakeSage.TokenRefused, () => FakeSage.Json(201, Contact));

        var answer = await rig.WriteAsync("""{"contact":{"name":"Acme"}}""");

        Assert.True(answer.IsSuccess);
        Assert.Equal(["canary-token-0"], rig.Tokens.Refused);
        Assert.Equal(["canary-token-0", "canary-token-1"], rig.Sage.Sent.Select(s => s.Token));
        Assert.Equal(rig.Sage.Sent[0].Body, rig.Sage.Sent[1].Body);
    }

    [Fact]
    public async Task A_fresh_token_refused_as_well_needs_a_person()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(FakeSage.TokenRefused);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.SignInNeeded, SignInProblem.TokenNotAccepted), (failure.Kind, failure.SignInProblem));
        Assert.False(failure.IsOutcomeUnknown);
        Assert.Equal(2, rig.Sage.Sent.Count);
    }

    [Fact]
    public async Task A_401_as_an_object_is_about_the_token_too()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(401, """{"error":"Authorization missing. Please, add an authorization token at the 'Authorization' HTTP header."}"""), () => FakeSage.Json(200, Contact));

        Assert.True((await rig.ReadAsync()).IsSuccess);
    }

    [Fact]
    public async Task A_401_about_the_subscription_renews_nothing()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(401, FakeSage.Error("AuthorizationFailure", "No active subscription. (MSE)"));

        await rig.ReadAsync();

        Assert.Empty(rig.Tokens.Refused);
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task Requests_refused_together_each_tell_which_token_was_refused()
    {
        using var rig = new SageRig();
        var arrived = new CountdownEvent(4);
        var allIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Sage.Script = async (sent, _) =>
        {
            if (sent.Token != "canary-token-0") return FakeSage.Json(200, Contact);
            if (arrived.Signal()) allIn.SetResult();
            await allIn.Task;
            return FakeSage.TokenRefused();
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rig.ReadAsync()));

        Assert.All(answers, a => Assert.True(a.IsSuccess));
        Assert.Equal(Enumerable.Repeat("canary-token-0", 4), rig.Tokens.Refused);
        Assert.Equal("canary-token-1", rig.Tokens.Current);
    }

    [Fact]
    public async Task A_connection_that_needs_a_person_is_a_failure_and_not_an_exception()
    {
        using var rig = new SageRig();
        rig.Tokens.Trouble = new SageSignInNeededException(SignInProblem.Refused);
        rig.Sage.Answers(FakeSage.TokenRefused);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal((SageFailureKind.SignInNeeded, SignInProblem.Refused), (failure.Kind, failure.SignInProblem));
        Assert.False(failure.IsOutcomeUnknown);
        Assert.Single(rig.Sage.Sent);
    }

    [Fact]
    public async Task A_token_that_could_not_be_renewed_for_now_leaves_no_doubt_about_the_write()
    {
        using var rig = new SageRig();
        rig.Tokens.Trouble = new SageTokenDelayedException(new() { Kind = SageFailureKind.NoAnswer, IsOutcomeUnknown = true });
        rig.Sage.Answers(FakeSage.TokenRefused);

        var failure = (await rig.WriteAsync()).Failure!;

        Assert.Equal(SageFailureKind.NoAnswer, failure.Kind);
        Assert.False(failure.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData("0d40342d0287cd6b13555c54afca6c90", true)]
    [InlineData("0d40342d-0287-cd6b-1355-5c54afca6c90", true)]
    [InlineData("49c196153fb1524b7d888cece84e8b12", false)]
    public async Task The_business_that_Sage_names_must_be_the_one_asked_for(string echo, bool same)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(() => FakeSage.Json(200, Contact, ("X-Business", echo), ("x-request-id", "r1")));

        var answer = await rig.ReadAsync();

        Assert.Equal(same, answer.IsSuccess);
        if (!same) Assert.Equal((SageFailureKind.WrongBusiness, "r1"), (answer.Failure!.Kind, answer.Failure.RequestId));
    }

    [Fact]
    public async Task A_write_without_a_business_is_a_mistake_of_the_caller()
    {
        using var rig = new SageRig();
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.CreateContactAsync(rig.Target with { SageBusinessId = null }, new("{}"), TestContext.Current.CancellationToken));
    }
}
