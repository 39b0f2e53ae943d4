using System.Text.Json.Nodes;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Tests.Items;
using Xunit;

namespace DextSage.Tests.Publishing;

public sealed class MappingTests
{
    private const string IdempotencyId = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void An_item_becomes_a_purchase_invoice_of_one_line_net_and_tax()
    {
        var invoice = Map(_ => { });

        Assert.Equal(IdempotencyId, (string?)invoice["idempotency_id"]);
        Assert.Equal(("S1", "2026-11-01", "N-1", "N-1"), (Text(invoice, "contact_id"), Text(invoice, "date"), Text(invoice, "reference"), Text(invoice, "vendor_reference")));
        var line = Assert.Single(invoice["invoice_lines"]!.AsArray())!.AsObject();
        Assert.Equal(("C1", "T1"), (Text(line, "ledger_account_id"), Text(line, "tax_rate_id")));
        Assert.Equal(("100.00", "100.00", "20.00", "120.00"), (Text(line, "unit_price"), Text(line, "net_amount"), Text(line, "tax_amount"), Text(line, "total_amount")));
        Assert.Equal("DextSage item ABCDEFGHJK", Text(invoice, "notes"));
    }

    [Theory]
    [InlineData(25, 25, 25)]
    [InlineData(26, 25, 26)]
    [InlineData(31, 25, 31)]
    [InlineData(32, 25, 31)]
    [InlineData(100, 25, 31)]
    public void A_long_reference_is_cut_as_Sage_wants_it_and_kept_whole_in_the_notes(int length, int reference, int vendorReference)
    {
        var whole = string.Concat(Enumerable.Range(0, length).Select(n => (char)('A' + (n % 26))));
        var invoice = Map(i => i.Reference = whole);

        Assert.Equal((whole[..reference], whole[..vendorReference]), (Text(invoice, "reference"), Text(invoice, "vendor_reference")));
        Assert.Equal(length > 25, Text(invoice, "notes")!.Contains($"Document reference: {whole}", StringComparison.Ordinal));
    }

    [Fact]
    public void An_organisation_without_VAT_gets_the_total_whole_and_no_tax()
    {
        var line = Map(i => i.Tax = null, Reviews.Plus with { UsesTax = false })["invoice_lines"]![0]!.AsObject();

        Assert.Equal(("120.00", "120.00", "120.00"), (Text(line, "unit_price"), Text(line, "net_amount"), Text(line, "total_amount")));
        Assert.False(line.ContainsKey("tax_rate_id"));
        Assert.False(line.ContainsKey("tax_amount"));
    }

    [Fact]
    public void Each_line_goes_as_one_of_its_net_amount_and_together_they_are_the_total()
    {
        var review = Reviews.WithLines();
        (review.Item.Lines[0].Quantity, review.Item.Lines[0].UnitPrice, review.Item.Tax, review.Item.Total) = (3, 16.6667m, 20.01m, 120.01m);
        LineMath.Settle(review.Item, review.Context);
        Assert.Empty(ItemReview.Issues(review));

        var lines = Map(review)["invoice_lines"]!.AsArray();

        Assert.Equal(["50.00", "50.00"], lines.Select(l => Text(l!.AsObject(), "unit_price")));
        Assert.Equal(["10.01", "10.00"], lines.Select(l => Text(l!.AsObject(), "tax_amount")));
        Assert.Equal(["60.01", "60.00"], lines.Select(l => Text(l!.AsObject(), "total_amount")));
    }

