using DextSage.App.Hosting;
using DextSage.App.Security;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DextSage.App.Account;

/// <summary>ASP.NET Core Identity, its cookies, and the endpoints beside the account pages.</summary>
internal static class Accounts
{
    public static void AddAccounts(this IServiceCollection services, HostSettings settings)
    {
        services.AddIdentityCore<Person>(SetRules)
            .AddEntityFrameworkStores<DextSageDb>()
            .AddSignInManager<Doorkeeper>()
            .AddClaimsPrincipalFactory<NamedPrincipals>()
            .AddDefaultTokenProviders();
        services.AddScoped<Doorkeeper>(s => (Doorkeeper)s.GetRequiredService<SignInManager<Person>>());
        services.AddScoped<FirstRun>();
        services.AddScoped<AuthenticationStateProvider, LivingSession>();
        services.AddCascadingAuthenticationState();
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<SessionChecks>>((o, checks) => o.ValidationInterval = checks.Value.Cookies);
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = settings.Url.Host;
            o.UserVerificationRequirement = "required"; // A passkey stands for both factors.
            o.ResidentKeyRequirement = "required"; // Signing in asks for no address first.
        });
        AddCookies(services, settings);
        // An endpoint that forgets to say who may use it is for signed-in people.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRateLimits();
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapGet(Urls.Home, HomeDoor.GoAsync).AllowAnonymous();
        app.MapGet(Urls.Error, Mishaps.ShowAsync).AllowAnonymous();
        app.MapPost(Urls.SignOut, SignOutAsync).AllowAnonymous().DisableAntiforgery().RefuseCrossSite();
        app.MapPost(Urls.PasskeyCreation, Passkeys.CreationAsync).DisableAntiforgery().RefuseCrossSite();
        app.MapPost(Urls.PasskeyRequest, Passkeys.RequestAsync).AllowAnonymous().DisableAntiforgery().RefuseCrossSite().RequireRateLimiting(RateLimits.SignIn);
    }

    private static async Task<IResult> SignOutAsync(Doorkeeper door)
    {
        await door.SignOutAsync();
        return Results.LocalRedirect(Urls.SignIn);
    }

    private static void SetRules(IdentityOptions identity)
    {
        identity.User.RequireUniqueEmail = true;
        identity.User.AllowedUserNameCharacters = ""; // Any: the user name is the e-mail address.
        // Length, not puzzles (NIST SP 800-63B, 3.1.1.2).
        identity.Password.RequiredLength = 12;
        identity.Password.RequiredUniqueChars = 4;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void AddCookies(IServiceCollection services, HostSettings settings)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(o =>
            {
                Harden(o.Cookie, "dextsage", settings);
                o.LoginPath = Urls.SignIn;
                o.ReturnUrlParameter = "returnUrl";
                o.ExpireTimeSpan = TimeSpan.FromHours(12);
                o.Events.OnRedirectToLogin = ToSignInAsync;
                o.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
            cookies.TwoFactorUserIdCookie!.Configure(o => Harden(o.Cookie, "dextsage-second-step", settings));
            cookies.TwoFactorRememberMeCookie!.Configure(o => Harden(o.Cookie, "dextsage-remembered", settings));
            cookies.ExternalCookie!.Configure(o => Harden(o.Cookie, "dextsage-external", settings));
        });
        services.AddAntiforgery(o =>
        {
            Harden(o.Cookie, "dextsage-forms", settings);
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.SuppressXFrameOptionsHeader = true; // SecurityHeaders says it, and more strictly.
        });
    }

    // Lax, because the return from Sage is a navigation from another site. __Host- needs Secure, and Secure needs https.
    private static void Harden(CookieBuilder cookie, string name, HostSettings settings)
    {
        cookie.Name = settings.IsHttps ? $"__Host-{name}" : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    // Sage's answer carries a code in its query, which must not turn up in a second address.
    private static Task ToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.Request.Path.StartsWithSegments(Urls.SageCallback, StringComparison.OrdinalIgnoreCase) ? Urls.SignIn : context.RedirectUri);
        return Task.CompletedTask;
    }
}
