using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>A failure is over as soon as a field is changed that it is about, and stays while others are.</summary>
public sealed class FailureMendingTests
{
    /// <summary>The edits that mend a failure of a kind, by hand: what the sentences of the catalogue tell people to do.</summary>
    private static readonly Dictionary<PublishFailureKind, Func<House, ItemEdit[]>> Mending = new()
    {
        [PublishFailureKind.ContactNotFound] = h => [new ItemEdit.SetSupplier(h.Supplier.Id), new ItemEdit.NewSupplier("Castle")],
        [PublishFailureKind.ContactRefused] = _ => [new ItemEdit.NewSupplier("Castle")],
        [PublishFailureKind.RecordNotFound] = h => [new ItemEdit.SetSupplier(null), new ItemEdit.SetCategory(h.Category.Id), new ItemEdit.SetTaxRate(null)],
        [PublishFailureKind.CategoryNotVisible] = h => [new ItemEdit.SetCategory(h.Category.Id), new ItemEdit.SetPublishTo(PublishTo.OtherPayment)],
        [PublishFailureKind.TaxRateRefused] = _ => [new ItemEdit.SetTaxRate(null)],
        [PublishFailureKind.TaxAmountRefused] = _ => [new ItemEdit.SetTax(10), new ItemEdit.SetTotal(130)],
        [PublishFailureKind.NotRegisteredForVat] = _ => [new ItemEdit.SetTaxRate(null)],
        [PublishFailureKind.DateRefused] = _ => [new ItemEdit.SetDate(new DateOnly(2026, 11, 2)), new ItemEdit.SetDueDate(new DateOnly(2027, 1, 1))],
        [PublishFailureKind.ReferenceRefused] = _ => [new ItemEdit.SetReference("X-1")],
        [PublishFailureKind.AmountRefused] = _ => [new ItemEdit.SetTotal(130)],
        [PublishFailureKind.CurrencyRefused] = _ => [new ItemEdit.SetCurrency("EUR"), new ItemEdit.SetExchangeRate(0.9m)],
        [PublishFailureKind.BankAccountRefused] = _ => [new ItemEdit.SetPaid(true), new ItemEdit.SetPaymentMethod(null)],
        [PublishFailureKind.AnalysisRefused] = _ => [new ItemEdit.SetClass(null), new ItemEdit.SetLocation(null)],
        [PublishFailureKind.PlanLacksThis] = _ => [new ItemEdit.SetPublishTo(PublishTo.OtherPayment)],
        [PublishFailureKind.RightsTooSmall] = _ => [new ItemEdit.SetType(ItemType.CreditNote)],
        [PublishFailureKind.OtherCurrency] = _ => [new ItemEdit.SetCurrency("EUR"), new ItemEdit.NewSupplier("Castle")],
        [PublishFailureKind.InSageAlready] = _ => [new ItemEdit.SetReference("X-1"), new ItemEdit.SetTotal(130), new ItemEdit.SetDate(new DateOnly(2026, 11, 2))],
        [PublishFailureKind.AnswerLost] = _ => [],
        [PublishFailureKind.SentElsewhere] = _ => [],
        [PublishFailureKind.SettledElsewhere] = _ => [],
        [PublishFailureKind.VatReturnFiled] = _ => [],
        [PublishFailureKind.PeriodClosed] = _ => [],
        [PublishFailureKind.KeptBySage] = _ => [],
        [PublishFailureKind.PaymentKept] = _ => [],
        [PublishFailureKind.RightsToDelete] = _ => [],
        [PublishFailureKind.OrganisationChanged] = h => [new ItemEdit.SetCategory(h.Category.Id), new ItemEdit.SetSupplier(null)],
        [PublishFailureKind.Other] = _ => [new ItemEdit.SetNote("n"), new ItemEdit.SetTotal(130)],
    };

    public static TheoryData<PublishFailureKind> Kinds => [.. Enum.GetValues<PublishFailureKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failure_is_over_with_the_edit_that_its_sentence_asks_for(PublishFailureKind kind)
    {
        await using var quarter = await Quarter.OpenAsync();

        foreach (var edit in Mending[kind](quarter.Town.Marsh)) Assert.Null((await EditedAsync(quarter, kind, edit)).Failure);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_edit_of_something_else_leaves_it(PublishFailureKind kind)
    {
        await using var quarter = await Quarter.OpenAsync();

        Assert.NotNull((await EditedAsync(quarter, kind, new ItemEdit.PutInto(Place.Archive))).Failure);
        if (kind is not PublishFailureKind.Other) Assert.NotNull((await EditedAsync(quarter, kind, new ItemEdit.SetDescription("Paper"))).Failure);
    }

    [Theory]
    [InlineData(PublishFailureKind.CategoryNotVisible)]
    [InlineData(PublishFailureKind.TaxRateRefused)]
    [InlineData(PublishFailureKind.AmountRefused)]
    public async Task On_an_item_with_lines_an_edit_of_a_line_mends_it(PublishFailureKind kind)
    {
        await using var quarter = await Quarter.OpenAsync();

        Assert.Null((await EditedAsync(quarter, kind, new ItemEdit.AddLine(new LineDraft("Paper", 100)))).Failure);
    }

    [Fact]
    public async Task Many_are_mended_at_once()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await FailedAsync(quarter, PublishFailureKind.OtherCurrency, count: 3);

        await quarter.RunAsync(DextSage.Integration.Items.Bulk.BulkAction.Edit, codes, new ItemEdit.SetNote("n"));
        Assert.All(await quarter.ItemsAsync(codes), item => Assert.NotNull(item.Failure));
        await quarter.RunAsync(DextSage.Integration.Items.Bulk.BulkAction.Edit, codes, new ItemEdit.SetSupplier(quarter.Town.Marsh.Supplier.Id));

        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Null(item.Failure));
    }

