using DextSage.Integration.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>
/// Passkeys, written out here: Identity's own mapping of them is chosen by the host's <c>IdentityOptions</c>, so that the
/// model would be another one in a tool or a test that has no host.
/// </summary>
internal sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    // WebAuthn level 3, 4: a credential id has at most 1023 bytes.
    private const int LongestCredentialId = 1023;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkey)
    {
        passkey.ToTable("AspNetUserPasskeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(LongestCredentialId);
        passkey.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId);
        passkey.OwnsOne(p => p.Data, data => data.ToJson());
    }
}
