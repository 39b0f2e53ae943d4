using DextSage.App.Items;
using DextSage.Integration.People;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class ItemPresenceTests
{
    private static readonly Guid Business = Guid.CreateVersion7();
    private static readonly Caller Alma = new(Guid.CreateVersion7(), Business);
    private static readonly Caller Ben = new(Guid.CreateVersion7(), Business);

    [Fact]
    public void People_on_one_item_see_each_other_come_and_go_once_each_and_never_themselves()
    {
        var presence = new ItemPresence();
        var told = 0;
        using var alma = presence.Enter(Alma, "A", "Alma", () => told++);
        Assert.Empty(presence.Others(Alma, "A"));

        var ben = presence.Enter(Ben, "A", "Ben", () => { });
        var bensOtherTab = presence.Enter(Ben, "A", "Ben", () => { });
        Assert.Equal(["Ben"], presence.Others(Alma, "A"));
        Assert.Equal(["Alma"], presence.Others(Ben, "A"));
        Assert.Equal(2, told);

        ben.Dispose();
        Assert.Equal(["Ben"], presence.Others(Alma, "A"));
        bensOtherTab.Dispose();
        Assert.Empty(presence.Others(Alma, "A"));
        Assert.Equal(4, told);
    }

    [Fact]
    public void Another_item_and_another_business_of_the_same_code_are_elsewhere()
    {
        var presence = new ItemPresence();
        using var ben = presence.Enter(Ben, "A", "Ben", () => { });

        Assert.Empty(presence.Others(Alma, "B"));
        Assert.Empty(presence.Others(Alma with { BusinessId = Guid.CreateVersion7() }, "A"));
    }
}
