using System.Text.Json.Nodes;
using DextSage.Integration.Connections;
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

    private static readonly PaidWith Card = new(Guid.CreateVersion7(), "Card 4242", "B1", "Current account", "GBP", IsRemoved: false);

    [Fact]
    public void An_other_payment_goes_out_of_the_methods_bank_account_on_the_day_it_was_paid()
    {
        var review = PaidReview(i => (i.PublishTo, i.PaidOn, i.Reference) = (PublishTo.OtherPayment, new DateOnly(2026, 11, 3), new string('R', 40)));

        var payment = Fields(DocumentMapping.Document(Work(review), IdempotencyId), "other_payment");

        Assert.Equal(("OTHER_PAYMENT", "S1", "B1", "2026-11-03"), (Text(payment, "transaction_type_id"), Text(payment, "contact_id"), Text(payment, "bank_account_id"), Text(payment, "date")));
        Assert.Equal(("100.00", "20.00", "120.00", new string('R', 25)), (Text(payment, "net_amount"), Text(payment, "tax_amount"), Text(payment, "total_amount"), Text(payment, "reference")));
        var line = payment["payment_lines"]![0]!.AsObject();
        Assert.Equal(("C1", "T1", "100.00", "20.00", "120.00"), (Text(line, "ledger_account_id"), Text(line, "tax_rate_id"), Text(line, "net_amount"), Text(line, "tax_amount"), Text(line, "total_amount")));
        Assert.StartsWith("DextSage item ABCDEFGHJK ", Text(line, "details"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refund_of_an_other_payment_says_so()
    {
        var review = PaidReview(i => (i.PublishTo, i.Type) = (PublishTo.OtherPayment, ItemType.CreditNote));
        Assert.Equal("OTHER_PAYMENT_REFUND", Text(Fields(DocumentMapping.Document(Work(review), IdempotencyId), "other_payment"), "transaction_type_id"));
    }

    [Theory]
    [InlineData(Workspace.Costs, ItemType.Invoice, "VENDOR_PAYMENT")]
    [InlineData(Workspace.Costs, ItemType.CreditNote, "VENDOR_REFUND")]
    [InlineData(Workspace.Sales, ItemType.SalesInvoice, "CUSTOMER_RECEIPT")]
    [InlineData(Workspace.Sales, ItemType.CreditNote, "CUSTOMER_REFUND")]
    public void A_payment_is_allocated_to_its_document_in_whole_or_in_part(Workspace workspace, ItemType type, string kind)
    {
        var review = PaidReview(i => (i.Workspace, i.Type, i.SageDocumentId) = (workspace, type, "D1"));
        if (workspace is Workspace.Sales) review = Sale(review);

        var whole = Fields(DocumentMapping.Payment(Work(review), IdempotencyId), "contact_payment");
        review.Item.PaidAmount = 50;
        var part = Fields(DocumentMapping.Payment(Work(review), IdempotencyId), "contact_payment");

        Assert.Equal((kind, "B1", "2026-11-01", "120.00"), (Text(whole, "transaction_type_id"), Text(whole, "bank_account_id"), Text(whole, "date"), Text(whole, "total_amount")));
        Assert.Equal(("D1", "120.00"), (Text(whole["allocated_artefacts"]![0]!.AsObject(), "artefact_id"), Text(whole["allocated_artefacts"]![0]!.AsObject(), "amount")));
        Assert.Equal(("50.00", "50.00"), (Text(part, "total_amount"), Text(part["allocated_artefacts"]![0]!.AsObject(), "amount")));
    }

    [Fact]
    public void A_quick_entry_keeps_marker_and_address_whole_however_long_its_description()
    {
        var review = Reviews.Ready();
        (review.Item.PublishTo, review.Item.Description) = (PublishTo.QuickEntry, new string('d', 500));

        var entry = Fields(DocumentMapping.Document(Work(review), IdempotencyId), "purchase_quick_entry");

        Assert.StartsWith("DextSage item ABCDEFGHJK https://books.example/b/marsh/costs/ABCDEFGHJK ddd", Text(entry, "details"), StringComparison.Ordinal);
        Assert.Equal((SageLimits.Details, "INVOICE", "120.00"), (Text(entry, "details")!.Length, Text(entry, "quick_entry_type_id"), Text(entry, "total_amount")));
    }

    [Fact]
    public void A_foreign_document_names_its_currency_and_rate_and_the_reverse_charge_is_said()
    {
        Assert.Null(Map(_ => { })["currency_id"]);
        Assert.Null(Map(_ => { })["vat_reverse_charge"]);
        var invoice = Map(i => (i.Currency, i.ExchangeRate, i.ReverseCharge, i.Tax) = ("EUR", 0.8512m, true, 0));
        Assert.Equal(("EUR", "0.8512", true, "0.00"), (Text(invoice, "currency_id"), Text(invoice, "exchange_rate"), (bool?)invoice["vat_reverse_charge"], Text(invoice["invoice_lines"]![0]!.AsObject(), "tax_amount")));
    }

    [Fact]
    public void A_customer_reads_no_note_of_ours()
    {
        var review = Sale(Reviews.Sale(_ => { }));
        review.Item.Note = "Pays late";
        var notes = Text(Fields(DocumentMapping.Document(Work(review), IdempotencyId), "sales_invoice"), "notes");
        Assert.Contains("DextSage item ABCDEFGHJK", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("Pays late", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N-1", 120, "N-1", 120, true)]
    [InlineData("N-1", 120, "n-1", 99, true)]
    [InlineData("N-1", 120, "N-2", 120, false)]
    [InlineData("N-1", 120, null, 120, true)]
    [InlineData(null, 120, "N-1", 120, true)]
    [InlineData(null, 120, null, 119, false)]
    [InlineData("N-1", 120, null, 119, false)]
    public void The_same_reference_is_the_same_paper_and_without_one_the_same_total(string? ours, int total, string? theirs, int theirTotal, bool isAlike)
    {
        var review = Reviews.Ready();
        (review.Item.Reference, review.Item.Total) = (ours, total);
        Assert.Equal(isAlike, DuplicateStep.IsAlike(new SageDocument { VendorReference = theirs, TotalAmount = theirTotal }, review.Item));
    }

    [Fact]
    public void What_Sage_holds_otherwise_is_named_field_by_field()
    {
        var work = Work(Reviews.Ready());
        var same = new SageDocument
        {
            Contact = new() { Id = "S1" }, Date = new(2026, 11, 1), DueDate = new(2026, 11, 1), Reference = "N-1", TotalAmount = 120, TaxAmount = 20, Currency = new() { Id = "GBP" },
            InvoiceLines = [new() { TotalAmount = 120, LedgerAccount = new() { Id = "C1" }, TaxRate = new() { Id = "T1" } }],
        };
        Assert.Empty(ReadBack.Differences(work, same));

        Assert.Equal(["total", "tax"], ReadBack.Differences(work, same with { TotalAmount = 121, TaxAmount = 21 }).Select(d => d.Field));
        Assert.Equal(["date", "due date"], ReadBack.Differences(work, same with { Date = new(2026, 11, 2), DueDate = new(2026, 12, 2) }).Select(d => d.Field));
        Assert.Equal(["supplier", "reference", "currency"], ReadBack.Differences(work, same with { Contact = new() { Id = "S2" }, Reference = "N-2", Currency = new() { Id = "EUR" } }).Select(d => d.Field));
        Assert.Equal(["category", "tax rate"], ReadBack.Differences(work, same with { InvoiceLines = [new() { LedgerAccount = new() { Id = "C2" }, TaxRate = new() { Id = "T2" } }] }).Select(d => d.Field));
        Assert.Equal("In Sage this document has total 121.00 instead of 120.00. Look at it there.", ReadBack.Sentence(ReadBack.Differences(work, same with { TotalAmount = 121 })));
        Assert.Equal(["status"], ReadBack.Differences(work, same with { Status = new() { Id = "VOID" } }).Select(d => d.Field));
    }

    [Fact]
    public void The_address_written_into_Sage_is_the_items_page()
    {
        var links = new ItemLinks(new SageRedirect(new Uri("https://books.example/connect/sage/callback")));
        foreach (var workspace in Enum.GetValues<Workspace>())
            Assert.Equal("https://books.example" + DextSage.App.Urls.Item("marsh", workspace, "ABCDEFGHJK"), links.To("marsh", workspace, "ABCDEFGHJK").ToString());
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
        { "RecordInvalid", "is not the contact's", "currency_id", PublishFailureKind.CurrencyRefused, ItemField.Currency },
        { "RecordInvalid", "is inactive", "bank_account_id", PublishFailureKind.BankAccountRefused, ItemField.PaymentMethod },
        { "RecordInvalid", "analysis_type_categories are not enabled for Active Area EXPENSES", "invoice_lines.analysis_type_categories", PublishFailureKind.AnalysisRefused, ItemField.Class },
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

    public static TheoryData<string, bool, PublishFailureKind> Keepings => new()
    {
        { "You cannot delete an invoice that has payments or allocations.", false, PublishFailureKind.SettledElsewhere },
        { "You cannot edit VAT reconciled transactions.", false, PublishFailureKind.VatReturnFiled },
        { "The date is in a locked period.", false, PublishFailureKind.PeriodClosed },
        { "You cannot change a reconciled payment.", true, PublishFailureKind.PaymentKept },
        { "something new", true, PublishFailureKind.PaymentKept },
        { "something new", false, PublishFailureKind.KeptBySage },
    };

    [Theory]
    [MemberData(nameof(Keepings))]
    public void What_Sage_does_not_let_go_of_is_told_with_what_keeps_it(string message, bool isPayment, PublishFailureKind kind)
    {
        var told = PublishFailures.OfRemoval(Failure(SageFailureKind.Rejected, new SageError("error", "RecordInvalid", message, "")), Destination.PurchaseInvoice, isPayment);

        Assert.Equal((kind.ToString(), (ItemField?)null), (told.Kind, told.Field));
        Assert.All([told.Sentence, told.Action], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.Contains(message, told.FromSage, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_delete_is_told_which_rights_are_missing() =>
        Assert.Equal(nameof(PublishFailureKind.RightsToDelete), PublishFailures.OfRemoval(Failure(SageFailureKind.AccessDenied), Destination.PurchaseInvoice, isPayment: false).Kind);

    [Fact]
    public void Every_kind_of_refusal_has_been_met_here()
    {
        var met = Refusals.Select(r => r.Data.Item4).Concat(Keepings.Select(k => k.Data.Item3)).Append(PublishFailureKind.RightsToDelete)
            // The rest are not refusals of a request: the contract of each is with the step that finds it.
            .Concat([PublishFailureKind.PlanLacksThis, PublishFailureKind.RightsTooSmall, PublishFailureKind.ContactRefused, PublishFailureKind.OtherCurrency, PublishFailureKind.InSageAlready, PublishFailureKind.AnswerLost, PublishFailureKind.OrganisationChanged, PublishFailureKind.SentElsewhere]);
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

    private static JsonObject Fields(SageBody body, string wrapper) => JsonNode.Parse(body.Json)![wrapper]!.AsObject();

    private static ItemUnderReview PaidReview(Action<Item> change)
    {
        var review = Reviews.Ready(Reviews.Plus with { PaymentMethods = new Dictionary<Guid, PaidWith> { [Card.Id] = Card } });
        (review.Item.IsPaid, review.Item.PaymentMethodId) = (true, Card.Id);
        change(review.Item);
        return review;
    }

    /// <summary>The same paper as somebody's who owes us.</summary>
    private static ItemUnderReview Sale(ItemUnderReview review)
    {
        var sale = Reviews.Sale(_ => { }).Item;
        (sale.IsPaid, sale.PaymentMethodId, sale.Type, sale.SageDocumentId) = (review.Item.IsPaid, review.Item.PaymentMethodId, review.Item.Type, review.Item.SageDocumentId);
        return ItemUnderReview.Of(sale, review.Context);
    }

    private static string? Text(JsonObject of, string field) => (string?)of[field];
}
