using System.Security.Cryptography;

namespace DextSage.Integration.Intake;

/// <summary>The name that a PDF has for itself (ISO 32000-1, 14.4).</summary>
internal static class PdfId
{
    /// <summary>PdfPig gives every file a random /ID; what is drawn or bound of the same shall have the same bytes, so its content's hash takes that place. The array itself is changed.</summary>
    public static byte[] Steady(byte[] pdf)
    {
        var start = pdf.AsSpan().LastIndexOf("/ID ["u8);
        if (start < 0) return pdf;
        var id = pdf.AsSpan(start, pdf.AsSpan(start).IndexOf((byte)']'));
        var hash = Convert.ToHexString(SHA256.HashData(pdf.AsSpan(0, start)));
        var digit = 0;
        foreach (ref var letter in id["/ID ["u8.Length..])
        {
            if (char.IsAsciiHexDigit((char)letter)) letter = (byte)hash[digit++ % hash.Length];
        }

        return pdf;
    }
}
