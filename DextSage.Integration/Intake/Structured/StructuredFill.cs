using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Structured;

/// <summary>What an electronic invoice gives its item beyond the values of its fields.</summary>
internal static class StructuredFill
{
    /// <summary>
    /// Whether it is a cost or a sale, where exactly one of its parties is this business by name: whoever added it may have dropped it in the wrong place. And its type.
    /// </summary>
    /// <param name="ownNames">The business's, here and in Sage.</param>
    public static void Place(Item item, StructuredInvoice invoice, IReadOnlyList<string> ownNames)
    {
        var (isOurs, isToUs) = (IsOne(invoice.Seller), IsOne(invoice.Buyer));
        if (isOurs != isToUs)
        {
            item.Workspace = isOurs ? Workspace.Sales : Workspace.Costs;
            item.Type = isOurs ? ItemType.SalesInvoice : ItemType.Invoice;
        }

        if (StructuredValues.IsCredit(invoice)) item.Type = ItemType.CreditNote;

        bool IsOne(StructuredParty? party) => party is not null && party.Names.Any(name => ownNames.Any(own => own.Length > 0 && Same(own, name)));
    }

    /// <summary>The other name of its party where Sage knows that one, its lines, or of the single amount its tax rate.</summary>
    public static async Task ApplyAsync(DextSageDb db, Item item, StructuredInvoice invoice, ReviewContext context, CancellationToken cancellationToken)
    {
        await MatchOtherNameAsync(db, item, invoice, cancellationToken);
        item.Document!.CarriesInvoice = true;
        var lines = StructuredLines.Of(invoice).Drafts;
        await StatedLines.ApplyAsync(db, item, IsDomestic(invoice) ? lines : [.. lines.Select(l => l with { HasPlainRate = false })], context, cancellationToken);
        // Where there are lines too: they may be dropped again.
        if (item.TaxRateId is null && context.UsesTax && IsDomestic(invoice) && invoice.Taxes.All(t => StructuredLines.IsPlain(t.Category)) && invoice.Taxes.Select(t => t.Percent).Distinct().ToList() is [{ } only])
            item.TaxRateId = await NameMatch.TaxRateAsync(db, item, only, context, cancellationToken);
    }

    /// <summary>Another country's tax of the same percentage is not this one's.</summary>
    private static bool IsDomestic(StructuredInvoice invoice) => invoice is not { Seller.Address.Country: { } from, Buyer.Address.Country: { } to } || from == to;

    private static async Task MatchOtherNameAsync(DextSageDb db, Item item, StructuredInvoice invoice, CancellationToken cancellationToken)
    {
        var isSale = item.Workspace is Workspace.Sales;
        if ((isSale ? item.CustomerId : item.SupplierId) is not null || (isSale ? invoice.Buyer : invoice.Seller)?.Names.ToList() is not [var legal, var trading]) return;
        if ((isSale ? item.CustomerName : item.SupplierName) != legal) return;
        Name(trading);
        await NameMatch.ApplyAsync(db, item, cancellationToken);
        if ((isSale ? item.CustomerId : item.SupplierId) is null) Name(legal);

        void Name(string name)
        {
            if (isSale) item.CustomerName = name;
            else item.SupplierName = name;
        }
    }

    private static bool Same(string own, string name) => string.Equals(Spaced(own), Spaced(name), StringComparison.OrdinalIgnoreCase);

    private static string Spaced(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
