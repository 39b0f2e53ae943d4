namespace DextSage.Integration.Items;

/// <summary>A total and the tax within it, parted in two.</summary>
/// <param name="Total">Tax included.</param>
/// <param name="Tax">Null where the whole has none typed.</param>
public readonly record struct AmountShare(decimal Total, decimal? Tax)
{
    /// <summary>The part and the rest, which together are the whole to the penny: the tax is parted as the total is.</summary>
    /// <param name="part">More than zero, less than the total, in whole pence.</param>
    public static (AmountShare Part, AmountShare Left) Of(decimal total, decimal? tax, decimal part)
    {
        decimal? partTax = tax is { } all ? decimal.Round(all * part / total, 2, MidpointRounding.AwayFromZero) : null;
        return (new(part, partTax), new(total - part, tax - partTax));
    }

    /// <summary>Why it is no part of this total; null where it is one.</summary>
    public static string? Refusal(decimal? total, decimal part) => total switch
    {
        null or <= 0 => "Enter the total amount first.",
        _ when part <= 0 || part >= total => FormattableString.Invariant($"The new item gets more than 0.00 and less than {total:N2}, the whole of it."),
        _ when decimal.Round(part, 2) != part => "An amount has two decimals at most.",
        _ => null,
    };
}
