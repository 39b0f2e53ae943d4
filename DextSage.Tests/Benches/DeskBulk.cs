using System.Diagnostics;
using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Benches;

/// <summary>
/// A category given to 10,000 items as a person gives it, from the asking to the last result with history and review status kept, against one bare UPDATE of the
/// same rows in the same database: the median of several turns of each, one after the other.
/// </summary>
internal static class DeskBulk
{
    private const int Items = 10_000;
    private const int Turns = 5;
    private const double Target = 20;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var other = new Category { BusinessId = house.Id, SageId = "C2", Name = "Other costs", DisplayName = "Other costs (7501)", ForExpenses = true };
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
        {
            db.Add(other);
            await db.SaveChangesAsync();
        }

        var codes = await quarter.NewItemsAsync(Items);
        var (real, bare) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var turn = -1; turn < Turns; turn++)
        {
            var (mine, theirs) = turn % 2 == 0 ? (house.Category.Id, other.Id) : (other.Id, house.Category.Id);
            var asGiven = await GiveAsync(quarter, codes, mine);
            var asBare = await UpdateAsync(quarter, theirs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bulk edit {asGiven.TotalMilliseconds:0} ms, bare UPDATE {asBare.TotalMilliseconds:0} ms{(turn < 0 ? " (not counted)" : "")}"));
            if (turn < 0) continue;
            real.Add(asGiven);
            bare.Add(asBare);
        }

        return [new Figure("desk/bulk-edit-over-bare-update", Median(real) / Median(bare), Target)];
    }

    private static async Task<TimeSpan> GiveAsync(Quarter quarter, List<string> codes, Guid category)
    {
        var began = Stopwatch.GetTimestamp();
        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetCategory(category));
        var took = Stopwatch.GetElapsedTime(began);
        if (run.Done != codes.Count) throw new InvalidOperationException($"{run.Done} of {codes.Count} items were changed.");
        return took;
    }

    private static async Task<TimeSpan> UpdateAsync(Quarter quarter, Guid category)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var day = DateTimeOffset.UnixEpoch.AddDays(1);
        var began = Stopwatch.GetTimestamp();
        var changed = await db.Items.Where(i => i.DextReceiptId == null && i.CreatedAt < day && i.Reference != null && i.DocumentId == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.CategoryId, category));
        var took = Stopwatch.GetElapsedTime(began);
        return changed == Items ? took : throw new InvalidOperationException($"{changed} of {Items} rows were changed.");
    }

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;
}
