using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Bunit;
using DextSage.App.Lists;
using Xunit;

namespace DextSage.Tests.Lists;

public sealed class PaymentMethodsTests : Screen
{
    private PaymentMethods Methods => Services.GetRequiredService<PaymentMethods>();
    private Caller Admin => MemberAs(Role.Admin).Caller;

    [Theory]
    [InlineData("", null, "A payment method's name has 1 to 100 characters.")]
    [InlineData("Card", "42a2", "The last digits are two to four digits, such as 4242.")]
    [InlineData("Card", "1", "The last digits are two to four digits, such as 4242.")]
    [InlineData("company CARD", "4242", "There is a payment method called company CARD with the digits 4242 already.")]
    [InlineData("Company card", "4243", null)]
    [InlineData("Company card", " ", null)]
    public async Task A_payment_method_is_a_name_and_digits_that_no_other_has(string name, string? digits, string? refusal)
    {
        await SettleInAsync();
        Assert.Null(await Methods.SaveAsync(Admin, new PaymentMethodDraft(null, "Company card", "4242", null)));

        Assert.Equal(refusal, await Methods.SaveAsync(Admin, new PaymentMethodDraft(null, name, digits, null)));
    }

    [Fact]
    public async Task One_is_linked_to_a_bank_account_and_the_page_warns_when_that_has_gone()
    {
        await SettleInAsync();
        var current = new BankAccount { BusinessId = Business.Id, SageId = "B1", Name = "Current", DisplayName = "Current (1200)" };
        var gone = new BankAccount { BusinessId = Business.Id, SageId = "B2", Name = "Old", DisplayName = "Old account", RetiredAt = DateTimeOffset.UnixEpoch };
        var linked = new PaymentMethod { BusinessId = Business.Id, Name = "Old card", BankAccountId = gone.Id, CreatedAt = DateTimeOffset.UnixEpoch };
        await WriteAsync(current, gone);
        await WriteAsync(linked);

        Assert.Equal(["Current (1200)"], (await Methods.BankAccountsAsync(Admin)).Select(a => a.Name));
        Assert.Equal("That bank account is not on the list any more. Choose another.", await Methods.SaveAsync(Admin, new PaymentMethodDraft(null, "New", null, gone.Id)));
        // What it was linked to before stays while its name is changed.
        Assert.Null(await Methods.SaveAsync(Admin, new PaymentMethodDraft(linked.Id, "Very old card", null, gone.Id)));
        Assert.Contains("Very old card is linked to Old account, which is no longer in Sage.", RenderAs<PaymentMethodsPage>(Role.Admin).Find(".ds-notice-warning").TextContent, StringComparison.Ordinal);

        Assert.Null(await Methods.SaveAsync(Admin, new PaymentMethodDraft(linked.Id, "Very old card", null, current.Id)));
        Assert.Equal(("Current (1200)", false), (await Methods.ListAsync(Admin)) is [var now] ? (now.BankAccount, now.IsAccountGone) : default);
    }

    [Fact]
    public async Task The_list_of_bank_accounts_names_the_payment_methods_in_use_that_are_linked_to_each()
    {
        await SettleInAsync();
        var current = new BankAccount { BusinessId = Business.Id, SageId = "B1", Name = "Current", DisplayName = "Current (1200)", AccountType = "CHECKING", Currency = "GBP" };
        var savings = new BankAccount { BusinessId = Business.Id, SageId = "B2", Name = "Savings", DisplayName = "Savings (1210)" };
        await WriteAsync(current, savings);
        await WriteAsync(
            new PaymentMethod { BusinessId = Business.Id, Name = "Company card", LastDigits = "4242", BankAccountId = current.Id, CreatedAt = DateTimeOffset.UnixEpoch },
            new PaymentMethod { BusinessId = Business.Id, Name = "Cheque", BankAccountId = current.Id, CreatedAt = DateTimeOffset.UnixEpoch },
            new PaymentMethod { BusinessId = Business.Id, Name = "Old card", BankAccountId = savings.Id, RemovedAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch });

        var rows = await Services.GetRequiredService<ListPages>().RowsAsync(Admin, new ListQuery(ListKind.BankAccounts), 0, 10);

        Assert.Equal(["Type", "Currency", "Payment methods"], ListColumns.Of(ListKind.BankAccounts).More);
        Assert.Equal(["Current", "GBP", "Cheque, Company card 4242"], rows[0].Cells);
        Assert.Equal([null, null, null], rows[1].Cells);
    }

    [Fact]
    public async Task Removed_by_an_Admin_it_is_kept_and_comes_back_by_Undo()
    {
        await SettleInAsync();
        await Methods.SaveAsync(Admin, new PaymentMethodDraft(null, "<b>Petty</b> cash", null, null));
        var page = RenderAs<PaymentMethodsPage>(Role.Admin);
        Assert.Equal("<b>Petty</b> cash", page.Find("tbody th").TextContent);

        await page.InvokeAsync(() => page.Find("button[aria-label^=Remove]").ClickAsync(new()));
        Assert.NotNull(Assert.Single(await Methods.ListAsync(Admin)).RemovedAt);
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent == "Undo").ClickAsync(new()));

        Assert.Null(Assert.Single(await Methods.ListAsync(Admin)).RemovedAt);
    }

    [Fact]
    public async Task A_bookkeeper_sees_them_and_changes_nothing()
    {
        await SettleInAsync();
        await Methods.SaveAsync(Admin, new PaymentMethodDraft(null, "Company card", "4242", null));

        var page = RenderAs<PaymentMethodsPage>(Role.Bookkeeper);

        Assert.Contains("4242", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }
}
