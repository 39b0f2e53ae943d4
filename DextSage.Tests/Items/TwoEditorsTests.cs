using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Two people on one item, each seeing the other's work only now and then.</summary>
public sealed class TwoEditorsTests
{
    private enum Field { Reference, Description, Note }

    private sealed record Step(bool IsFirst, bool LooksFirst, Field Field, string Text);

    private static readonly Gen<Step[]> Days = Gen.Select(Gen.Bool, Gen.Bool, Gen.Enum<Field>(), Gen.String[Gen.Char['a', 'f'], 1, 3], (first, looks, field, text) => new Step(first, looks, field, text)).Array[2, 12];

    [Fact]
    public async Task Every_edit_that_was_accepted_is_in_the_history_and_the_last_of_each_field_stands()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, details, code, item) = (quarter.Get<ItemDesk>(), quarter.Get<ItemDetails>(), quarter.Town.Marsh.AdminsItem.Code, quarter.Town.Marsh.AdminsItem.Id);
        await Days.SampleAsync(async steps =>
        {
            var before = (await details.FindAsync(quarter.Town.Claim(Who.Admin), code))!;
            var seen = new Dictionary<bool, int> { [true] = before.Version, [false] = before.Version };
            var stands = new Dictionary<Field, string?> { [Field.Reference] = before.Reference, [Field.Description] = before.Description, [Field.Note] = before.Note };
            var told = new List<(Guid? Person, string Field, string? From, string? To)>();
            foreach (var step in steps)
            {
                var caller = quarter.Town.Claim(step.IsFirst ? Who.Admin : Who.Bookkeeper);
                if (step.LooksFirst) seen[step.IsFirst] = (await details.FindAsync(caller, code))!.Version;
                var outcome = await desk.EditAsync(caller, code, Edit(step), seen[step.IsFirst]);
                if (!outcome.IsSaved) continue;
                if (stands[step.Field] != step.Text) told.Add((caller.PersonId, step.Field.ToString(), stands[step.Field], step.Text));
                stands[step.Field] = step.Text;
            }

            var after = (await details.FindAsync(quarter.Town.Claim(Who.Admin), code))!;
            Assert.Equal((stands[Field.Reference], stands[Field.Description], stands[Field.Note]), (after.Reference, after.Description, after.Note));
            await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
            var history = await db.ItemChanges.Where(c => c.ItemId == item && c.Version > before.Version).OrderBy(c => c.Version).ToListAsync();
            Assert.Equal(told, history.Select(c => (c.PersonId, c.Field.ToString(), c.From, c.To)));
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task An_edit_is_refused_only_where_the_other_changed_that_very_field_unseen()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, details, code) = (quarter.Get<ItemDesk>(), quarter.Get<ItemDetails>(), quarter.Town.Marsh.AdminsItem.Code);
        await Days.SampleAsync(async steps =>
        {
            var version = (await details.FindAsync(quarter.Town.Claim(Who.Admin), code))!.Version;
            var seen = new Dictionary<bool, int> { [true] = version, [false] = version };
            var current = (await details.FindAsync(quarter.Town.Claim(Who.Admin), code))!;
            var stands = new Dictionary<Field, string?> { [Field.Reference] = current.Reference, [Field.Description] = current.Description, [Field.Note] = current.Note };
            var changed = new Dictionary<(Field, bool ByFirst), int>();
            foreach (var step in steps)
            {
                var caller = quarter.Town.Claim(step.IsFirst ? Who.Admin : Who.Bookkeeper);
                if (step.LooksFirst) seen[step.IsFirst] = (await details.FindAsync(caller, code))!.Version;
                var isOvertaken = changed.GetValueOrDefault((step.Field, !step.IsFirst)) > seen[step.IsFirst];
                var outcome = await desk.EditAsync(caller, code, Edit(step), seen[step.IsFirst]);
                Assert.Equal(!isOvertaken, outcome.IsSaved);
                if (!outcome.IsSaved) continue;
                version = (await details.FindAsync(caller, code))!.Version;
                if (stands[step.Field] != step.Text) changed[(step.Field, step.IsFirst)] = version;
                stands[step.Field] = step.Text;
            }
        }, iter: 40, threads: 1);
    }

    private static ItemEdit Edit(Step step) => step.Field switch
    {
        Field.Reference => new ItemEdit.SetReference(step.Text),
        Field.Description => new ItemEdit.SetDescription(step.Text),
        _ => new ItemEdit.SetNote(step.Text),
    };
}
