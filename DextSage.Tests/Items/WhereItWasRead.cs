using DextSage.Integration.Items;
using DextSage.Tests.Journeys;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>The places on a document that values were read from, and the first rows of an item's history.</summary>
public sealed class WhereItWasRead
{
    [Fact]
    public async Task A_value_has_its_place_on_the_page_for_as_long_as_the_item_holds_it()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync()).First(r => r.Party == "Northgate Stationers Ltd").Code;
        var item = await workshop.ItemAsync(code);

        var place = item.ReadFrom[ItemField.Total];
        Assert.Equal(1, place.Page);
        Assert.All([place.Left, place.Top, place.Left + place.Width, place.Top + place.Height], at => Assert.InRange(at, 0, 1));
        Assert.Contains(AmountOf(item), place.Evidence, StringComparison.Ordinal);
        Assert.Contains(ItemField.Supplier, item.ReadFrom.Keys);

        var desk = workshop.Get<ItemDesk>();
        var typed = await desk.EditAsync(workshop.Admin, code, new ItemEdit.SetTotal(1), item.Version);
        Assert.DoesNotContain(ItemField.Total, (await workshop.ItemAsync(code)).ReadFrom.Keys);
        await desk.EditAsync(workshop.Admin, code, typed.Undo!, int.MaxValue);
        Assert.Equal(place, (await workshop.ItemAsync(code)).ReadFrom[ItemField.Total]);
    }

    [Fact]
    public async Task The_history_begins_with_how_the_item_came_and_what_was_read()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync()).First(r => r.Party == "Northgate Stationers Ltd").Code;

        var history = await workshop.Get<ItemTimeline>().ReadAsync(workshop.Admin, code);

        Assert.Equal((ChangeCause.Sample, "northgate-stationers.pdf"), (history[^1].Cause, Assert.Single(history[^1].Changes).To));
        Assert.NotNull(history[^1].Person);
        var read = Assert.Single(history, e => e.Cause is ChangeCause.Reading);
        Assert.Null(read.Person);
        Assert.Contains(read.Changes, c => c is { Field: ItemField.Reference, From: null, To: not null });
    }

    private static string AmountOf(ItemView item) => item.Total!.Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
