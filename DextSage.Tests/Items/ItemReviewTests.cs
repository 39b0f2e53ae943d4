using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class ItemReviewTests
{
    [Fact]
    public void With_everything_in_place_it_is_Ready()
    {
        var review = Reviews.Ready();
        Assert.Empty(ItemReview.Issues(review));
        Assert.Equal(ItemStatus.Ready, ItemReview.StatusOf(review));
    }

    private static readonly PaidWith Card = new(Guid.CreateVersion7(), "Card 4242", "B1", "Current account", "GBP", IsRemoved: false);

    private static readonly ReviewContext WithCard = Reviews.Plus with { PaymentMethods = new Dictionary<Guid, PaidWith> { [Card.Id] = Card } };

    /// <summary>One thing wrong with a Ready item, where it is to be mended, and what is said of it.</summary>
    private static readonly (string Name, Func<ItemUnderReview> Item, ItemField Field, string Sentence)[] Cases =
    [
        ("not connected", () => Reviews.Ready(Reviews.Plus with { HasOrganisation = false }), ItemField.Category, "Connect to Sage first"),
        ("Start plan", () => Reviews.Ready(Reviews.Plus with { Plan = "Start" }), ItemField.PublishTo, "is on Sage Accounting Start, which takes no purchase invoices."),
        ("credit note on Standard", () => With(i => i.Type = ItemType.CreditNote, Reviews.Plus with { Plan = "Standard" }), ItemField.PublishTo, "is on Sage Accounting Standard, which takes no purchase credit notes."),
        ("refund on Start", () => With(i => (i.Type, i.PublishTo, i.PaymentMethodId, i.Category!.ForOtherPayments) = (ItemType.CreditNote, PublishTo.OtherPayment, Card.Id, true), WithCard with { Plan = "Start" }), ItemField.PublishTo, "which takes no refunds of other payments."),
        ("quick entry of several lines", () => Quick(Reviews.WithLines()), ItemField.PublishTo, "A quick entry is one line, and this item has several."),
        ("quick entry without a reference", () => With(i => (i.PublishTo, i.Reference) = (PublishTo.QuickEntry, null)), ItemField.Reference, "Sage takes no quick entry without a reference"),
        ("paid with nothing", () => With(i => i.IsPaid = true), ItemField.PaymentMethod, "Choose a payment method. What is paid goes out of a bank account."),
        ("other payment with nothing", () => With(i => (i.PublishTo, i.Category!.ForOtherPayments) = (PublishTo.OtherPayment, true)), ItemField.PaymentMethod, "Choose a payment method. An other payment goes out of a bank account."),
        ("paid with what is linked to nothing", () => Paid(Card with { BankAccountSageId = null }), ItemField.PaymentMethod, "Card 4242 is linked to no bank account in Sage."),
        ("paid with what was removed", () => Paid(Card with { IsRemoved = true }), ItemField.PaymentMethod, "Card 4242 is no longer among the payment methods."),
        ("paid from an account in euro", () => Paid(Card with { Currency = "EUR" }), ItemField.PaymentMethod, "Current account is in EUR, this document is in GBP."),
        ("more paid than owed", () => Paid(Card, i => i.PaidAmount = 121), ItemField.PaidAmount, "More was paid than the total of 120.00."),
        ("nothing paid", () => Paid(Card, i => i.PaidAmount = 0), ItemField.PaidAmount, "The amount paid must be more than zero."),
        ("paid before the accounts", () => Paid(Card, i => i.PaidOn = new DateOnly(2019, 1, 1)), ItemField.PaidOn, "Sage takes nothing dated before the accounts start date"),
        ("category not for other payments", () => Paid(Card, i => (i.PublishTo, i.Category!.ForOtherPayments) = (PublishTo.OtherPayment, false)), ItemField.Category, "is not visible for other payments."),
        ("tax under the reverse charge", () => With(i => i.ReverseCharge = true), ItemField.Tax, "Under the reverse charge the document has no tax"),
        ("another currency without its rate", () => Foreign(i => { }), ItemField.ExchangeRate, "Enter the exchange rate: how much GBP is 1 EUR?"),
        ("another currency as a quick entry", () => Foreign(i => i.PublishTo = PublishTo.QuickEntry), ItemField.PublishTo, "Sage takes purchase quick entries in GBP alone."),
        ("statement", () => With(i => i.Type = ItemType.Statement), ItemField.Type, "this is a statement."),
        ("sales invoice", () => With(i => i.Type = ItemType.SalesInvoice), ItemField.Type, "A sales invoice cannot be published as a cost."),
        ("expense claim", () => With(i => i.Type = ItemType.ExpenseClaim), ItemField.Type, "this is an expense claim."),
        ("retired supplier", () => Of(supplier: s => s.RetiredAt = DateTimeOffset.UnixEpoch), ItemField.Supplier, "Northgate is no longer among the suppliers in Sage. Choose another."),
        ("supplier in euro", () => Of(supplier: s => s.Currency = "EUR"), ItemField.Supplier, "In Sage Northgate trades in EUR, this document is in GBP."),
        ("no supplier", () => Reviews.Ready() with { Item = Reviews.Item(null, Reviews.Category(), Reviews.TaxRate()), Supplier = null }, ItemField.Supplier, "Choose a supplier."),
        ("unknown supplier", () => Unknown(i => { }), ItemField.Supplier, "Sage has no supplier called “Castle”. Choose one, or create it when publishing."),
        ("long new supplier", () => Unknown(i => (i.CreateSupplier, i.SupplierName) = (true, new string('x', 101))), ItemField.Supplier, "Sage takes supplier names of at most 100 characters."),
        ("no category", () => Reviews.Ready() with { Category = null }, ItemField.Category, "Choose a category."),
        ("retired category", () => Of(category: c => c.RetiredAt = DateTimeOffset.UnixEpoch), ItemField.Category, "Office costs (7500) is no longer in Sage's chart of accounts."),
        ("category not for expenses", () => Of(category: c => c.ForExpenses = false), ItemField.Category, "In Sage Office costs (7500) is not visible for expenses."),
        ("no date", () => With(i => i.Date = null), ItemField.Date, "Enter the date of the document."),
        ("before the accounts", () => With(i => i.Date = new DateOnly(2019, 12, 31)), ItemField.Date, "Sage takes nothing dated before the accounts start date, 1 January 2020."),
        ("due before dated", () => With(i => i.DueDate = new DateOnly(2026, 10, 31)), ItemField.DueDate, "The due date is before the date of the document."),
        ("no total", () => With(i => i.Total = null), ItemField.Total, "Enter the total amount."),
        ("total of nothing", () => With(i => (i.Total, i.Tax) = (0, 0)), ItemField.Total, "The total must be more than zero."),
        ("no currency", () => With(i => i.Currency = null), ItemField.Currency, "Choose the currency of the document."),
        ("another currency", () => Foreign(i => { }, Reviews.Plus with { MultiCurrency = false }), ItemField.Currency, "This document is in EUR; Marsh & Daughters Ltd books in GBP alone."),
        ("tax without VAT", () => Reviews.Ready(Reviews.Plus with { UsesTax = false }), ItemField.Tax, "is not registered for VAT: the total goes to Sage whole, without tax."),
        ("no tax rate", () => Reviews.Ready() with { TaxRate = null }, ItemField.TaxRate, "Choose a tax rate."),
        ("retired tax rate", () => Of(rate: r => r.RetiredAt = DateTimeOffset.UnixEpoch), ItemField.TaxRate, "Standard 20.00% is no longer among the tax rates in Sage."),
        ("no tax", () => With(i => i.Tax = null), ItemField.Tax, "Enter the tax amount: Standard 20.00% of this total is 20.00."),
        ("wrong tax", () => With(i => i.Tax = 19), ItemField.Tax, "Tax of 19.00 does not fit Standard 20.00%, which would be 20.00."),
        ("too large a document", () => With(i => i.Document = Large(ShrinkOutcome.TooLarge)),
            ItemField.Document, "Sage takes documents of up to 2.5 MB; this one has 3.0 MB. Making a smaller copy was tried: all that can be made smaller in it was, and it stays too large."),
        ("too large a document that is signed", () => With(i => i.Document = Large(ShrinkOutcome.HasSignature)), ItemField.Document, "it is signed, and a copy would lose the signature."),
        ("a document that is being made smaller", () => With(i => i.Document = Large(null)), ItemField.Document, "A smaller copy of this one, which has 3.0 MB, is being made; that takes a moment."),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_thing_wrong_is_one_issue_in_plain_words(string name)
    {
        var (_, item, field, sentence) = Cases.Single(c => c.Name == name);
        var issue = Assert.Single(ItemReview.Issues(item()));
        Assert.Equal(field, issue.Field);
        Assert.Contains(sentence, issue.Sentence, StringComparison.Ordinal);
        Assert.Equal(ItemStatus.ToReview, ItemReview.StatusOf(item()));
    }

    [Fact]
    public void What_one_click_can_mend_is_offered()
    {
        Assert.Equal(new IssueFix("Set tax to 20.00", new ItemEdit.SetTax(20)), Fix("wrong tax"));
        Assert.Equal(new IssueFix("Set tax to 20.00", new ItemEdit.SetTax(20)), Fix("no tax"));
        Assert.Equal(new IssueFix("Clear the tax", new ItemEdit.SetTax(null)), Fix("tax without VAT"));
        Assert.Equal(new IssueFix("Set to GBP", new ItemEdit.SetCurrency("GBP")), Fix("no currency"));
        Assert.Equal(new IssueFix("Create it in Sage", new ItemEdit.NewSupplier("Castle")), Fix("unknown supplier"));
        Assert.Equal(new IssueFix("Publish without the document", new ItemEdit.SetPublishWithoutDocument(true)), Fix("too large a document"));
    }

    [Fact]
    public void A_document_that_is_being_made_smaller_asks_nobody_for_anything_and_one_with_a_smaller_copy_is_Ready()
    {
        var awaited = Assert.Single(ItemReview.Issues(With(i => i.Document = Large(null))));
        Assert.True(awaited is { IsUnderWay: true, Fix: null });
        Assert.All(Cases.Where(c => !c.Name.Contains("being made smaller", StringComparison.Ordinal)), c => Assert.False(Assert.Single(ItemReview.Issues(c.Item())).IsUnderWay));

        var large = Large(ShrinkOutcome.Done);
        large.Copy = new SentCopy { Sha256 = "", Length = 1_000_000, ContentType = "application/pdf", LongSide = 1754, Quality = 60 };
        Assert.Empty(ItemReview.Issues(With(i => i.Document = large)));
        Assert.Empty(ItemReview.Issues(With(i => (i.Document, i.PublishWithoutDocument) = (Large(null), true))));
        Assert.Empty(ItemReview.Issues(With(i => (i.Document, i.PublishTo) = (Large(null), PublishTo.QuickEntry))));
    }

    [Fact]
    public void What_the_plan_does_not_take_has_a_way_out_where_there_is_one()
    {
        Assert.Equal(new IssueFix("Publish to Other Expense", new ItemEdit.SetPublishTo(PublishTo.OtherPayment)), Fix("Start plan"));
        Assert.Equal(new IssueFix("Publish to Quick Entry", new ItemEdit.SetPublishTo(PublishTo.QuickEntry)), Fix("credit note on Standard"));
        Assert.Equal(new IssueFix("Publish to Purchase Invoice", new ItemEdit.SetPublishTo(PublishTo.PurchaseInvoice)), Fix("quick entry of several lines"));
        Assert.Equal(new IssueFix("All of it was paid", new ItemEdit.SetPaidAmount(null)), Fix("more paid than owed"));
        Assert.Equal(new IssueFix("Move to Sales", new ItemEdit.MoveTo(Workspace.Sales)), Fix("sales invoice"));
    }

    [Fact]
    public void Each_destination_can_be_Ready()
    {
        Assert.Empty(ItemReview.Issues(With(i => i.Type = ItemType.CreditNote)));
        Assert.Empty(ItemReview.Issues(With(i => i.PublishTo = PublishTo.QuickEntry)));
        Assert.Empty(ItemReview.Issues(Paid(Card)));
        Assert.Empty(ItemReview.Issues(Paid(Card, i => (i.PaidAmount, i.PaidOn) = (60, new DateOnly(2026, 11, 3)))));
        Assert.Empty(ItemReview.Issues(Paid(Card, i => (i.PublishTo, i.IsPaid) = (PublishTo.OtherPayment, false))));
        Assert.Empty(ItemReview.Issues(With(i => (i.ReverseCharge, i.Tax) = (true, 0))));
        Assert.Empty(ItemReview.Issues(Foreign(i => i.ExchangeRate = 0.85m)));
        Assert.Empty(ItemReview.Issues(Reviews.Sale(_ => { })));
    }

    [Fact]
    public void A_supplier_that_is_hidden_here_is_said_to_be_hidden_and_can_be_chosen_all_the_same()
    {
        var hidden = Reviews.Supplier();
        var issue = Assert.Single(ItemReview.Issues(Unknown(i => i.SupplierName = "northgate") with { Hidden = hidden }));
        Assert.Contains("“Northgate” is hidden on your list of suppliers", issue.Sentence, StringComparison.Ordinal);
        Assert.Equal(new IssueFix("Choose Northgate", new ItemEdit.SetSupplier(hidden.Id)), issue.Fix);
    }

    [Fact]
    public void Another_currency_than_the_contacts_is_said_with_a_way_out_on_both_sides()
    {
        Assert.Equal(new IssueFix("Set currency to EUR", new ItemEdit.SetCurrency("EUR")), Fix("supplier in euro"));
        var sale = Reviews.Sale(customer: c => c.Currency = "EUR");
        var issue = Assert.Single(ItemReview.Issues(sale));
        Assert.Equal(ItemField.Customer, issue.Field);
        Assert.StartsWith("In Sage", issue.Sentence, StringComparison.Ordinal);
        Assert.Equal(new IssueFix("Set currency to EUR", new ItemEdit.SetCurrency("EUR")), issue.Fix);
    }

    [Fact]
    public void What_a_person_decided_is_no_issue()
    {
        Assert.Empty(ItemReview.Issues(Unknown(i => i.CreateSupplier = true)));
        Assert.Empty(ItemReview.Issues(With(i => (i.Tax, i.TaxRateId) = (null, null)) with { TaxRate = null, Context = Reviews.Plus with { UsesTax = false } }));
        Assert.Empty(ItemReview.Issues(With(i => i.Tax = 20.05m)));
        Assert.Empty(ItemReview.Issues(With(i => i.Type = ItemType.Receipt)));
    }

    private static ItemUnderReview Paid(PaidWith with, Action<Item>? change = null) => With(i =>
    {
        (i.IsPaid, i.PaymentMethodId, i.Category!.ForOtherPayments) = (true, with.Id, true);
        change?.Invoke(i);
    }, Reviews.Plus with { PaymentMethods = new Dictionary<Guid, PaidWith> { [with.Id] = with } });

    private static ItemUnderReview Foreign(Action<Item> change, ReviewContext? context = null) => With(i =>
    {
        (i.Currency, i.Supplier!.Currency) = ("EUR", "EUR");
        change(i);
    }, context ?? Reviews.Plus with { MultiCurrency = true });

    private static ItemUnderReview Quick(ItemUnderReview review)
    {
        review.Item.PublishTo = PublishTo.QuickEntry;
        return ItemUnderReview.Of(review.Item, review.Context);
    }

    private static Item ItemOf(ItemStatus status)
    {
        var item = Reviews.Ready().Item;
        item.Status = status;
        return item;
    }

    private static readonly Membership Bookkeeper = new() { BusinessId = Reviews.BusinessId, PersonId = Guid.Empty, Role = Role.Bookkeeper };

    [Fact]
    public void Publish_is_on_for_a_Ready_item_of_a_connected_business_alone()
    {
        foreach (var status in Enum.GetValues<ItemStatus>())
        foreach (var connection in Enum.GetValues<ConnectionStatus>())
            Assert.Equal(status is ItemStatus.Ready && connection is ConnectionStatus.Connected, PublishGate.Refusal(ItemOf(status), connection, Bookkeeper) is null);
    }

    [Theory]
    [InlineData(ItemStatus.Published, ConnectionStatus.ReconnectNeeded, "This item is in Sage already.")]
    [InlineData(ItemStatus.Publishing, ConnectionStatus.Connected, "This item is being published.")]
    [InlineData(ItemStatus.Processing, ConnectionStatus.Connected, "This item is still being read.")]
    [InlineData(ItemStatus.Ready, ConnectionStatus.NotConnected, "Publishing starts once this business is connected to Sage.")]
    [InlineData(ItemStatus.Ready, ConnectionStatus.Disconnected, "Publishing starts once this business is connected to Sage.")]
    [InlineData(ItemStatus.Ready, ConnectionStatus.ReconnectNeeded, "Publishing waits until the connection to Sage is re-established.")]
    [InlineData(ItemStatus.ToReview, ConnectionStatus.Connected, "Resolve the issues first.")]
    public void Publish_says_why_it_is_off(ItemStatus status, ConnectionStatus connection, string why) => Assert.Equal(why, PublishGate.Refusal(ItemOf(status), connection, Bookkeeper));

    [Fact]
    public void A_Standard_user_publishes_only_with_the_permission()
    {
        var cara = new Membership { BusinessId = Reviews.BusinessId, PersonId = Guid.Empty, Role = Role.Standard };
        Assert.Equal("Your role does not include publishing. Ask an Admin for the permission.", PublishGate.Refusal(ItemOf(ItemStatus.Ready), ConnectionStatus.Connected, cara));
        cara.MayPublish = true;
        Assert.Null(PublishGate.Refusal(ItemOf(ItemStatus.Ready), ConnectionStatus.Connected, cara));
    }

    private static IssueFix? Fix(string name) => ItemReview.Issues(Cases.Single(c => c.Name == name).Item()).Single().Fix;

    private static Document Large(ShrinkOutcome? outcome) => new()
    {
        BusinessId = Reviews.BusinessId, Sha256 = "", FileName = "b.pdf", ContentType = "application/pdf", Length = 3_145_728, Shrinking = outcome,
    };

    private static ItemUnderReview With(Action<Item> change, ReviewContext? context = null)
    {
        var review = Reviews.Ready(context);
        change(review.Item);
        return review;
    }

    private static ItemUnderReview Unknown(Action<Item> change)
    {
        var item = Reviews.Item(null, Reviews.Category(), Reviews.TaxRate());
        item.SupplierName = "Castle";
        change(item);
        return ItemUnderReview.Of(item, Reviews.Plus);
    }

    private static ItemUnderReview Of(
        Action<DextSage.Integration.Lists.Supplier>? supplier = null, Action<DextSage.Integration.Lists.Category>? category = null, Action<DextSage.Integration.Lists.TaxRate>? rate = null)
    {
        var review = Reviews.Ready();
        supplier?.Invoke(review.Supplier!);
        category?.Invoke(review.Category!);
        rate?.Invoke(review.TaxRate!);
        return review;
    }
}
