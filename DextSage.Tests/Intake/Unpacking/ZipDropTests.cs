using System.Diagnostics;
using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Unpacking;
using Xunit;

namespace DextSage.Tests.Intake.Unpacking;

/// <summary>ZIPs as they are unpacked, before anything of them is looked at as paper.</summary>
public sealed class ZipDropTests : IDisposable
{
    private readonly ZipDrop drop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_files_come_out_of_all_its_folders_and_what_a_machine_put_there_for_itself_does_not()
    {
        var (files, refused, whole) = await UnpackAsync(Zips.Of(
            ("march/bills/one.pdf", Zips.Words("one")), ("two.pdf", Zips.Words("two")), ("..\\..\\up.pdf", Zips.Words("up")), ("/etc/passwd", Zips.Words("root")),
            ("__MACOSX/._two.pdf", Zips.Words("x")), (".DS_Store", Zips.Words("x")), ("march/.hidden/a.pdf", Zips.Words("x")), ("Thumbs.db", Zips.Words("x")), ("march/", [])));

        Assert.Equal(["one.pdf", "two.pdf", "up.pdf", "passwd"], files.Select(f => f.FileName));
        Assert.Empty(refused);
        Assert.Equal(["4 files in it."], whole.Notes);
        await using var second = files[1].Open();
        using var reader = new StreamReader(second);
        Assert.Equal("two", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Nested_locked_and_oversized_files_are_refused_by_name_and_the_others_are_there()
    {
        var (files, refused, _) = await UnpackAsync(Zips.Of(("inner.zip", Zips.Of(("a.pdf", [1]))), ("fine.pdf", Zips.Words("fine")), ("large.pdf", new byte[Arrivals.LargestFile + 1])));

        Assert.Equal(["fine.pdf"], files.Select(f => f.FileName));
        Assert.Equal(["“inner.zip” is a ZIP within a ZIP.", "“large.pdf” is larger than 6 MB."], refused.Select(r => r.Refusal!));
        Assert.All(refused, r => Assert.Equal("drop.zip", r.Within));
        var locked = await UnpackAsync(Zips.Locked(Zips.Of(("a.pdf", [1, 2, 3]))));
        Assert.Equal("“a.pdf” is locked with the password of its ZIP.", Assert.Single(locked.Refused).Refusal);
    }

    [Fact]
    public async Task Bytes_are_counted_as_they_come_out_whatever_the_headers_say()
    {
        var watch = Stopwatch.StartNew();
        var bomb = Zips.Understated(Zips.OfZeros(files: 60, megabytes: 19));
        Assert.InRange(bomb.Length, 1, 3_000_000);

        var (files, refused, _) = await UnpackAsync(bomb);

        Assert.True(files.Sum(f => f.Length) <= ZipDrop.MostUnpacked);
        Assert.All(refused, r => Assert.NotNull(r.Refusal));
        Assert.Equal(60, files.Count + refused.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task What_honest_headers_announce_is_bounded_all_the_same()
    {
        var (files, refused, _) = await UnpackAsync(Zips.OfZeros(files: 40, megabytes: 19));

        Assert.True(files.Sum(f => f.Length) <= ZipDrop.MostUnpacked);
        Assert.Equal("“39.pdf” was left out: what was unpacked before it has 500 MB already.", refused[^1].Refusal);
    }

    [Theory]
    [InlineData(ZipDrop.MostEntries, 0)]
    [InlineData(ZipDrop.MostEntries + 1, 1)]
    public async Task More_entries_than_a_zip_may_hold_are_refused_together(int entries, int refused)
    {
        var answer = await UnpackAsync(Zips.Of([.. Enumerable.Range(0, entries).Select(n => ($"{n}.pdf", Zips.Words("x")))]));

        Assert.Equal(refused, answer.Whole.Refusal is null ? 0 : 1);
        Assert.Equal(entries - (refused * entries), answer.Files.Count);
    }

    [Fact]
    public async Task A_directory_longer_than_any_needs_to_be_is_not_read()
    {
        // What a directory says of its own length is compared with where it lies.
        var zip = Zips.Of([.. Enumerable.Range(0, 40_000).Select(n => ($"{n:000000}.pdf", Array.Empty<byte>()))]);
        Assert.Equal("“drop.zip” is damaged or cut short.", (await UnpackAsync(zip)).Whole.Refusal);
        var end = zip.AsSpan().LastIndexOf(ZipDirectory.End);
        foreach (var at in new[] { end + 12, end + 16 })
        {
            var lying = zip.ToArray();
            lying[at + 2] = 0;
            Assert.Equal("“drop.zip” is damaged or cut short.", (await UnpackAsync(lying)).Whole.Refusal);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(10)]
    public async Task A_directory_that_is_said_to_lie_elsewhere_is_not_looked_for(int field)
    {
        var zip = Zips.Of(("a.pdf", [1, 2, 3]));
        var at = zip.AsSpan().LastIndexOf(ZipDirectory.End) + field;
        (zip[at], zip[at + 1]) = (0xFF, 0xFF);
        Assert.Equal("“drop.zip” is damaged or cut short.", (await UnpackAsync(zip)).Whole.Refusal);
    }

    [Fact]
    public async Task An_empty_zip_a_cut_one_and_a_document_of_an_office_program_are_refused()
    {
        var zip = Zips.Of(("a.pdf", Zips.Words("something to pack")));

        Assert.Equal("“drop.zip” holds no files.", (await UnpackAsync(Zips.Of())).Whole.Refusal);
        Assert.Equal("“drop.zip” holds no files.", (await UnpackAsync(Zips.Of(("__MACOSX/x", [1])))).Whole.Refusal);
        Assert.Equal("“drop.zip” is damaged or cut short.", (await UnpackAsync(zip[..^10])).Whole.Refusal);
        Assert.StartsWith("“drop.zip” is not a PDF", (await UnpackAsync(Zips.Of(("[Content_Types].xml", Zips.Words("<Types/>")), ("word/document.xml", Zips.Words("<w/>"))))).Whole.Refusal, StringComparison.Ordinal);
        Assert.False(ZipDirectory.Begins("PK"u8));
    }

    [Fact]
    public Task Mutated_zips_get_an_answer()
    {
        var zip = Zips.Of(("a/one.pdf", Zips.Words("one, and a little more to pack")), ("two.pdf", Zips.Words("two")));
        var mutated =
            from changes in Gen.Select(Gen.Int[0, zip.Length - 1], Gen.Byte).Array[1, 12]
            from length in Gen.OneOf(Gen.Const(zip.Length), Gen.Int[0, zip.Length])
            select (Changes: changes, Length: length);
        return mutated.SampleAsync(
            async m =>
            {
                var file = zip.ToArray();
                foreach (var (at, value) in m.Changes) file[at] = value;
                var dropped = Zips.Dropped("drop.zip", file[..m.Length]);
                if (!ZipDirectory.Begins(await dropped.HeadAsync(Cancellation))) return true;
                using var own = new ZipDrop();
                var (files, refused, whole) = await own.UnpackAsync(dropped, Cancellation);
                return whole.Refusal is not null || files.Count + refused.Count > 0;
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public async Task Nothing_of_it_stays_behind()
    {
        var (files, _, _) = await UnpackAsync(Zips.Of(("a.pdf", [1])));
        await using (var file = files[0].Open()) Assert.True(Directory.Exists(Path.GetDirectoryName(((FileStream)file).Name)));
        var before = ((FileStream)files[0].Open()).Name;

        drop.Dispose();

        Assert.False(Directory.Exists(Path.GetDirectoryName(before)));
    }

    private async Task<(IReadOnlyList<DroppedFile> Files, IReadOnlyList<ArrivalReport> Refused, ArrivalReport Whole)> UnpackAsync(byte[] zip) =>
        await drop.UnpackAsync(Zips.Dropped("drop.zip", zip), Cancellation);

    public void Dispose() => drop.Dispose();
}
