using DextSage.Integration.Items;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class ItemNotesTests
{
    [Fact]
    public async Task Notes_stand_in_the_order_they_were_written_and_each_is_its_authors_to_change()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (notes, admin, bookkeeper, code) = (quarter.Get<ItemNotes>(), quarter.Town.Claim(Who.Admin), quarter.Town.Claim(Who.Bookkeeper), quarter.Town.Marsh.StandardsItem.Code);
        Assert.Null(await notes.AddAsync(bookkeeper, code, "  Is this ours?  "));
        Assert.Null(await notes.AddAsync(admin, code, "It is."));

        var read = await notes.ReadAsync(bookkeeper, code);
        Assert.Equal([("Bookkeeper of marsh", true, "Is this ours?"), ("Admin of marsh", false, "It is.")], read.Select(n => (n.Author, n.IsOwn, n.Text)));
        Assert.NotNull(await notes.EditAsync(admin, read[0].Id, "Mine now"));
        Assert.NotNull(await notes.DeleteAsync(admin, read[0].Id));
        Assert.Null(await notes.EditAsync(bookkeeper, read[0].Id, "Is this really ours?"));
        Assert.Null(await notes.DeleteAsync(admin, read[1].Id));

        var left = Assert.Single(await notes.ReadAsync(admin, code));
        Assert.Equal("Is this really ours?", left.Text);
        Assert.NotNull(left.EditedAt);
    }

    [Fact]
    public async Task A_note_says_something_and_not_too_much_and_a_Standard_user_writes_on_their_own_items_alone()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (notes, standard) = (quarter.Get<ItemNotes>(), quarter.Town.Claim(Who.Standard));
        Assert.NotNull(await notes.AddAsync(standard, quarter.Town.Marsh.StandardsItem.Code, " \n "));
        Assert.NotNull(await notes.AddAsync(standard, quarter.Town.Marsh.StandardsItem.Code, new string('x', ItemNote.Longest + 1)));
        Assert.Null(await notes.AddAsync(standard, quarter.Town.Marsh.StandardsItem.Code, new string('x', ItemNote.Longest)));
        Assert.NotNull(await notes.AddAsync(standard, quarter.Town.Marsh.AdminsItem.Code, "Not mine"));
        Assert.Empty(await notes.ReadAsync(standard, quarter.Town.Marsh.AdminsItem.Code));
    }
}
