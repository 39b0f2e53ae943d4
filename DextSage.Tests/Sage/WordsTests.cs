using System.Text;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>What is kept of an answer of Sage's: all of a document, nothing of a file, and never a secret.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("""{"id":"1","total_amount":"120.0","n":1.50,"ok":true,"none":null,"lines":[{"a":"£"},[]]}""")]
    [InlineData("""[{"$message":"Couldn't find Supplier."}]""")]
    public void An_answer_is_kept_as_it_came(string body) => Assert.Equal(new SageWords(200, body), Of(body));

    [Fact]
    public void A_file_is_kept_as_its_length() => Assert.Equal("""{"file":"[5 characters left out]","file_name":"a.pdf"}""", Of($$"""{"file":"{{new string('A', 5)}}","file_name":"a.pdf"}""").Text);

    [Fact]
    public void So_is_a_value_longer_than_any_text_of_a_document() => Assert.Equal("""{"notes":"[5,000 characters left out]"}""", Of($$"""{"notes":"{{new string('A', 5000)}}"}""").Text);

    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("Client_Secret")]
    [InlineData("password")]
    public void A_secret_is_not_kept_whoever_sends_it(string name) => Assert.Equal($$"""{"{{name}}":"[not kept]","a":"b"}""", Of($$"""{"{{name}}":"eyJhbGciOi","a":"b"}""").Text);

    [Fact]
    public void What_is_too_long_is_cut_and_says_so()
    {
        var body = $$"""{"lines":[{{string.Join(',', Enumerable.Repeat("\"line\"", 40_000))}}]}""";
        Assert.EndsWith($"\n[{body.Length - SageWords.Longest:N0} characters left out]", Of(body).Text, StringComparison.Ordinal);
        Assert.True(Of(body).Text.Length < SageWords.Longest + 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("{\"id\":\"1\",\"half")]
    public void What_is_no_JSON_is_kept_as_text(string body) => Assert.Equal(body, Of(body).Text);

    private static SageWords Of(string body) => SageWords.Of(200, Encoding.UTF8.GetBytes(body));
}
