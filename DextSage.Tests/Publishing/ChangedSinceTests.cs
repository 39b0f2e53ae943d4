using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Tests.Items;
using Xunit;

namespace DextSage.Tests.Publishing;

/// <summary>What counts as changed in Sage since, and what has other reasons.</summary>
public sealed class ChangedSinceTests
{
    private const string WithTax = """{"purchase_invoice":{"due_date":"2026-11-01","invoice_lines":[{"tax_amount":"20.00"}]}}""";

    private static readonly SageDocument Same = new()
    {
        Contact = new() { Id = "S1" }, Date = new(2026, 11, 1), DueDate = new(2026, 11, 1), Reference = "N-1", TotalAmount = 120, TaxAmount = 20, Currency = new() { Id = "GBP" }, OutstandingAmount = 120,
        InvoiceLines = [new() { TotalAmount = 120, LedgerAccount = new() { Id = "C1" }, TaxRate = new() { Id = "T1" } }],
    };

    [Fact]
    public void The_same_is_no_change_and_another_total_is_one()
    {
        Assert.Empty(Fields(Same));
        Assert.Equal(["total"], Fields(Same with { TotalAmount = 125 }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100, false)]
    [InlineData(120, true)]
    public void Less_outstanding_was_paid_since_and_more_is_a_payment_of_ours_that_is_gone(int outstanding, bool isChange)
    {
        // Published as paid with 20 of 120.
        var fields = Fields(Same with { OutstandingAmount = outstanding }, item => (item.IsPaid, item.PaidAmount, item.SagePaymentId) = (true, 20, "P1"));

        Assert.Equal(isChange ? ["amount outstanding"] : [], fields);
    }

    [Fact]
    public void Other_terms_of_the_supplier_move_no_due_date_and_somebody_in_Sage_does()
    {
        Assert.Empty(Fields(Same, item => item.Supplier!.CreditDays = 30));
        Assert.Equal(["due date"], Fields(Same with { DueDate = new(2026, 12, 24) }, item => item.Supplier!.CreditDays = 30));
    }

    [Fact]
    public void A_registration_for_VAT_that_ended_since_changes_nothing_of_what_was_sent() =>
        Assert.Empty(Fields(Same, context: Reviews.Plus with { UsesTax = false }));

    [Fact]
    public void Of_a_document_that_was_there_before_only_what_was_seen_then_counts() =>
        Assert.Equal(["total"], Fields(Same with { TotalAmount = 125, Reference = "THEIRS", InvoiceLines = [new() { LedgerAccount = new() { Id = "C9" } }] }, body: null));

    private static IEnumerable<string> Fields(SageDocument document, Action<Item>? change = null, ReviewContext? context = null, string? body = WithTax)
    {
        var review = Reviews.Ready(context);
        change?.Invoke(review.Item);
        var publication = new Publication { BusinessId = review.Item.BusinessId, ItemId = review.Item.Id, Generation = 1, RequestedById = Guid.Empty, RequestedAt = default };
        publication.Steps.Add(new PublicationStep { PublicationId = publication.Id, BusinessId = publication.BusinessId, Kind = StepKind.CreateDocument, IdempotencyId = "", Body = body });
        var work = new StepWork(null!, new SageTarget(Guid.Empty, "org"), review.Context, publication, review.Item, new Uri("https://books.example/b/marsh/costs/ABCDEFGHJK"));
        return ChangedSince.Publishing(work, document).Select(d => d.Field);
    }
}
