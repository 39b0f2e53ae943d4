using DextSage.Integration.Sage;
using DextSage.Tests.Sage;
using Xunit;

namespace DextSage.Tests.Contract;

public sealed class RequestContract
{
    public static TheoryData<string> Calls => [.. ClientCalls.All.Keys];

    [Fact]
    public void Every_method_of_the_client_is_covered() =>
        Assert.Empty(typeof(ISageClient).GetMethods().Select(m => m.Name).Except(ClientCalls.All.Keys.Select(k => k.Split(' ')[0])));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Every_request_of_the_client_is_one_that_Sage_describes(string call)
    {
        var spec = SageSpec.LoadOrSkip();
        using var rig = new SageRig();
        rig.Sage.Script = (sent, _) => Task.FromResult(FakeSage.Json(sent.Method == HttpMethod.Post ? 201 : sent.Method == HttpMethod.Delete ? 204 : 200,
            """{"id":"x1","name":"Acme","displayed_as":"Acme","$total":0,"$page":1,"$items":[]}"""));

        var failure = await ClientCalls.All[call](rig.Client, rig.Target, new CallIds(), TestContext.Current.CancellationToken);

        Assert.Null(failure);
        var request = Assert.Single(rig.Sage.Sent);
        Assert.Empty(spec.CheckRequest(request.Method.Method, request.Uri.AbsolutePath["/v3.1".Length..], request.Uri.Query, request.Body.Length == 0 ? null : request.BodyText));
    }

    [Fact]
    public void What_is_sent_here_leaves_no_member_of_the_new_records_out()
    {
        var ids = new CallIds();
        foreach (var record in new object[] { ClientCalls.Contact(ids), ClientCalls.Invoice(ids), ClientCalls.Line(ids), ClientCalls.Attachment(ids), ClientCalls.QuickEntry(ids), ClientCalls.OtherPayment(ids), ClientCalls.PaymentLine(ids), ClientCalls.Payment(ids) })
            foreach (var member in record.GetType().GetProperties())
                Assert.True(member.GetValue(record) is not null, $"{record.GetType().Name}.{member.Name} is not covered.");
    }

    [Fact]
    public void The_lengths_we_hold_to_are_Sage_s()
    {
        Assert.SkipWhen(Shared.Folder is null, "Sage's own description of its API is not beside this checkout.");
        using var spec = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Shared.Folder!, "sage", "sage-accounting-v3.1.swagger.json")));
        int Longest(string record, string member) => spec.RootElement.GetProperty("definitions").GetProperty(record).GetProperty("properties").GetProperty(member).GetProperty("maxLength").GetInt32();

        Assert.Equal(SageLimits.Reference, Longest("PurchaseInvoice", "reference"));
        Assert.Equal(SageLimits.VendorReference, Longest("PurchaseInvoice", "vendor_reference"));
        Assert.Equal(SageLimits.Notes, Longest("PurchaseInvoice", "notes"));
        Assert.Equal(SageLimits.ContactName, Longest("Contact", "name"));
        Assert.Equal(SageLimits.ContactReference, Longest("Contact", "reference"));
    }

    [Theory]
    [InlineData("GET", "/nothing_of_sage_s", "", null, "UnknownPath")]
    [InlineData("DELETE", "/contacts", "", null, "UnknownPath")]
    [InlineData("GET", "/contacts", "?serach=x", null, "UnknownParameter")]
    [InlineData("GET", "/contacts", "?items_per_page=many", null, "WrongValue")]
    [InlineData("GET", "/contacts", "?attributes=name,nmae", null, "WrongValue")]
    [InlineData("GET", "/ledger_accounts", "?visible_in=everything", null, "WrongValue")]
    [InlineData("POST", "/contacts", "", null, "MissingMember")]
    [InlineData("POST", "/contacts", "", """{"name":"x"}""", "UnknownMember,MissingMember")]
    [InlineData("POST", "/contacts", "", """{"contact":{"name":"x"}}""", "MissingMember")]
    [InlineData("POST", "/contacts", "", """{"contact":{"name":1,"contact_type_ids":["VENDOR"]}}""", "WrongType")]
    [InlineData("POST", "/contacts", "", """{"contact":{"name":"x","contact_type_ids":"VENDOR"}}""", "WrongType")]
    [InlineData("POST", "/contacts", "", """{"contact":{"name":"x","contact_type_ids":["VENDOR"],"email":"a@b"}}""", "UnknownMember")]
    [InlineData("POST", "/contacts", "", """{"contact":{"name":"x","contact_type_ids":["VENDOR"],"credit_limit":"a lot"}}""", "WrongType")]
    public void The_judge_sees_what_is_wrong(string method, string path, string query, string? body, string kinds) =>
        Assert.Equal(kinds, string.Join(',', SageSpec.LoadOrSkip().CheckRequest(method, path, query, body).Select(d => d.Kind)));

    [Theory]
    [InlineData("/contacts/c1", 200, """{"id":"c1","name":null,"balance":"10.00"}""", "")]
    [InlineData("/contacts/c1", 200, """{"id":"c1","nickname":"x"}""", "UnknownMember")]
    [InlineData("/contacts/c1", 200, """{"id":"c1","contact_types":{}}""", "WrongType")]
    [InlineData("/contacts/c1", 206, "{}", "UndeclaredStatus")]
    [InlineData("/contacts", 200, "[]", "WrongType")]
    [InlineData("/contacts", 200, """{"$total":0,"$page":1,"$next":null,"$back":null,"$itemsPerPage":20,"$items":[]}""", "")]
    [InlineData("/contacts", 200, """{"$total":0,"$items":[],"$more":1}""", "UnknownMember,MissingMember,MissingMember,MissingMember")]
    [InlineData("/contacts/c1", 404, """[{"$severity":"error","$dataCode":"RecordNotFound","$message":"x","$source":""}]""", "")]
    [InlineData("/contacts/c1", 404, """[{"$severity":"error","$message":"x"}]""", "WrongType")]
    [InlineData("/contacts/c1", 401, """{"error":"Authorization missing."}""", "")]
    [InlineData("/purchase_invoices/p1", 200, """{"id":"p1","date":"05/09/2026","reference":"abcdefghijklmnopqrstuvwxyz"}""", "WrongValue,TooLong")]
    public void The_judge_sees_what_is_wrong_in_an_answer(string path, int status, string body, string kinds) =>
        Assert.Equal(kinds, string.Join(',', SageSpec.LoadOrSkip().CheckAnswer("GET", path, status, body).Select(d => d.Kind)));
}
