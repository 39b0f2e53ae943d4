using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Samples;
using DextSage.Integration.Intake.Workers;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>Pages bound into one PDF, as the worker does it.</summary>
public sealed class SheetBindingTests
{
    // One pixel, grey.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static byte[] Invoice(int n) => SampleDrawing.Draw(SampleInvoices.Of(new DateOnly(2026, 1, 31)).ElementAt(n), "GBP");

    [Fact]
    public void Pages_of_PDFs_and_pictures_become_one_that_can_be_opened_and_cut_again()
    {
        var both = Bind((Invoice(0), "application/pdf", 1, 1), (Png, "image/png", 1, 1), (Invoice(1), "application/pdf", 1, 1)).Content!;

        Assert.Equal(3, PdfDoor.Visit(both, d => d.NumberOfPages).Found);
        Assert.Contains("Total", PdfDoor.Visit(both, d => d.GetPage(3).Text).Found, StringComparison.OrdinalIgnoreCase);
        var last = Bind((both, "application/pdf", 3, 3)).Content!;
        Assert.Equal(PdfDoor.Visit(both, d => d.GetPage(3).Text).Found, PdfDoor.Visit(last, d => d.GetPage(1).Text).Found);
    }

    [Fact]
    public void A_file_that_is_none_gives_trouble_and_no_exception()
    {
        Assert.Equal(PdfTrouble.Damaged, Bind(("not a PDF at all"u8.ToArray(), "application/pdf", 1, 1)).Trouble);
        Assert.Equal(PdfTrouble.Damaged, Bind((Invoice(0), "application/pdf", 1, 9)).Trouble);
        Assert.Equal(PdfTrouble.Damaged, Bind((Png[..20], "image/png", 1, 1)).Trouble);
    }

    [Theory]
    [InlineData(1, "top left", "top right")]
    [InlineData(2, "top right", "top left")]
    [InlineData(3, "bottom right", "bottom left")]
    [InlineData(4, "bottom left", "bottom right")]
    [InlineData(5, "top left", "bottom left")]
    [InlineData(6, "top right", "bottom right")]
    [InlineData(7, "bottom right", "top right")]
    [InlineData(8, "bottom left", "top left")]
    public void A_photo_stands_upright_however_the_phone_was_held(int turn, string topLeft, string topRight)
    {
        foreach (var isLittle in new[] { true, false })
        {
            var page = PdfDoor.Visit(Bind((Photos.Jpeg(40, 20, turn, isLittle), "image/jpeg", 1, 1)).Content!, d => d.GetPage(1)).Found!;
            var picture = PdfDoor.Visit(Bind((Photos.Jpeg(40, 20, turn, isLittle), "image/jpeg", 1, 1)).Content!, d => d.GetPage(1).GetImages().Single().BoundingBox).Found;
            Assert.Equal(turn >= 5 ? (421, 842) : (842, 421), (page.Width, page.Height));
            Assert.Equal((topLeft, topRight), (Corner(picture.TopLeft), Corner(picture.TopRight)));

            string Corner(UglyToad.PdfPig.Core.PdfPoint at) => $"{(at.Y > page.Height / 2 ? "top" : "bottom")} {(at.X > page.Width / 2 ? "right" : "left")}";
        }
    }

    [Fact]
    public void A_photo_that_says_nothing_or_nonsense_of_how_it_was_held_stays_as_it_lies()
    {
        var photo = Photos.Jpeg(40, 20, turn: 6, isLittle: true);
        Assert.Equal(6, JpegTurn.Read(photo));
        Assert.Equal(1, JpegTurn.Read(Photos.Jpeg(40, 20, turn: 9, isLittle: false)));
        Assert.Equal(1, JpegTurn.Read(Photos.Jpeg(40, 20, turn: null, isLittle: false)));
        Gen.Select(Gen.Int[0, photo.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var damaged = photo.ToArray();
            foreach (var (at, value) in changes) damaged[at] = value;
            Assert.InRange(JpegTurn.Read(damaged), 1, 8);
            Assert.InRange(JpegTurn.Read(damaged.AsSpan(0, changes[0].Item1)), 1, 8);
        });
    }

    private static PaperAnswer Bind(params (byte[] Content, string Type, int From, int To)[] files) =>
        SheetBinding.Bind([.. files.Select(f => new SheetOrder(f.Content.Length, f.Type, f.From, f.To))], [.. files.SelectMany(f => f.Content)]);
}
