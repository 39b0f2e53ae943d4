using System.Security.Claims;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DextSage.App.Account;

/// <summary>Carries the name that colleagues see in the cookie, so that no page reads it from the database.</summary>
internal sealed class NamedPrincipals(UserManager<Person> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        return identity;
    }
}
