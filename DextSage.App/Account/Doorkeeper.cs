using System.Security.Claims;
using DextSage.App.Hosting;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DextSage.App.Account;

/// <summary>Signs people in, and decides who may be signed in at all, now and at every later check of their session.</summary>
public sealed class Doorkeeper(
    UserManager<Person> people, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Person> principals, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation, SandboxMode sandbox)
    : SignInManager<Person>(people, context, principals, options, logger, schemes, confirmation)
{
    /// <summary>An unknown address takes as long as a wrong password, and gets the same answer.</summary>
    public async Task<SignInResult> TryPasswordAsync(string email, string password)
    {
        if (await UserManager.FindByEmailAsync(email) is { } person)
            return await PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        UserManager.PasswordHasher.HashPassword(new Person(), password);
        return SignInResult.Failed;
    }

    /// <summary>One click, no password: only while the sandbox is on.</summary>
    public async Task<bool> TryReadyPersonAsync(string? name)
    {
        if (!sandbox.IsOn || ReadyPeople.All.FirstOrDefault(p => p.Name == name) is not { } ready) return false;
        if (await UserManager.FindByIdAsync(ready.Id.ToString()) is not { } person || !await CanSignInAsync(person)) return false;
        await SignInAsync(person, isPersistent: false);
        return true;
    }

    /// <summary>Ready people are nobody once the sandbox is off, even with a password or passkey that they gave themselves.</summary>
    public override async Task<bool> CanSignInAsync(Person user) =>
        (sandbox.IsOn || !ReadyPeople.Is(user.Id)) && !user.IsDisabled() && await base.CanSignInAsync(user);

    public override async Task<Person?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { } person && await CanSignInAsync(person) ? person : null;

    // A passkey comes here without having passed the checks that a password passes.
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(Person user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false) =>
        await PreSignInCheck(user) ?? await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
}

internal static class Standing
{
    /// <summary>Locked for good by an Admin, as opposed to for minutes by wrong passwords: open sessions end too.</summary>
    public static bool IsDisabled(this Person person) => person.LockoutEnd is { Year: >= 9999 };
}
