using System.Security.Cryptography;
using DextSage.Integration.Sage;
using Microsoft.AspNetCore.DataProtection;

namespace DextSage.Integration.Connections;

/// <summary>Seals what Sage entrusts to us. The keys lie outside the database: a stolen database opens nothing.</summary>
public sealed class TokenVault(IDataProtectionProvider protection)
{
    private const char Separator = '\n';

    internal string Seal(Guid businessId, SageGrant tokens) => Protector(businessId).Protect(tokens.AccessToken + Separator + tokens.RefreshToken);

    /// <summary>Null where our keys can no longer read it.</summary>
    internal Tokens? Open(Guid businessId, string sealedTokens) =>
        OpenText(businessId, sealedTokens)?.Split(Separator) is [var access, var refresh] ? new Tokens(access, refresh) : null;

    internal string SealText(Guid businessId, string text) => Protector(businessId).Protect(text);

    internal string? OpenText(Guid businessId, string sealedText)
    {
        try
        {
            return Protector(businessId).Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // One purpose per business: what is sealed for one cannot be opened for another.
    private IDataProtector Protector(Guid businessId) => protection.CreateProtector("DextSage.Sage", businessId.ToString("N"));

    internal sealed class Tokens(string access, string refresh)
    {
        public string Access { get; } = access;
        public string Refresh { get; } = refresh;
    }
}
