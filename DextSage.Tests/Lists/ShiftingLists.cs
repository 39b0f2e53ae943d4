using CsCheck;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Lists that change while they are read, whatever happens in Sage between any two pages.</summary>
public sealed class ShiftingLists
{
    /// <summary>Random rows come and go after random requests; then a quiet refresh follows.</summary>
    [Fact]
    public async Task Nothing_that_was_there_all_along_is_retired_and_a_quiet_refresh_makes_both_sides_equal()
    {
        await using var books = await ShiftingBooks.OpenAsync();
        var deed = Gen.Select(Gen.Int[1, 7], Gen.Bool, Gen.Int[0, 899]);
        await deed.Array[0, 60].SampleAsync(async deeds =>
        {
            await books.ResetAsync(rows: 650);
            var always = books.Ids.ToHashSet(StringComparer.Ordinal);
            books.Between = request =>
            {
                foreach (var (at, isAddition, row) in deeds.Where(d => d.Item1 == request))
                    if (isAddition) books.Add(row);
                    else always.Remove(books.Remove(row));
            };
            await books.RefreshAsync();
            var inForce = await books.InForceAsync();
            if (!always.IsSubsetOf(inForce)) return false;

            books.Between = null;
            await books.RefreshAsync();
            return books.Ids.ToHashSet(StringComparer.Ordinal).SetEquals(await books.InForceAsync());
        }, iter: 12, threads: 1);
    }

    [Fact]
    public async Task Many_that_seem_gone_are_retired_only_after_a_second_reading()
    {
        await using var books = await ShiftingBooks.OpenAsync(o => (o.LookUps, o.MayGoUnasked) = (5, 1000));
        await books.ResetAsync(rows: 650);
        for (var i = 0; i < 30; i++) books.Remove(i);

        var before = books.Requests;
        var run = await books.RefreshAsync();

        Assert.Equal(30, run.Of(ListKind.Suppliers).Retired);
        // Twice four pages, and nothing looked up.
        Assert.Equal(2 * 4, books.Requests - before);
        Assert.Equal(0, books.LookUps);
    }

    [Fact]
    public async Task Most_of_a_list_gone_at_once_asks_first()
    {
        await using var books = await ShiftingBooks.OpenAsync();
        await books.ResetAsync(rows: 650);
        for (var i = 0; i < 400; i++) books.Remove(0);

        var run = await books.RefreshAsync();

        Assert.Equal((ListStage.NeedsConfirmation, 400, 0), (run.Of(ListKind.Suppliers).Stage, run.Of(ListKind.Suppliers).Missing, run.Retired));
        Assert.Equal(650, (await books.InForceAsync()).Count);
    }

    [Fact]
    public async Task A_total_that_lies_retires_nothing()
    {
        await using var books = await ShiftingBooks.OpenAsync();
        await books.ResetAsync(rows: 650);
        books.Remove(3);
        books.TotalLie = -300;

        var run = await books.RefreshAsync();

        // Rows behind the false end are looked up, and found.
        Assert.True(run.Retired <= 1, $"{run.Retired}");
        Assert.True(books.Ids.ToHashSet(StringComparer.Ordinal).IsSubsetOf(await books.InForceAsync()));
    }
}
