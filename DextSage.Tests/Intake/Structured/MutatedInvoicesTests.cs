using System.Globalization;
using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Intake.Structured;

/// <summary>Electronic invoices that something happened to on their way. <c>DEXTSAGE_CASES</c> asks for more than ten thousand.</summary>
public sealed class MutatedInvoicesTests
{
    private const string Seed = "0N0XIzNsQ0O2";
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("DEXTSAGE_CASES"), CultureInfo.InvariantCulture, out var more) ? more : 10_000;

    private static readonly Gen<byte[]> Mutated =
        from original in Gen.OneOf(Gen.Const(new DrawnInvoice { Discount = 5 }.Ubl()), Gen.Const(new DrawnInvoice { TypeCode = "381" }.Ubl()), Gen.Const(new DrawnInvoice { Discount = 5 }.Cii()))
        from changes in Gen.Select(Gen.Int[0, original.Length - 1], Gen.OneOf(Gen.Byte, Gen.Byte[0x30, 0x39], Gen.Int[0, 4].Select(i => "<>&-."u8[i]))).Array[0, 8]
        from doubled in Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, 600])
        from length in Gen.OneOf(Gen.Const(original.Length), Gen.Const(original.Length), Gen.Int[0, original.Length])
        select Apply(original, changes, doubled, length);

    [Fact]
    public void Nothing_falls_over_and_lines_that_are_made_come_to_the_total() => Mutated.Sample(
        xml =>
        {
            var (invoice, trouble) = StructuredReader.Read(xml);
            if (invoice is null) return trouble is not StructuredTrouble.None;
            var values = StructuredValues.Of(invoice, PaperReading.Nothing);
            SumChecks.Of(invoice);
            StructuredText.Of(invoice);
            var (drafts, whyNot) = StructuredLines.Of(invoice);
            // Either all of them, to the penny, or none.
            return drafts.Count == 0 || (whyNot is null && values.Total is { } total && drafts.Sum(d => d.Net + d.Tax) == Math.Abs(total.Value));
        },
        seed: Seed, iter: Cases);

    private static byte[] Apply(byte[] original, (int At, byte Value)[] changes, (int At, int Length) doubled, int length)
    {
        var copy = original.ToArray();
        foreach (var (at, value) in changes) copy[at] = value;
        var part = copy.AsSpan(doubled.At, Math.Min(doubled.Length, copy.Length - doubled.At)).ToArray();
        byte[] whole = [.. copy[..doubled.At], .. part, .. copy[doubled.At..]];
        return whole[..Math.Min(length, whole.Length)];
    }
}
