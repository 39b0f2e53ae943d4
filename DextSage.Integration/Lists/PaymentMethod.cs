using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>
/// How something was paid: Dext's own list, not Sage's. A name and the card's last digits; what is paid with it lands in Sage on the bank
/// account that it is linked to.
/// </summary>
public sealed class PaymentMethod : IBusinessOwned
{
    public const int LongestName = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required string Name { get; set; }

    /// <summary>Two to four digits, as they stand on receipts.</summary>
    public string? LastDigits { get; set; }

    /// <summary>The bank account of Sage's it is linked to; null until somebody links it.</summary>
    public Guid? BankAccountId { get; set; }
    public BankAccount? BankAccount { get; init; }

    /// <summary>Removed by a person; kept, so that what was paid with it still reads well.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As people tell it from others: with the last digits, where it has some.</summary>
    public static string FullName(string name, string? lastDigits) => lastDigits is null ? name : $"{name} {lastDigits}";
}
