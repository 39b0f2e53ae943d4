using System.Text.Json;
using DextSage.Integration.Items;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Strings that have broken other programs, through every text that an item holds.</summary>
public sealed class NaughtyStrings
{
    internal static IReadOnlyList<string> Read()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        return JsonSerializer.Deserialize<List<string>>(File.ReadAllText(Path.Combine(Shared.Folder!, "corpus", "hostile", "naughty-strings.json")))!;
    }

    [Fact]
    public async Task Every_text_is_kept_as_it_was_typed_but_for_the_spaces_around_it()
    {
        var strings = Read();
        await using var quarter = await Quarter.OpenAsync();
        var (desk, admin, code) = (quarter.Get<ItemDesk>(), quarter.Town.Claim(Who.Admin), quarter.Town.Marsh.AdminsItem.Code);
        await EditAsync(new ItemEdit.ReplaceLines([new LineDraft("x", 1)]));
        var line = (await ReadAsync()).Lines[0].Id;
        foreach (var text in strings)
        {
            await HoldsAsync(text, ItemLimits.Reference, new ItemEdit.SetReference(text), i => i.Reference);
            await HoldsAsync(text, ItemLimits.Description, new ItemEdit.SetDescription(text), i => i.Description);
            await HoldsAsync(text, ItemLimits.Note, new ItemEdit.SetNote(text), i => i.Note);
            await HoldsAsync(text, ItemLimits.Description, new ItemEdit.EditLine(line, new LineEdit.SetDescription(text)), i => i.Lines[0].Description);
            if (!string.IsNullOrWhiteSpace(text)) await HoldsAsync(text, ItemLimits.SupplierName, new ItemEdit.NewSupplier(text), i => i.SupplierName);
        }

        async Task HoldsAsync(string text, int longest, ItemEdit edit, Func<ItemView, string?> of)
        {
            var outcome = await EditAsync(edit);
            Assert.Equal(text.Trim().Length <= longest, outcome.IsSaved);
            if (outcome.IsSaved) Assert.Equal(string.IsNullOrWhiteSpace(text) ? null : text.Trim(), of(await ReadAsync()));
        }

        async Task<EditOutcome> EditAsync(ItemEdit edit) => await desk.EditAsync(admin, code, edit, int.MaxValue);

        async Task<ItemView> ReadAsync() => (await quarter.Get<ItemDetails>().FindAsync(admin, code))!;
    }
}
