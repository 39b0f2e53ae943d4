using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DextSage.Tests.Sage;

/// <summary>A server on this machine that speaks TLS with a certificate that nobody should trust, and notes what it was told.</summary>
internal sealed class TlsServer : IDisposable
{
    private const byte Handshake = 0x16;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate;
    private readonly ConcurrentQueue<string> told = new();
    private int connections;
    private int inClear;

    /// <param name="name">The host that the certificate is for.</param>
    /// <param name="days">How long it is still good; negative for one that has run out.</param>
    public TlsServer(string name, int days)
    {
        certificate = Certificate(name, TimeProvider.System.GetUtcNow().AddDays(days));
        listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/v3.1");

    public int Connections => connections;

    /// <summary>Connections that began with something other than a handshake.</summary>
    public int InClear => inClear;

    /// <summary>What came through once a handshake had succeeded.</summary>
    public IReadOnlyCollection<string> Told => told;

    public void Dispose()
    {
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref connections);
                var first = new byte[1];
                if (await client.Client.ReceiveAsync(first, SocketFlags.Peek) == 1 && first[0] != Handshake) Interlocked.Increment(ref inClear);
                await using var secured = new SslStream(client.GetStream());
                await secured.AuthenticateAsServerAsync(certificate);
                var request = new byte[4096];
                if (await secured.ReadAsync(request) is > 0 and var read) told.Enqueue(System.Text.Encoding.ASCII.GetString(request, 0, read));
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // The client would not have this certificate.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static X509Certificate2 Certificate(string name, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(until.AddYears(-1), until);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