    [Fact]
    public async Task That_there_is_no_VAT_is_mended_by_the_lists()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await FailedAsync(quarter, PublishFailureKind.NotRegisteredForVat, count: 1);
        var upkeep = quarter.Get<IEnumerable<IWhenRefreshed>>().OfType<ReviewUpkeep>().Single();

        await upkeep.RefreshedAsync(quarter.Town.Marsh.Id, CancellationToken.None);
        Assert.NotNull((await quarter.ItemsAsync(codes))[0].Failure);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id)) await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.VatRegistered, false));
        await upkeep.RefreshedAsync(quarter.Town.Marsh.Id, CancellationToken.None);

        Assert.Null((await quarter.ItemsAsync(codes))[0].Failure);
    }

    [Fact]
    public async Task That_Sage_does_not_take_a_bank_account_is_mended_where_the_payment_method_is_linked_to_another()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (methods, admin, house) = (quarter.Get<PaymentMethods>(), quarter.Town.Claim(Who.Admin), quarter.Town.Marsh.Id);
        BankAccount[] accounts = [.. new[] { "Old", "New" }.Select(name => new BankAccount { BusinessId = house, SageId = name, Name = name, DisplayName = name })];
        var (card, cash) = (new PaymentMethod { BusinessId = house, Name = "Card", BankAccountId = accounts[0].Id, CreatedAt = DateTimeOffset.UnixEpoch }, new PaymentMethod { BusinessId = house, Name = "Petty cash", CreatedAt = DateTimeOffset.UnixEpoch });
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house))
        {
            db.AddRange(accounts);
            db.AddRange(card, cash);
            await db.SaveChangesAsync();
        }

        PublishFailureKind[] kinds = [PublishFailureKind.BankAccountRefused, PublishFailureKind.BankAccountRefused, PublishFailureKind.DateRefused];
        var codes = await quarter.NewItemsAsync(3, (item, n) =>
            (item.PaymentMethodId, item.Failure) = (n == 1 ? cash.Id : card.Id, new ItemFailure(kinds[n].ToString(), Field: null, "No.", "Again.", FromSage: null)));

        Assert.Null(await methods.SaveAsync(admin, new PaymentMethodDraft(card.Id, "Company card", "4242", accounts[0].Id)));
        Assert.All(await quarter.ItemsAsync(codes), item => Assert.NotNull(item.Failure));
        Assert.Null(await methods.SaveAsync(admin, new PaymentMethodDraft(card.Id, "Company card", "4242", accounts[1].Id)));

        var items = (await quarter.ItemsAsync(codes)).ToDictionary(i => i.Code, StringComparer.Ordinal);
        Assert.Equal([true, false, false], codes.Select(code => items[code].Failure is null));
    }

    [Fact]
    public async Task Causes_are_counted_whatever_the_filter_names_and_what_is_tried_again_has_none()
    {
        await using var quarter = await Quarter.OpenAsync();
        await FailedAsync(quarter, PublishFailureKind.DateRefused, count: 2);
        await FailedAsync(quarter, PublishFailureKind.TaxRateRefused, count: 3);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Items.Where(i => i.Failure!.Kind == nameof(PublishFailureKind.TaxRateRefused)).OrderBy(i => i.Id).Take(1).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, ItemStatus.Publishing));
        var inbox = quarter.Get<Inbox>();
        var bookkeeper = quarter.Town.Claim(Who.Bookkeeper);

        var page = await inbox.PageAsync(bookkeeper, new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Failed) { Failure = nameof(PublishFailureKind.DateRefused) }));

        Assert.Equal([new(nameof(PublishFailureKind.DateRefused), 2), new FailureCause(nameof(PublishFailureKind.TaxRateRefused), 2)], page.Causes);
        Assert.Equal((2, 4), (page.Total, (await inbox.CountsAsync(bookkeeper, new ItemFilter())).Failed));
        Assert.Empty((await inbox.PageAsync(bookkeeper, new InboxQuery(new ItemFilter()))).Causes);
        Assert.Equal(page.Causes, await inbox.CausesAsync(bookkeeper, Workspace.Costs));
        Assert.Empty(await inbox.CausesAsync(bookkeeper, Workspace.Sales));
    }

    private static async Task<Item> EditedAsync(Quarter quarter, PublishFailureKind kind, ItemEdit edit)
    {
        var codes = await FailedAsync(quarter, kind, count: 1);
        var outcome = await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), codes[0], edit, seenVersion: 0);
        Assert.Null(outcome.Refusal);
        return (await quarter.ItemsAsync(codes))[0];
    }

    private static Task<List<string>> FailedAsync(Quarter quarter, PublishFailureKind kind, int count) =>
        quarter.NewItemsAsync(count, (item, _) => item.Failure = new ItemFailure(kind.ToString(), Field: null, "No.", "Again.", FromSage: null));
}
