using Bunit;
using DextSage.App.Items;
using DextSage.App.Rules;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Tests.ItemPages;
using DextSage.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Rules;

/// <summary>What rules have to say on an item's page.</summary>
public sealed class ItemRulesPanelTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Lines_that_stay_despite_a_rule_are_explained_where_the_item_is_looked_at()
    {
        await SettleInAsync();
        var supplier = new Supplier { BusinessId = Business.Id, SageId = "castle", Name = "Castle", DisplayName = "Castle" };
        var rate = new TaxRate { BusinessId = Business.Id, SageId = "t", Name = "20%", DisplayName = "20%", Percentage = 20 };
        await WriteAsync(supplier, rate);
        var item = new Item
        {
            BusinessId = Business.Id, Code = "MIXED", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, SupplierId = supplier.Id, SupplierName = "Castle",
            Document = new Document { BusinessId = Business.Id, Sha256 = "mixed", FileName = "a.xml", ContentType = Document.Xml, Length = 1, CarriesInvoice = true },
        };
        item.Lines.AddRange([new ItemLine { BusinessId = Business.Id, TaxRateId = rate.Id, Net = 10, Tax = 2 }, new ItemLine { BusinessId = Business.Id, Position = 1, Net = 10 }]);
        await WriteAsync(item);
        var desk = Services.GetRequiredService<RulesDesk>();
        Assert.Null((await desk.SaveAsync(MemberAs(Role.Admin).Caller, new RuleDraft(Id: null, RuleKind.Supplier, supplier.Id, "", IsOn: true, new(), new() { LineItems = LineItems.Never }))).Refusal);

        var panel = RenderAs<ItemRulesPanel>(Role.Bookkeeper, p => p.AddCascadingValue(new ItemEditing(ItemViews.Ready with { Code = "MIXED" }, null, new FieldPlaces(), (_, _, _) => Task.FromResult(new EditOutcome(Refusal: null)), () => Task.CompletedTask)));

        panel.WaitForAssertion(() => Assert.Contains("Supplier rule of Castle leaves out the lines of e-invoices. These have different tax rates, and one amount has one.", panel.Markup, StringComparison.Ordinal), Patience);
    }
}
