using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Tests.Items;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Publishing;

/// <summary>A look for duplicates that ran ahead counts only as long as nothing has passed that it could not have seen.</summary>
public sealed class CreationLaneTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData("N-1", 999, true)]
    [InlineData("n-1 ", 999, true)]
    [InlineData("N-2", 120, false)]
    [InlineData(null, 120, true)]
    [InlineData(null, 999, false)]
    public async Task A_look_that_began_before_the_same_paper_passed_is_outrun(string? reference, int total, bool isOutrun)
    {
        using var lane = new CreationLane(clock);
        var look = lane.LookFrom();
        using (await lane.EnterAsync(TestContext.Current.CancellationToken)) lane.Passes(Work(i => (i.Reference, i.Total) = (reference, total)));

        Assert.Equal(isOutrun, lane.HasOutrun(look, Work(_ => { })));
    }

    [Fact]
    public async Task Another_suppliers_paper_outruns_nothing()
    {
        using var lane = new CreationLane(clock);
        var look = lane.LookFrom();
        using (await lane.EnterAsync(TestContext.Current.CancellationToken)) lane.Passes(Work(_ => { }, supplier: "S2"));

        Assert.False(lane.HasOutrun(look, Work(_ => { })));
    }

    [Fact]
    public async Task What_is_on_its_way_while_a_look_begins_may_arrive_behind_it()
    {
        using var lane = new CreationLane(clock);
        using (await lane.EnterAsync(TestContext.Current.CancellationToken))
        {
            lane.Passes(Work(_ => { }));
            Assert.True(lane.HasOutrun(lane.LookFrom(), Work(_ => { })));
        }

        Assert.False(lane.HasOutrun(lane.LookFrom(), Work(_ => { })));
    }

    [Fact]
    public void A_look_is_not_believed_for_long()
    {
        using var lane = new CreationLane(clock);
        var look = lane.LookFrom();
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.True(lane.HasOutrun(look, Work(_ => { })));
    }

    private static StepWork Work(Action<Item> change, string supplier = "S1")
    {
        var its = new Supplier { BusinessId = Reviews.BusinessId, SageId = supplier, Name = "Northgate", DisplayName = "Northgate" };
        var item = Reviews.Item(its, Reviews.Category(), Reviews.TaxRate());
        change(item);
        return new(null!, new SageTarget(Guid.Empty, "org"), Reviews.Plus, null!, item, new Uri("https://books.example/"));
    }
}
