using Microsoft.AspNetCore.Identity;

namespace DextSage.Integration.People;

/// <summary>Somebody who signs in. What they may do is said per business, by their <see cref="Membership"/>.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name that colleagues see beside what this person did.</summary>
    public string DisplayName { get; set; } = "";
}
