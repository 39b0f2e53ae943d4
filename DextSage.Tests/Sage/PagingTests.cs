using System.Text.Json;
using CsCheck;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class PagingTests
{
    [Fact]
    public void A_whole_list_is_read_in_pages_of_200()
    {
        var list = Enumerable.Range(0, 450).ToList();
        var read = Read(page => Page(list, page));

        Assert.Equal(list.Select(Id), read.NewIds);
        Assert.Equal([1, 2, 3], read.Asked.Select(a => a.Number));
        Assert.All(read.Asked, a => Assert.Equal(200, a.Size));
        Assert.True(read.Reading.IsSettled);
        Assert.False(read.Reading.IsSnapshot);
    }

    [Fact]
    public void The_first_page_tells_of_the_others_and_they_are_asked_for_side_by_side()
    {
        var reading = new SageReading();
        Assert.Equal(new SagePageRequest(1, 200), reading.Next());
        Assert.Null(reading.Next());

        reading.Accept(700, [.. Enumerable.Range(0, 200).Select(Id)]);

        Assert.Equal([2, 3, 4], [reading.Next()!.Number, reading.Next()!.Number, reading.Next()!.Number]);
        Assert.Null(reading.Next());
        Assert.False(reading.IsEnded);
    }

    [Fact]
    public void An_empty_list_is_read_in_one_request()
    {
        var read = Read(page => Page([], page));

        Assert.Single(read.Asked);
        Assert.True(read.Reading is { IsEnded: true, IsSettled: true, IsSnapshot: true, Seen: 0, Total: 0 });
    }

    [Fact]
    public void A_total_that_lies_ends_the_reading_unsettled()
    {
        var read = Read(page => Page([1, 2, 3], page) with { Total = int.MaxValue });

        Assert.Equal(3, read.Asked.Count);
        Assert.False(read.Reading.IsSettled);
    }

    [Fact]
    public void Without_a_total_the_reading_ends_at_the_page_that_brings_nothing_and_is_never_settled()
    {
        var read = Read(page => Page(Enumerable.Range(0, 250).ToList(), page) with { Total = null });

        Assert.Equal(3, read.Asked.Count);
        Assert.Equal(250, read.Reading.Seen);
        Assert.False(read.Reading.IsSettled);
    }

    [Fact]
    public void A_page_too_heavy_for_Sage_is_asked_for_in_smaller_ones_and_by_and_by_in_large_ones_again()
    {
        var list = Enumerable.Range(0, 2450).ToList();
        var reading = new SageReading();
        var (asked, seen) = (new List<SagePageRequest>(), new List<string>());
        while (reading.Next() is { } page)
        {
            asked.Add(page);
            if (page is { Size: 200, Number: 2 })
            {
                Assert.True(reading.PutBackInSmaller(page));
                continue;
            }

            seen.AddRange(Take(reading, Page(list, page)));
        }

        Assert.Equal(list.Select(Id), seen);
        Assert.Equal(new SagePageRequest(5, 50), asked[2]);
        Assert.Equal(200, asked[^1].Size);
        Assert.True(reading.IsSettled);
    }

    [Fact]
    public void The_smallest_page_cannot_be_made_smaller()
    {
        var reading = new SageReading();
        Assert.True(reading.PutBackInSmaller(reading.Next()!));
        Assert.True(reading.PutBackInSmaller(reading.Next()!));
        Assert.False(reading.PutBackInSmaller(reading.Next()!));
        Assert.Equal(new SagePageRequest(1, 10), reading.Next());
    }

    /// <summary>Broken off after any pages, whatever order they came in: what is read on is what was missing.</summary>
    [Fact]
    public void A_reading_that_is_taken_up_asks_only_for_what_is_missing() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 9], Gen.Int[0, 1000]).Sample((size, kept, seed) =>
        {
            var list = Enumerable.Range(0, size).ToList();
            var (first, order, done) = (new SageReading(), new Random(seed), new List<SageReadPage>());
            while (done.Count < kept && NextOfSome(first, order) is { } page)
            {
                var keys = first.Accept(size, [.. Page(list, page).Items.Select(i => i.Id!)]);
                done.Add(new((page.Number - 1) * page.Size, page.Size, size, Array.FindAll(keys, k => k != 0)));
            }

            var second = new SageReading(done);
            var missing = list.Where(r => !second.HasSeen(Id(r))).Select(Id).ToList();
            var read = Read(page => Page(list, page), second);
            return missing.SequenceEqual(read.NewIds) && second.IsSettled && read.Asked.Count == Math.Max(1, (size + 199) / 200) - done.Count;
        }, iter: 500);

    /// <summary>Rows come and go between the pages.</summary>
    [Fact]
    public void Whatever_shifts_under_the_reading_no_row_comes_twice_and_it_ends()
    {
        var change = Gen.Select(Gen.Bool, Gen.Int[0, 700], (isInsert, at) => (isInsert, at));
        Gen.Select(Gen.Int[0, 700], change.Array[0, 6].Array[0, 8]).Sample((size, changesAfterPage) =>
        {
            var rows = Enumerable.Range(0, size).ToList();
            var everPresent = rows.ToHashSet();
            var next = size;
            var (sawInsert, sawRemoval) = (false, false);
            var requests = 0;
            var read = Read(page =>
            {
                var answer = Page(rows, page);
                foreach (var (isInsert, at) in requests < changesAfterPage.Length ? changesAfterPage[requests] : [])
                {
                    if (isInsert) rows.Insert(Math.Min(at, rows.Count), next++);
                    else if (rows.Count > 0)
                    {
                        var index = Math.Min(at, rows.Count - 1);
                        everPresent.Remove(rows[index]);
                        rows.RemoveAt(index);
                    }

                    (sawInsert, sawRemoval) = (sawInsert || isInsert, sawRemoval || !isInsert);
                }

                requests++;
                return answer;
            });

            var bounded = requests <= (next + 199) / 200 + 2;
            // A settled reading has missed nothing that was there all along, unless a removal was made up for by an addition.
            var missed = read.Reading.IsSettled && !(sawInsert && sawRemoval) && everPresent.Any(r => !read.Reading.HasSeen(Id(r)));
            return read.NewIds.Count == read.NewIds.Distinct().Count() && bounded && !missed && read.Reading.IsEnded;
        }, iter: 2000);
    }

    [Theory]
    [InlineData("$itemsPerPage")]
    [InlineData("$items_per_page")]
    public async Task Either_spelling_of_the_envelope_is_read(string spelling)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, $$"""{"$total":"1","$page":1,"$next":"http://127.0.0.1:1/x","$back":null,"{{spelling}}":2147483647,"$items":[{"displayed_as":"One","id":"b1","$path":"/businesses/b1"}]}""");

        var answer = await rig.Client.BusinessesAsync(rig.Target, TestContext.Current.CancellationToken);

        Assert.Equal("One", Assert.Single(answer.Value!.Items).DisplayedAs);
        Assert.Equal(1, answer.Value.Total);
        Assert.False(rig.Sage.Sent[0].Headers.ContainsKey("X-Business"));
    }

    private sealed record Outcome(SageReading Reading, List<string> NewIds, List<SagePageRequest> Asked);

    private static Outcome Read(Func<SagePageRequest, SagePage<SageReference>> fetch, SageReading? reading = null)
    {
        var outcome = new Outcome(reading ?? new SageReading(), [], []);
        while (outcome.Reading.Next() is { } page)
        {
            outcome.Asked.Add(page);
            outcome.NewIds.AddRange(Take(outcome.Reading, fetch(page)));
        }

        return outcome;
    }

    private static List<string> Take(SageReading reading, SagePage<SageReference> page)
    {
        var ids = page.Items.Select(i => i.Id!).ToList();
        var keys = reading.Accept(page.Total, ids);
        return [.. ids.Where((_, i) => keys[i] != 0)];
    }

    // Several are under way, and any of them may come in first.
    private static SagePageRequest? NextOfSome(SageReading reading, Random order)
    {
        var some = new List<SagePageRequest>();
        while (some.Count < 3 && reading.Next() is { } page) some.Add(page);
        if (some.Count == 0) return null;
        var chosen = some[order.Next(some.Count)];
        some.Remove(chosen);
        some.Reverse();
        some.ForEach(reading.PutBack);
        return chosen;
    }

    // As Sage does: beyond the last page comes the last one again (Sage API 4.1).
    private static SagePage<SageReference> Page(List<int> rows, SagePageRequest asked)
    {
        var last = Math.Max(1, (rows.Count + asked.Size - 1) / asked.Size);
        var number = Math.Min(asked.Number, last);
        return new(number, rows.Count, [.. rows.Skip((number - 1) * asked.Size).Take(asked.Size).Select(r => new SageReference { Id = Id(r) })]);
    }

    private static string Id(int row) => JsonSerializer.Serialize(row);
}
