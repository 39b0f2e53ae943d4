using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using DextSage.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class EditingOnASickDisk
{
    [Theory]
    [InlineData(DiskTrouble.Full, "The disk of this system is full. This was not saved.")]
    [InlineData(DiskTrouble.ReadOnly, "The disk of this system cannot be written to. This was not saved.")]
    [InlineData(DiskTrouble.Failing, "The disk of this system does not answer as it should. This was not saved.")]
    public async Task An_edit_that_cannot_be_written_is_refused_with_the_reason_and_saved_once_the_disk_is_well(DiskTrouble trouble, string sentence)
    {
        var disk = new SickDisk();
        await using var workshop = await Workshop.OpenAsync(furnish: services => services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(disk)));
        var code = (await workshop.WithSamplesAsync())[0].Code;
        var desk = workshop.Get<ItemDesk>();
        disk.Trouble = trouble;

        // A full disk takes what still fits into the pages that are there.
        string? refusal = null;
        var note = "";
        for (var n = 0; refusal is null && n < 500; n++)
        {
            note = new string((char)('a' + (n % 26)), ItemLimits.Note);
            refusal = (await desk.EditAsync(workshop.Admin, code, new ItemEdit.SetNote(note), int.MaxValue)).Refusal;
        }

        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);
        Assert.NotEqual(note, (await workshop.ItemAsync(code)).Note);
        disk.Trouble = null;
        Assert.Null((await desk.EditAsync(workshop.Admin, code, new ItemEdit.SetNote(note), int.MaxValue)).Refusal);
        Assert.Equal(note, (await workshop.ItemAsync(code)).Note);
    }
}
