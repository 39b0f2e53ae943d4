using Bunit;
using DextSage.App.Api;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Doors;

public sealed class ApiKeysPageTests : Screen
{
    [Fact]
    public async Task A_key_is_shown_once_and_revoked_after_a_second_thought()
    {
        await SettleInAsync();
        var page = Render<ApiKeysPage>(p => p.Add(x => x.Slug, "marsh").AddCascadingValue(MemberAs(Role.Admin)));
        page.WaitForElement(".ds-empty");

        page.Find("#key-name").Change("Scanner in the hall");
        page.Find("form").Submit();

        var secret = page.WaitForElement("code.secret").TextContent;
        Assert.StartsWith(ApiKeys.Prefix, secret, StringComparison.Ordinal);
        Assert.Contains("Scanner in the hall", page.Find("tbody").TextContent, StringComparison.Ordinal);
        // Found and pressed in one go: the page may be drawing the list of keys meanwhile.
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent == "I have copied it").Click());
        page.WaitForAssertion(() => Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("button[aria-label='Revoke Scanner in the hall']").Click());
        await page.InvokeAsync(() => page.Find("button[aria-label='Revoke now: Scanner in the hall']").Click());
        page.WaitForAssertion(() => Assert.Contains("Revoked", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_without_a_name_or_with_one_that_is_taken_is_refused_in_place()
    {
        await SettleInAsync();
        var page = Render<ApiKeysPage>(p => p.Add(x => x.Slug, "marsh").AddCascadingValue(MemberAs(Role.Admin)));
        page.WaitForElement("form").Submit();
        Assert.Contains("a name of up to", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }
}
