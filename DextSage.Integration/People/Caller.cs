namespace DextSage.Integration.People;

/// <summary>Who asks, in which business. Only a claim: <see cref="Storage.BusinessStore"/> checks it against the membership each time.</summary>
public readonly record struct Caller(Guid PersonId, Guid BusinessId);

/// <summary>The caller is no member of the business, or their role does not allow this.</summary>
public sealed class AccessDeniedException(Permission permission, bool isMember)
    : Exception(isMember ? $"This needs the permission {permission}." : "There is no such business for this person.")
{
    public Permission Permission { get; } = permission;

    /// <summary>False where not even the existence of the business may be told.</summary>
    public bool IsMember { get; } = isMember;
}
