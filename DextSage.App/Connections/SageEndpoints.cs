using System.Buffers.Text;
using System.Security.Cryptography;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DextSage.App.Connections;

/// <summary>Leaving for Sage's login, and coming back: the two steps of the wizard that are HTTP and not pages.</summary>
public static class SageEndpoints
{
    private static readonly TimeSpan WalkTime = TimeSpan.FromMinutes(10);

    /// <summary>256 bits in base64url.</summary>
    private const int SecretLength = 43;

    public static void MapSageConnect(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.SageAuthorise("{slug}", "{intent:regex(^(connect|reconnect|change)$)}"), LeaveAsync).RequireAuthorization();
        // Anonymous, since a visitor who has been signed out meanwhile deserves an answer too.
        app.MapGet(Urls.SageCallback, ReturnAsync).AllowAnonymous();
    }

    private static async Task<IResult> LeaveAsync(string slug, string intent, HttpContext http, BusinessDirectory directory, Authorisation authorisation, CancellationToken cancellation)
    {
        Seal(http.Response);
        if (!ComesFromHere(http.Request))
            return Refuse(StatusCodes.Status403Forbidden, "Begin from Connections", "For your safety the way to Sage begins only on this server's own pages: open Business settings, then Connections.");
        if (http.User.PersonId() is not { } person || await directory.FindAsync(person, slug, cancellation) is not { } business)
            return NoSuchBusiness();

        var secret = BrowserSecret(http.Request);
        try
        {
            var walk = Enum.Parse<AuthorisationIntent>(intent, ignoreCase: true);
            if (await authorisation.BeginAsync(business.Caller, walk, secret, cancellation) is not { } login)
                return TypedResults.Redirect(Urls.SageProblem(slug, WizardProblem.NotSetUp.Segment()));
            http.Response.Cookies.Append(CookieName(http.Request), secret, CookieFor(http.Request));
            return TypedResults.Redirect(login.AbsoluteUri);
        }
        catch (AccessDeniedException refused)
        {
            return Refuse(refused);
        }
    }

    private static async Task<IResult> ReturnAsync(HttpContext http, Authorisation authorisation, CancellationToken cancellation)
    {
        Seal(http.Response);
        if (http.User.PersonId() is not { } person) return TypedResults.Redirect(Urls.SageReturnProblem(ProblemSegments.SignedOut));

        var callback = new SageCallback(One(http, "state"), One(http, "code"), One(http, "country"), One(http, "error"), One(http, "reason"));
        try
        {
            return TypedResults.Redirect(Next(await authorisation.ReturnAsync(person, http.Request.Cookies[CookieName(http.Request)], callback, cancellation)));
        }
        catch (AccessDeniedException refused)
        {
            return Refuse(refused);
        }
    }

    private static string Next(AuthorisationReturn end) => end switch
    {
        { Problem: null, BusinessSlug: { } slug, RequestId: { } request } => Urls.SageOrganisation(slug, request),
        { BusinessSlug: { } slug, Problem: { } problem } => Urls.SageProblem(slug, problem.Segment()),
        _ => Urls.SageReturnProblem((end.Problem ?? WizardProblem.UnknownState).Segment()),
    };

    // One secret per browser while it walks: two tabs do not spoil each other's way, and a return that comes twice is told so. That
    // each return works once is the request row's business, not the cookie's.
    private static string BrowserSecret(HttpRequest request) =>
        request.Cookies[CookieName(request)] is { Length: SecretLength } held ? held : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Another site's page must not begin a walk in a person's name. Browsers that do not send the header are let through: the
    // state is bound to this browser and this person anyway.
    private static bool ComesFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";

    /// <summary>A parameter that is there once; two of a kind are a forgery, not a choice.</summary>
    private static string? One(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;

    // Code and state are in this address: it is neither kept nor told to the next page.
    private static void Seal(HttpResponse response)
    {
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
    }

    private static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-dextsage-sage" : "dextsage-sage";

    // Lax, not Strict: it must come along when Sage sends the browser back.
    private static CookieOptions CookieFor(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = WalkTime,
        IsEssential = true,
    };

    private static RazorComponentResult<RefusalDocument> Refuse(AccessDeniedException refused) => refused.IsMember
        ? Refuse(StatusCodes.Status403Forbidden, "Connecting is for Admins", "Your role in this business does not include connecting. Ask an Admin of the business.")
        : NoSuchBusiness();

    private static RazorComponentResult<RefusalDocument> NoSuchBusiness() =>
        Refuse(StatusCodes.Status404NotFound, "There is nothing here", "The address may be mistyped, or it belongs to a business that you are not a member of.");

    private static RazorComponentResult<RefusalDocument> Refuse(int status, string title, string sentence) =>
        new(new { Title = title, Sentence = sentence }) { StatusCode = status };
}
