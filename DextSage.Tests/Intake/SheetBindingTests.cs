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

    private static PaperAnswer Bind(params (byte[] Content, string Type, int From, int To)[] files) =>
        SheetBinding.Bind([.. files.Select(f => new SheetOrder(f.Content.Length, f.Type, f.From, f.To))], [.. files.SelectMany(f => f.Content)]);
}
