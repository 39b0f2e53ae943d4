using QRCoder;

namespace DextSage.App.Account;

/// <summary>What an authenticator app needs to know.</summary>
internal static class TotpSetup
{
    private const string Issuer = "DextSage";

    /// <summary>The key as an image for a camera: a data URL, which the page's policy allows for images alone.</summary>
    public static string QrCode(string email, string key)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Address(email, key), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(pixelsPerModule: 5))}";
    }

    /// <summary>In groups of four, for a person to type.</summary>
    public static string Spaced(string key) => string.Join(' ', key.Chunk(4).Select(four => new string(four)));

    /// <summary>People type codes with the gap that their app shows.</summary>
    public static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));

    private static string Address(string email, string key) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(email)}?secret={key}&issuer={Issuer}&digits=6";
}
