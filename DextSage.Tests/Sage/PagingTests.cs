using System.Text.Json;
using CsCheck;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

public sealed class PagingTests
{
    [Fact]
    public async Task A_whole_list_is_read_in_pages_of_200()
    {
        var list = Enumerable.Range(0, 450).ToList();
        var (steps, asked) = await ReadAsync(page => Page(list, page));

        Assert.Equal(list.Select(Id), steps.SelectMany(s => s.Value!.NewItems).Select(i => i.Id));
        Assert.Equal([1, 2, 3], asked.Select(a => a.Number));
        Assert.All(asked, a => Assert.Equal(200, a.Size));
        Assert.True(steps[^1].Value!.IsSettled);
    }

    [Fact]
    public async Task An_empty_list_is_read_in_one_request()
    {
        var (steps, asked) = await ReadAsync(page => Page([], page));

        Assert.Single(asked);
        Assert.True(Assert.Single(steps).Value is { IsLast: true, IsSettled: true, Seen: 0, Total: 0 });
    }

    [Fact]
    public async Task A_total_that_lies_ends_the_reading_unsettled()
    {
        var (steps, asked) = await ReadAsync(page => Page([1, 2, 3], page) with { Total = int.MaxValue });

        Assert.Equal(3, asked.Count);
        Assert.False(steps[^1].Value!.IsSettled);
    }

    [Fact]
    public async Task Without_a_total_the_reading_ends_at_the_page_that_brings_nothing_and_is_never_settled()
    {
        var (steps, asked) = await ReadAsync(page => Page(Enumerable.Range(0, 250).ToList(), page) with { Total = null });

        Assert.Equal(3, asked.Count);
        Assert.Equal(250, steps[^1].Value!.Seen);
        Assert.False(steps[^1].Value!.IsSettled);
    }

    [Fact]
    public async Task A_page_too_heavy_for_Sage_is_asked_for_in_smaller_ones_from_the_same_row_on()
    {
        var list = Enumerable.Range(0, 450).ToList();
        var asked = new List<SagePageRequest>();
        var seen = new List<string?>();
        await foreach (var step in SageList.ReadAsync<SageReference>(page =>
        {
            asked.Add(page);
            return Task.FromResult(page is { Size: 200, Number: 2 }
                ? SageAnswer<SagePage<SageReference>>.Failed(new() { Kind = SageFailureKind.Busy, HttpStatus = 504 })
                : SageAnswer<SagePage<SageReference>>.Success(Page(list, page), null));
        }))
            seen.AddRange(step.Value!.NewItems.Select(i => i.Id));

        Assert.Equal(list.Select(Id), seen);
        Assert.Equal(new SagePageRequest(5, 50), asked[2]);
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_ends_the_reading_with_its_failure()
    {
        var steps = new List<SageAnswer<SageStep<SageReference>>>();
        await foreach (var step in SageList.ReadAsync<SageReference>(page => Task.FromResult(page.Number == 2
            ? SageAnswer<SagePage<SageReference>>.Failed(new() { Kind = SageFailureKind.AccessDenied, HttpStatus = 403 })
            : SageAnswer<SagePage<SageReference>>.Success(Page(Enumerable.Range(0, 500).ToList(), page), null))))
            steps.Add(step);

        Assert.Equal(2, steps.Count);
        Assert.Equal(SageFailureKind.AccessDenied, steps[1].Failure!.Kind);
    }

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
            var (steps, _) = ReadAsync(page =>
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
            }).GetAwaiter().GetResult();

            var ids = steps.SelectMany(s => s.Value!.NewItems).Select(i => i.Id!).ToList();
            var bounded = requests <= (next + 199) / 200 + 2;
            // A settled reading has missed nothing that was there all along, unless a removal was made up for by an addition.
            var missed = steps[^1].Value!.IsSettled && !(sawInsert && sawRemoval) && everPresent.Any(r => !ids.Contains(Id(r)));
            return ids.Count == ids.Distinct().Count() && bounded && !missed && steps[^1].Value!.IsLast;
        }, iter: 2000);
    }

    [Fact]
    public async Task Two_lists_are_read_as_one_and_settled_only_together()
    {
        var (products, services) = (Enumerable.Range(0, 250).ToList(), Enumerable.Range(1000, 30).ToList());
        var steps = await ReadBothAsync(page => Page(products, page), page => Page(services, page));

        Assert.Equal(products.Concat(services).Select(Id), steps.SelectMany(s => s.Value!.NewItems).Select(i => i.Id));
        Assert.Equal([false, false, true], steps.Select(s => s.Value!.IsLast));
        Assert.Equal((280, 280, true), (steps[^1].Value!.Seen, steps[^1].Value!.Total, steps[^1].Value!.IsSettled));
        Assert.False((await ReadBothAsync(page => Page(products, page) with { Total = null }, page => Page(services, page)))[^1].Value!.IsSettled);
    }

    [Fact]
    public async Task A_first_list_that_cannot_be_had_keeps_the_second_from_being_asked_for()
    {
        var steps = await ReadBothAsync(_ => null, _ => throw new InvalidOperationException("asked for"));

        Assert.Equal(SageFailureKind.AccessDenied, Assert.Single(steps).Failure!.Kind);
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

    private static async Task<(List<SageAnswer<SageStep<SageReference>>> Steps, List<SagePageRequest> Asked)> ReadAsync(Func<SagePageRequest, SagePage<SageReference>> fetch)
    {
        var asked = new List<SagePageRequest>();
        var steps = new List<SageAnswer<SageStep<SageReference>>>();
        await foreach (var step in SageList.ReadAsync<SageReference>(page =>
        {
            asked.Add(page);
            return Task.FromResult(SageAnswer<SagePage<SageReference>>.Success(fetch(page), null));
        }))
            steps.Add(step);
        return (steps, asked);
    }

    private static async Task<List<SageAnswer<SageStep<SageReference>>>> ReadBothAsync(
        Func<SagePageRequest, SagePage<SageReference>?> first, Func<SagePageRequest, SagePage<SageReference>?> second)
    {
        var steps = new List<SageAnswer<SageStep<SageReference>>>();
        await foreach (var step in SageList.ReadBothAsync<SageReference>(Fetch(first), Fetch(second))) steps.Add(step);
        return steps;

        static Func<SagePageRequest, Task<SageAnswer<SagePage<SageReference>>>> Fetch(Func<SagePageRequest, SagePage<SageReference>?> pages) => page =>
            Task.FromResult(pages(page) is { } found
                ? SageAnswer<SagePage<SageReference>>.Success(found, null)
                : SageAnswer<SagePage<SageReference>>.Failed(new() { Kind = SageFailureKind.AccessDenied, HttpStatus = 403 }));
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
