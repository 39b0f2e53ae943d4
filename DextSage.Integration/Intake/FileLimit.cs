using DextSage.Integration.Intake.Unpacking;

namespace DextSage.Integration.Intake;

/// <summary>Bytes that a file may bring, by every door.</summary>
public static class FileLimit
{
    /// <param name="head">Its first bytes: a ZIP may bring more, whatever it is called.</param>
    public static long Of(ReadOnlySpan<byte> head) => ZipDirectory.Begins(head) ? Arrivals.LargestZip : Arrivals.LargestFile;
}
