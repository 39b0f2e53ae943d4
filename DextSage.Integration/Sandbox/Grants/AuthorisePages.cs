using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>The browser's side of the dance (Sage API 2.1): login, region picker, consent, and back to the application.</summary>
internal sealed class AuthorisePages(HttpContext http, Books books, Grants grants, SandboxClock clock, SageSandboxOptions options)
{
    private readonly AuthorisationRequest request = new(http.Request.Query);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/oauth2/auth/central", With(pages => Task.FromResult(pages.Central())));
        endpoints.MapGet("/oauth2/login", With(pages => Task.FromResult(pages.Login(null))));
        endpoints.MapPost("/oauth2/login", With(pages => pages.SignInAsync()));
        endpoints.MapGet("/oauth2/region", With(pages => Task.FromResult(pages.Region())));
        endpoints.MapGet("/oauth2/consent", With(pages => Task.FromResult(pages.Consent())));
        endpoints.MapPost("/oauth2/consent", With(pages => pages.DecideAsync()));
    }

    /// <summary>Every page checks the request anew: a stranger gets a page, a bad request goes back with its error, others go on.</summary>
    private static Func<HttpContext, Books, Grants, SandboxClock, IOptions<SageSandboxOptions>, Task<IResult>> With(Func<AuthorisePages, Task<IResult>> next) =>
        (http, books, grants, clock, options) =>
        {
            var pages = new AuthorisePages(http, books, grants, clock, options.Value);
            if (pages.request.Stranger(options.Value) is { } reason)
                return Task.FromResult(pages.Show("This request cannot go on", LoginPages.Problem(reason), StatusCodes.Status400BadRequest));
            if (pages.request.Error() is { } error) return Task.FromResult(pages.Return(("error", error)));
            return next(pages);
        };

    private IResult Central() => To("login");

    private IResult Login(string? problem)
    {
        var page = SandboxSession.Who(http, books) is { } known && problem is null && !request.Query.ContainsKey("other")
            ? LoginPages.Continue(known, Action("login"))
            : LoginPages.Login(Action("login"), problem);
        return Show("Sign in", page, problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
    }

    private async Task<IResult> SignInAsync()
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        switch (form["step"].ToString())
        {
            case "continue":
                return SandboxSession.Who(http, books) is null ? Login(null) : To(AfterLogin());
            case "other":
                SandboxSession.End(http, books, options);
                return To("login");
        }
        var email = form["email"].ToString().Trim();
        var person = form["person"].ToString() is { Length: > 0 } id
            ? Person.With(id)
            : form["password"] == "sandbox" ? Person.All.FirstOrDefault(one => string.Equals(one.Email, email, StringComparison.OrdinalIgnoreCase)) : null;
        if (person is null) return Login("No sandbox login has this e-mail address and password. The password is always “sandbox”.");
        SandboxSession.Begin(http, books, clock, options, person);
        return To(AfterLogin());
    }

    private string AfterLogin() => request.Country is null ? "region" : "consent";

    private IResult Region() => SandboxSession.Who(http, books) is null
        ? To("login")
        : Show("Where is your business?", LoginPages.Regions(country => Action("consent", country)));

    private IResult Consent()
    {
        if (SandboxSession.Who(http, books) is not { } person) return To("login");
        if (request.Country is null) return To("region");
        // A country in which the person has no business fails in this odd way (Sage API 2.1).
        if (!person.Businesses.Any(one => one.Country == request.Country)) return Return(("error", "Invalid request"), ("reason", "Email already in use"));
        // Asked only once for each person and application, until the person removes it.
        return grants.HasConsent(person) ? Accepted(person) : Show("Allow access?", LoginPages.Consent(person, request.Scope, Action("consent")));
    }

    private async Task<IResult> DecideAsync()
    {
        if (SandboxSession.Who(http, books) is not { } person) return To("login");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["decision"] != "allow") return Return(("error", "access_denied"));
        if (request.Country is null) return To("region");
        grants.Consent(person);
        return Accepted(person);
    }

    private IResult Accepted(Person person) => Return(("code", grants.NewCode(person, request)), ("country", request.Country));

    private IResult Show(string title, Html content, int status = StatusCodes.Status200OK) => Page.Show(http, options, title, content, status);

    private IResult To(string step) => Found(Action(step));

    private IResult Return(params (string, string?)[] answer) => Found(request.Back(answer));

    private string Action(string step, string? country = null) => $"{Page.Home(http, options)}/oauth2/{step}{request.Carry(country)}";

    /// <summary>The address carries a code: nobody on the way may keep it.</summary>
    private IResult Found(string address)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Redirect(address);
    }
}
