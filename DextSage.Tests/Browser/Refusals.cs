using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Sage says no, or says nothing.</summary>
public sealed class Refusals(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_refusal_comes_back_as_a_sentence_and_a_lost_answer_settles_itself()
    {
        await StartAsync();
        var alma = await SignInConnectedAsync();
        var ben = await SignInAsync("Ben Okafor");
        await alma.OpenAsync("Brightwater Energy plc");
        await alma.ResolveAsync("Electricity");

        await FaultAsync(new { kind = "status", method = "POST", path = "/purchase_invoices", status = 422, dataCode = "RecordInvalid", message = "Couldn't find Supplier." });
        await alma.ExactButton("Publish").ClickAsync();
        await alma.SeesAsync("The last publish failed");
        await alma.SeesAsync("Sage does not know this supplier, or knows it only as a customer.");
        await alma.SeesAsync("Choose another supplier, or refresh the lists.");
        await alma.LookAsync("item-refused");
        await Expect(ben.Row("Brightwater Energy plc")).ToContainTextAsync("Publish failed");
        await ben.SeesAsync("Sage does not know this supplier, or knows it only as a customer. Choose another supplier, or refresh the lists.");
        await ben.LookAsync("costs-refused");

        await alma.Button("Go to supplier").ClickAsync();
        await Expect(alma.Field("Supplier")).ToBeFocusedAsync();
        await alma.PickAsync("Supplier", "Northgate", "Northgate Stationers Ltd");
        await Expect(alma.Page.GetByText("The last publish failed")).ToHaveCountAsync(0);
        await alma.PublishAsync();

        await alma.Menu("Costs").ClickAsync();
        await alma.OpenAsync("Fenwick & Rowe Solicitors");
        await alma.ResolveAsync("Legal");
        await FaultAsync(new { kind = "answer-lost-after-commit", method = "POST", path = "/purchase_invoices" });
        await alma.PublishAsync();
        await BooksHoldAsync(alma, bills: 2);
    }
}
