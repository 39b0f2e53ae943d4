using System.Globalization;
using System.Text.Json;
using CsCheck;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>What is sent, to the byte; and what is taken, with the licence that Sage's wire takes.</summary>
public sealed class WireTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private static NewDocument Invoice => new()
    {
        ContactId = "v1",
        Date = new(2026, 9, 5),
        DueDate = new(2026, 10, 5),
        Reference = "INV-7",
        TotalAmount = 120m,
        Lines = [new() { Description = "Paper", LedgerAccountId = "l1", UnitPrice = 100m, TaxRateId = "GB_STANDARD", TaxAmount = 20.5m, AnalysisTypeCategories = [new("k1")] }],
    };

    [Fact]
    public void A_purchase_invoice_is_wrapped_named_once_and_speaks_in_strings() =>
        Assert.Equal(
            """{"purchase_invoice":{"idempotency_id":"0123456789abcdef0123456789abcdef","contact_id":"v1","date":"2026-09-05","due_date":"2026-10-05","reference":"INV-7","total_amount":"120.00","invoice_lines":[{"description":"Paper","ledger_account_id":"l1","quantity":"1.00","unit_price":"100.00","tax_rate_id":"GB_STANDARD","tax_amount":"20.50","analysis_type_categories":[{"id":"k1"}]}]}}""",
            SageBodies.Document(SageDocumentKind.PurchaseInvoice, Invoice, Id).Json);

    [Fact]
    public void A_contact_has_one_type() =>
        Assert.Equal(
            """{"contact":{"idempotency_id":"0123456789abcdef0123456789abcdef","name":"Acme","contact_type_ids":["VENDOR"]}}""",
            SageBodies.Contact(new() { Name = "Acme", Type = SageContactType.Vendor }, Id).Json);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(3 * 16 * 1024)]
    [InlineData((3 * 16 * 1024) + 1)]
    [InlineData(SageLimits.AttachmentBytes)]
    public async Task An_attachment_carries_its_bytes_and_their_number_however_often_it_is_sent(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var content = Attachment(bytes, name: "\"file\":\"\".pdf");
        using var twice = new MemoryStream();
        await content.CopyToAsync(twice, TestContext.Current.CancellationToken);
        twice.SetLength(0);
        await content.CopyToAsync(twice, TestContext.Current.CancellationToken);

        Assert.Equal(
            $$$"""{"attachment":{"file_name":"\u0022file\u0022:\u0022\u0022.pdf","mime_type":"application/pdf","attachment_context_type_id":"PURCHASE_INVOICE","attachment_context_id":"p1","file_size":{{{length}}},"file":"{{{Convert.ToBase64String(bytes)}}}"}}""",
            System.Text.Encoding.UTF8.GetString(twice.ToArray()));
        Assert.Equal((twice.Length, "application/json"), (content.Headers.ContentLength, content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public void An_attachment_of_no_byte_or_one_too_many_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Attachment([]));
        Assert.Throws<ArgumentException>(() => Attachment(new byte[SageLimits.AttachmentBytes + 1]));
    }

    private static HttpContent Attachment(byte[] bytes, string name = "a.pdf") => SageBodies.Attachment(
        new NewAttachment { FileName = name, MimeType = "application/pdf", AttachmentContextTypeId = SageDocumentKind.PurchaseInvoice.AttachmentContext!, AttachmentContextId = "p1" },
        new SageFile(bytes.Length, () => new MemoryStream(bytes)));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef")]
    public void An_idempotency_id_of_another_form_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => SageBodies.Document(SageDocumentKind.PurchaseInvoice, Invoice, id));

    [Fact]
    public void An_amount_with_a_third_decimal_is_refused_rather_than_rounded() =>
        Assert.Throws<ArgumentException>(() => SageBodies.Document(SageDocumentKind.PurchaseInvoice, Invoice with { TotalAmount = 1.005m }, Id));

    [Fact]
    public void A_rate_keeps_its_decimals() =>
        Assert.Contains("\"exchange_rate\":\"1.172345\"", SageBodies.Document(SageDocumentKind.PurchaseInvoice, Invoice with { ExchangeRate = 1.172345m }, Id).Json, StringComparison.Ordinal);

    [Fact]
    public void An_amount_is_written_alike_in_every_culture_and_read_back_as_it_was()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Gen.Long[-999_999_999_99, 999_999_999_99].Select(cents => cents / 100m).Sample(amount =>
            {
                using var json = JsonDocument.Parse(SageBodies.Document(SageDocumentKind.PurchaseInvoice, Invoice with { TotalAmount = amount }, Id).Json);
                var written = json.RootElement.GetProperty("purchase_invoice").GetProperty("total_amount").GetRawText();
                var read = JsonSerializer.Deserialize($$"""{"total_amount":{{written}}}""", SageJson.TypeOf<SageDocument>())!;
                return read.TotalAmount == amount && written.EndsWith(amount.ToString("0.00", CultureInfo.InvariantCulture) + "\"", StringComparison.Ordinal);
            }, threads: 1, iter: 1000);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_frozen_bytes_are_the_bytes_sent()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(201, """{"id":"p1"}""");
        const string frozen = """{ "contact" : {"name":"Zoë & Söhne \u00e9 🙂" , "x":1.10} }""";

        await rig.WriteAsync(frozen);

        Assert.Equal(frozen, rig.Sage.Sent[0].BodyText);
        Assert.Equal("application/json", rig.Sage.Sent[0].Headers["Content-Type"]);
    }

    [Fact]
    public async Task Sage_s_strings_numbers_gaps_and_novelties_are_all_read()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, """
            {"id":"p1","displayed_as":54321,"net_amount":"-430035.84","tax_amount":20,"total_amount":"1E2","outstanding_amount":"","date":"2026-09-05","due_date":"",
             "last_paid":"2026-09-06T00:00:00Z","created_at":"2020-11-317T13:17:55Z","updated_at":"2018-06-25T05:46:18Z","editable":"true","status":{"id":"ON_THE_MOON"},
             "invoice_lines":null,"something_new":{"deep":[1]},"links":[{"href":"javascript:alert(1)","rel":"alternate"},{"href":"https://accounts-extra.sageone.com/p/1","rel":"alternate"}]}
            """);

        var invoice = (await rig.Client.DocumentAsync(rig.Target, SageDocumentKind.PurchaseInvoice, "p1", TestContext.Current.CancellationToken)).Value!;

        Assert.Equal(("54321", -430035.84m, 20m, 100m, null), (invoice.DisplayedAs, invoice.NetAmount, invoice.TaxAmount, invoice.TotalAmount, invoice.OutstandingAmount));
        Assert.Equal((new DateOnly(2026, 9, 5), null, new DateOnly(2026, 9, 6)), (invoice.Date!.Value, invoice.DueDate, invoice.LastPaid!.Value));
        Assert.Equal((null, new DateTimeOffset(2018, 6, 25, 5, 46, 18, TimeSpan.Zero)), (invoice.CreatedAt, invoice.UpdatedAt!.Value));
        Assert.Equal((true, "ON_THE_MOON", null), (invoice.Editable, invoice.Status!.Id, invoice.InvoiceLines));
        Assert.Equal("https://accounts-extra.sageone.com/p/1", invoice.WebPage!.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"id":"p1","total_amount":"abc"}""")]
    [InlineData("""{"id":"p1","total_amount":{}}""")]
    [InlineData("""{"id":"p1","total_amount":9e99}""")]
    [InlineData("""{"id":"p1","date":"05/09/2026"}""")]
    [InlineData("""{"id":"p1","editable":"maybe"}""")]
    public async Task What_means_nothing_is_not_guessed(string body)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, body);

        var answer = await rig.Client.DocumentAsync(rig.Target, SageDocumentKind.PurchaseInvoice, "p1", TestContext.Current.CancellationToken);

        Assert.Equal(SageFailureKind.Garbled, answer.Failure!.Kind);
    }

    [Theory]
    [InlineData("START", SagePlan.Start)]
    [InlineData("MICRO", SagePlan.Start)]
    [InlineData("ACCOUNTS", SagePlan.Standard)]
    [InlineData("ACCOUNTING_10", SagePlan.Standard)]
    [InlineData("ACCOUNTING", SagePlan.Plus)]
    [InlineData("SOMETHING", SagePlan.Unknown)]
    public async Task A_subscription_tells_the_plan(string id, SagePlan plan)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, $$"""{"id":"b1","country":{"id":"GB"},"subscriptions":[{"id":"ACCOUNTING","active":false},{"id":"{{id}}","active":true}]}""");

        var business = (await rig.Client.BusinessAsync(rig.Target, "b1", TestContext.Current.CancellationToken)).Value!;

        Assert.Equal(("GB", plan), (business.Country!.Id, business.Plan));
        Assert.Null(new SageBusiness { Subscriptions = [new() { Id = id, Active = false }] }.Plan);
    }

    [Fact]
    public async Task Whatever_is_in_an_id_or_a_search_stays_inside_its_place_in_the_address()
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, """{"$total":0,"$items":[]}""");

        await rig.Client.ContactAsync(rig.Target, "../user?x=1#y", TestContext.Current.CancellationToken);
        await rig.Client.FindContactsAsync(rig.Target, SageContactType.Vendor, "A&B=C #1?", new(1), TestContext.Current.CancellationToken);

        Assert.Equal("/v3.1/contacts/..%2Fuser%3Fx%3D1%23y", rig.Sage.Sent[0].Uri.PathAndQuery);
        Assert.Contains("search=A%26B%3DC%20%231%3F", rig.Sage.Sent[1].Uri.Query, StringComparison.Ordinal);
    }
}
