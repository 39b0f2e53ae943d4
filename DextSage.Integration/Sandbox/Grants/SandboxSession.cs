using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>Who is signed in to the sandbox in this browser: an own cookie that goes nowhere else, and of which only a hash is kept.</summary>
internal static class SandboxSession
{
    private const string Cookie = "sage_sandbox_session";

    public static Person? Who(HttpContext http, Books books) => http.Request.Cookies[Cookie] is not { Length: > 0 } secret ? null : books.Read(session =>
        Person.With(session.Scalar("SELECT person FROM session WHERE hash = $p0", SandboxToken.Hash(secret)) as string));

    public static void Begin(HttpContext http, Books books, SandboxClock clock, SageSandboxOptions options, Person person)
    {
        var secret = SandboxToken.NewSession();
        books.Write(session => session.Execute("INSERT INTO session VALUES ($p0, $p1, $p2)", SandboxToken.Hash(secret), person.Id, clock.Stamp));
        http.Response.Cookies.Append(Cookie, secret, How(http, options));
    }

    public static void End(HttpContext http, Books books, SageSandboxOptions options)
    {
        if (http.Request.Cookies[Cookie] is { Length: > 0 } secret)
            books.Write(session => session.Execute("DELETE FROM session WHERE hash = $p0", SandboxToken.Hash(secret)));
        http.Response.Cookies.Delete(Cookie, How(http, options));
    }

    /// <summary>Lax, because the application sends the browser here; a form posted from elsewhere carries no cookie.</summary>
    private static CookieOptions How(HttpContext http, SageSandboxOptions options) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Page.Home(http, options), IsEssential = true,
    };
}
