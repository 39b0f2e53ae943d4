using DextSage.Integration.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DextSage.App.Account;

/// <summary>How long a session lives on after its person was removed, disabled, or changed their password elsewhere.</summary>
public sealed class SessionChecks
{
    /// <summary>For requests.</summary>
    public TimeSpan Cookies { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For open pages.</summary>
    public TimeSpan Circuits { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>
/// Looks again, while a page is open, whether its person may still be signed in: a circuit keeps the identity it began with.
/// When not, the page becomes a visitor's, and the router leaves for the sign-in page.
/// </summary>
internal sealed class LivingSession(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<SessionChecks> checks)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => checks.Value.Circuits;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // A scope of its own: the circuit's would hand out the person as they were when the page was opened.
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var user = authenticationState.User;
        return await people.GetUserAsync(user) is { } person
            && !person.IsDisabled()
            && user.FindFirst(people.Options.ClaimsIdentity.SecurityStampClaimType)?.Value == await people.GetSecurityStampAsync(person);
    }
}