    [Theory]
    [InlineData("2026-12-24", 14, "2026-12-24")]
    [InlineData(null, 14, "2026-11-15")]
    [InlineData(null, null, "2026-11-01")]
    public void The_due_date_is_the_papers_or_the_suppliers_terms_or_the_same_day(string? papers, int? creditDays, string due)
    {
        var invoice = Map(i =>
        {
            i.DueDate = papers is null ? null : DateOnly.ParseExact(papers, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            i.Supplier!.CreditDays = creditDays;
        });
        Assert.Equal(due, Text(invoice, "due_date"));
    }

    [Fact]
    public void A_note_goes_along_and_is_cut_where_Sage_ends()
    {
        Assert.Equal("DextSage item ABCDEFGHJK\nFor the van", Text(Map(i => i.Note = "For the van"), "notes"));
        Assert.Equal(SageLimits.Notes, Text(Map(i => i.Note = new string('n', 3000)), "notes")!.Length);
    }

    [Fact]
    public void A_line_without_a_description_is_named_after_supplier_and_reference()
    {
        Assert.Equal("Northgate N-1", Text(Map(_ => { })["invoice_lines"]![0]!.AsObject(), "description"));
        Assert.Equal("Paper", Text(Map(i => i.Description = "Paper")["invoice_lines"]![0]!.AsObject(), "description"));
    }

    /// <summary>What Sage says (Sage API 6), and what a bookkeeper is told of it.</summary>
    public static TheoryData<string, string, string, PublishFailureKind, ItemField?> Refusals => new()
    {
        { "RecordNotFound", "Couldn't find Supplier.", "", PublishFailureKind.ContactNotFound, ItemField.Supplier },
        { "RecordInvalid", "is invalid", "contact_id", PublishFailureKind.ContactNotFound, ItemField.Supplier },
        { "RecordNotFound", "Record not found", "", PublishFailureKind.RecordNotFound, ItemField.Category },
        { "RecordInvalid", "is not visible", "invoice_lines.ledger_account_id", PublishFailureKind.CategoryNotVisible, ItemField.Category },
        { "RecordInvalid", "is invalid", "invoice_lines.tax_rate_id", PublishFailureKind.TaxRateRefused, ItemField.TaxRate },
        { "RecordInvalid", "is invalid", "invoice_lines.tax_amount", PublishFailureKind.TaxAmountRefused, ItemField.Tax },
        { "RecordInvalid", "The business is not registered for tax", "invoice_lines.tax_rate_id", PublishFailureKind.NotRegisteredForVat, ItemField.TaxRate },
        { "RecordInvalid", "is before the start date", "date", PublishFailureKind.DateRefused, ItemField.Date },
        { "RecordInvalid", "is too long", "vendor_reference", PublishFailureKind.ReferenceRefused, ItemField.Reference },
        { "RecordInvalid", "is invalid", "invoice_lines.unit_price", PublishFailureKind.AmountRefused, ItemField.Total },
        { "RecordInvalid", "is invalid", "total_amount", PublishFailureKind.AmountRefused, ItemField.Total },
        { "RecordInvalid", "something new", "somewhere_else", PublishFailureKind.Other, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_of_Sages_is_told_with_its_field_and_what_to_do(string code, string message, string source, PublishFailureKind kind, ItemField? field)
    {
        var told = PublishFailures.OfDocument(Failure(SageFailureKind.Rejected, new SageError("error", code, message, source)), Destination.PurchaseInvoice);

        Assert.Equal((kind.ToString(), field), (told.Kind, told.Field));
        Assert.All([told.Sentence, told.Action], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.Contains(message, told.FromSage, StringComparison.Ordinal);
        Assert.Contains("Request r-1", told.FromSage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_error_that_is_understood_tells_the_kind() => Assert.Equal(nameof(PublishFailureKind.TaxRateRefused), PublishFailures.OfDocument(
        Failure(SageFailureKind.Rejected, new("error", "RecordInvalid", "?", "elsewhere"), new("error", "RecordInvalid", "?", "tax_rate_id")), Destination.PurchaseInvoice).Kind);

    [Theory]
    [InlineData(SageFailureKind.NoSubscription, PublishFailureKind.PlanLacksThis)]
    [InlineData(SageFailureKind.AccessDenied, PublishFailureKind.RightsTooSmall)]
    [InlineData(SageFailureKind.NotFound, PublishFailureKind.Other)]
    public void Plan_and_rights_are_told_apart_from_the_document(SageFailureKind failure, PublishFailureKind kind) =>
        Assert.Equal(kind.ToString(), PublishFailures.OfDocument(Failure(failure), Destination.PurchaseInvoice).Kind);

    [Fact]
    public void A_refused_new_supplier_is_about_the_supplier_whatever_Sage_names() => Assert.Equal(
        (nameof(PublishFailureKind.ContactRefused), (ItemField?)ItemField.Supplier),
        PublishFailures.OfContact(Failure(SageFailureKind.Rejected, new SageError("error", "RecordInvalid", "is taken", "reference")), Work(Reviews.Ready())) is var told ? (told.Kind, told.Field) : default);

    [Fact]
    public void Every_kind_of_refusal_has_been_met_here()
    {
        var met = Refusals.Select(r => r.Data.Item4).Concat([PublishFailureKind.PlanLacksThis, PublishFailureKind.RightsTooSmall, PublishFailureKind.ContactRefused]);
        Assert.Empty(Enum.GetValues<PublishFailureKind>().Except(met));
    }

    private static SageFailure Failure(SageFailureKind kind, params SageError[] errors) => new() { Kind = kind, SageErrors = errors, HttpStatus = 422, RequestId = "r-1" };

    private static JsonObject Map(Action<Item> change, ReviewContext? context = null)
    {
        var review = Reviews.Ready(context);
        change(review.Item);
        return Map(review);
    }

    private static JsonObject Map(ItemUnderReview review)
    {
        return JsonNode.Parse(DocumentMapping.Document(Work(review), IdempotencyId).Json)!["purchase_invoice"]!.AsObject();
    }

    private static StepWork Work(ItemUnderReview review) =>
        new(null!, new SageTarget(Guid.Empty, "org"), review.Context, null!, review.Item, new Uri("https://books.example/b/marsh/costs/ABCDEFGHJK"));

    private static string? Text(JsonObject of, string field) => (string?)of[field];
}
