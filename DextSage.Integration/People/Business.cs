using DextSage.Integration.Storage;

namespace DextSage.Integration.People;

/// <summary>A client business: what Dext calls an account. Every other row belongs to one.</summary>
public sealed class Business
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>How the business is named in URLs: lower-case letters, digits and hyphens, unique.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>ISO 4217. Follows the Sage organisation once one is connected.</summary>
    public string BaseCurrency { get; set; } = "GBP";

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One person's place in one business.</summary>
public sealed class Membership : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required Guid PersonId { get; init; }
    public required Role Role { get; set; }

    /// <summary>The Standard user's publishing permission, all or none; the other roles publish anyway.</summary>
    public bool MayPublish { get; set; }

    public Person? Person { get; init; }
    public Business? Business { get; init; }
}
