using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Shrinking;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using SkiaSharp;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>Photos that are too large for Sage, made smaller as the worker does it.</summary>
public sealed class PictureShrinkingTests
{
    private const int Most = (int)ItemLimits.AttachmentBytes;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_photo_becomes_a_JPEG_that_Sage_takes_and_no_smaller_than_it_must(bool isGrey)
    {
        var photo = LargePapers.Photo(2400, 1800, quality: 95, isGrey);
        Assert.True(photo.Length > Most);

        var answer = Shrink("image/jpeg", photo);

        Assert.Equal((ShrinkOutcome.Done, "image/jpeg"), (answer.Shrunk!.Outcome, answer.Shrunk.ContentType));
        Assert.InRange(answer.Content!.Length, Most / 4, Most);
        var (width, height, isLeftDark, _) = LargePapers.Look(answer.Content);
        Assert.Equal(4.0 / 3, (double)width / height, 2);
        Assert.InRange(width, 1200, answer.Shrunk.LongSide ?? 2400);
        Assert.True(isLeftDark);
        using var codec = SKCodec.Create(SKData.CreateCopy(answer.Content));
        Assert.Equal(isGrey, codec.Info.ColorType is SKColorType.Gray8);
        Assert.Equal(answer.Content, Shrink("image/jpeg", photo).Content);
    }

    [Fact]
    public void Quality_is_given_up_before_size()
    {
        var rungs = ShrinkRung.Ladder;
        Assert.Equal(rungs[0].LongSide, rungs[1].LongSide);
        Assert.True(rungs[0].Quality > rungs[1].Quality);
        Assert.All(rungs.Zip(rungs.Skip(1)), pair => Assert.True(pair.First.LongSide >= pair.Second.LongSide));
        Assert.All(rungs, rung => Assert.True(rung.LongSide >= 1200));
    }

    [Theory]
    [InlineData(1, true, null)]
    [InlineData(2, false, null)]
    [InlineData(3, false, null)]
    [InlineData(4, true, null)]
    [InlineData(5, null, true)]
    [InlineData(6, null, true)]
    [InlineData(7, null, false)]
    [InlineData(8, null, false)]
    public void A_photo_stands_upright_however_the_phone_was_held(int turn, bool? isLeftDark, bool? isTopDark)
    {
        var photo = Photos.Turned(LargePapers.Photo(2400, 1800, quality: 95), turn);

        var (width, height, left, top) = LargePapers.Look(Shrink("image/jpeg", photo).Content!);

        Assert.Equal(turn >= 5, height > width);
        if (isLeftDark is { } dark) Assert.Equal(dark, left);
        if (isTopDark is { } darkTop) Assert.Equal(darkTop, top);
    }

    [Fact]
    public void A_transparent_PNG_comes_to_lie_on_white()
    {
        var png = LargePapers.Photo(1300, 1000, quality: 100, format: SKEncodedImageFormat.Png, alpha: 1);
        Assert.True(png.Length > Most);

        var answer = Shrink("image/png", png);

        Assert.Equal("image/jpeg", answer.Shrunk!.ContentType);
        using var copy = SKBitmap.Decode(answer.Content);
        Assert.All(new[] { copy.GetPixel(3, 3), copy.GetPixel(600, 500) }, pixel => Assert.True(Math.Min(pixel.Red, Math.Min(pixel.Green, pixel.Blue)) > 230));
    }

    [Fact]
    public void A_long_receipt_keeps_its_width()
    {
        var receipt = LargePapers.Photo(900, 6000, quality: 95);
        Assert.True(receipt.Length > Most);

        var (width, height, _, _) = LargePapers.Look(Shrink("image/jpeg", receipt).Content!);

        Assert.InRange(width, 800, 900);
        Assert.InRange(height, 5333, 6000);
    }

    [Fact]
    public void Fewer_pixels_are_told_of_only_where_there_are_fewer()
    {
        var photo = LargePapers.Photo(2400, 1800, quality: 95);
        Assert.True(Shrink("image/jpeg", photo).Shrunk is { LongSide: null, Quality: 75 or 85 });
        var less = Shrink("image/jpeg", photo, most: 400_000);
        Assert.Equal(LargePapers.Look(less.Content!).Width, less.Shrunk!.LongSide);
    }

    [Fact]
    public void What_cannot_be_made_small_enough_and_still_be_read_is_left()
    {
        Assert.Equal(ShrinkOutcome.TooLarge, Shrink("image/jpeg", LargePapers.Photo(2400, 1800, quality: 95), most: 20_000).Shrunk!.Outcome);
    }

    [Fact]
    public void A_picture_that_is_cut_short_or_lies_about_its_size_is_left()
    {
        var photo = LargePapers.Photo(2400, 1800, quality: 95);
        Assert.Equal(ShrinkOutcome.Damaged, Shrink("image/jpeg", photo[..(photo.Length / 2)]).Shrunk!.Outcome);
        Assert.Equal(ShrinkOutcome.Damaged, Shrink("image/jpeg", Photos.Jpeg(65_000, 65_000, turn: null, isLittle: true)).Shrunk!.Outcome);
        Assert.Equal(ShrinkOutcome.Damaged, Shrink("image/png", "not a picture at all"u8.ToArray()).Shrunk!.Outcome);
    }

    private static PaperAnswer Shrink(string type, byte[] file, int most = Most) => PaperShrinking.Shrink(new ShrinkOrder(type, most), file);
}
