using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the settings give an item that nobody gave it.</summary>
internal static class ItemDefaults
{
    /// <summary>The default tax rate, where the item has none.</summary>
    public static async Task ApplyAsync(DextSageDb db, Item item, ReviewContext context, CancellationToken cancellationToken)
    {
        if (!context.UsesTax || item.TaxRateId is not null || context.DefaultRateOf(item) is not { } rate) return;
        if (await db.TaxRates.AnyAsync(t => t.Id == rate && t.RetiredAt == null, cancellationToken)) item.TaxRateId = rate;
    }

    /// <summary>Where the rate's tax counts and not the paper's. And what its lines come to. The item's entries must be loaded.</summary>
    public static void SettleTax(Item item, ReviewContext context)
    {
        if (item.Lines.Count > 0) LineMath.Settle(item, context);
        else if (DecidesTax(item, context)) item.Tax = TaxMath.TaxWithin(item.Total!.Value, item.TaxRate!.Percentage);
    }

    public static bool DecidesTax(Item item, ReviewContext context) =>
        context is { UsesTax: true, TaxSource: TaxSource.Rate } && item is { Lines.Count: 0, ReverseCharge: false, TaxRate: not null, Total: > 0 };
}
