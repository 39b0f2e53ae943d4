using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace DextSage.Tests.Security;

public sealed class HttpsTests
{
    [Fact]
    public async Task Over_https_cookies_belong_to_the_host_alone_and_the_browser_stays_with_https()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var certificate = Path.Combine(folder, "books.pfx");
            await File.WriteAllBytesAsync(certificate, SelfSigned("books.example"), TestContext.Current.CancellationToken);
            var port = TestApp.FreePort();
            await using var app = await TestApp.StartWithAsync(null, folder,
                "--DextSage:Url=https://books.example", $"--urls=https://127.0.0.1:{port}", "--DextSage:Sandbox=false",
                $"--Kestrel:Certificates:Default:Path={certificate}", "--Kestrel:Certificates:Default:Password=test");
            using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject == "CN=books.example" }, UseCookies = false };
            using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/account/first-run") { Headers = { Host = "books.example" } };

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(200, (int)response.StatusCode);
            var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
            Assert.StartsWith("__Host-dextsage-forms=", cookie);
            Assert.Contains("secure", cookie);
            Assert.Contains("httponly", cookie);
            Assert.Contains("max-age=", response.Headers.GetValues("Strict-Transport-Security").Single());
            Assert.Contains("wss://books.example", response.Headers.GetValues("Content-Security-Policy").Single());
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    private static byte[] SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, "test");
    }
}
