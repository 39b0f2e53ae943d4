using System.Globalization;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A purchase invoice with every member that Sage sends.</summary>
internal static class PurchaseInvoiceBody
{
    public static JsonObject New(ApiCall call, PurchaseInvoiceDraft draft, string id, string transactionId)
    {
        var lines = draft.Lines;
        decimal net = lines.Sum(line => line.Net), total = lines.Sum(line => line.Total), tax = total - net;
        var taxed = call.Business.VatRegistered;
        var contact = draft.Contact!;
        string Base(decimal amount) => SageDecimal.Text(SageDecimal.Money(amount * draft.Rate));

        return new JsonObject
        {
            ["id"] = id,
            ["displayed_as"] = draft.Reference ?? "",
            ["$path"] = $"/purchase_invoices/{id}",
            ["created_at"] = call.Now,
            ["updated_at"] = call.Now,
            ["links"] = new JsonArray(),
            ["editable"] = true,
            ["vat_reverse_charge"] = draft.ReverseCharge,
            ["transaction"] = Reference.To("transactions", transactionId, draft.Reference),
            ["transaction_type"] = Reference.To("transaction_types", "PURCHASE_INVOICE", "Purchase Invoice"),
            ["postponed_accounting"] = false,
            ["import"] = false,
            ["vat_exempt_consignment"] = false,
            ["deleted_at"] = null,
            ["contact"] = contact.AsReference(),
            ["contact_name"] = contact.Body.Text("name"),
            ["contact_reference"] = contact.Body.Text("reference"),
            ["date"] = Day(draft.Date),
            ["due_date"] = Day(draft.DueDate),
            ["reference"] = draft.Reference,
            ["vendor_reference"] = draft.VendorReference,
            ["notes"] = draft.Notes,
            ["total_quantity"] = SageDecimal.Text(lines.Sum(line => line.Quantity)),
            ["net_amount"] = SageDecimal.Text(net),
            ["tax_amount"] = taxed ? SageDecimal.Text(tax) : null,
            ["total_amount"] = SageDecimal.Text(total),
            ["payments_allocations_total_amount"] = "0.0",
            ["payments_allocations_total_discount"] = "0.0",
            ["total_paid"] = "0.0",
            ["outstanding_amount"] = SageDecimal.Text(total),
            ["currency"] = draft.Currency!.AsReference(),
            ["exchange_rate"] = SageDecimal.Text(draft.Rate),
            ["inverse_exchange_rate"] = SageDecimal.Text(Math.Round(1 / draft.Rate, 6)),
            ["base_currency_net_amount"] = Base(net),
            ["base_currency_tax_amount"] = taxed ? Base(tax) : null,
            ["base_currency_total_amount"] = Base(total),
            ["base_currency_outstanding_amount"] = Base(total),
            // Invented: whatever status_id asks for, a purchase invoice begins unpaid (Sage API 9.4; DRAFT purchases are unknown).
            ["status"] = Reference.To("artefact_statuses", "UNPAID", "Unpaid"),
            ["void_reason"] = null,
            ["invoice_lines"] = new JsonArray([.. lines.Select(line => Line(call, line, draft.Rate))]),
            ["tax_analysis"] = new JsonArray([.. TaxAnalysis(lines)]),
            ["detailed_tax_analysis"] = new JsonObject
            {
                ["total_net"] = SageDecimal.Text(net), ["total_tax"] = SageDecimal.Text(tax), ["total"] = SageDecimal.Text(total),
                ["base_currency_total_net"] = Base(net), ["base_currency_total_tax"] = Base(tax), ["base_currency_total"] = Base(total),
            },
            ["payments_allocations"] = new JsonArray(),
            ["last_paid"] = null,
            ["tax_address_region"] = null,
            ["corrections"] = new JsonArray(),
            ["tax_reconciled"] = false,
            ["migrated"] = false,
            ["tax_calculation_method"] = taxed ? "invoice" : null,
        };
    }

    private static JsonObject Line(ApiCall call, DraftLine line, decimal exchange)
    {
        string Base(decimal amount) => SageDecimal.Text(SageDecimal.Money(amount * exchange));
        return new JsonObject
        {
            ["id"] = line.Id ?? SeedId.New(),
            ["displayed_as"] = line.Description,
            ["is_purchase_for_resale"] = false,
            ["analysis_type_categories"] = new JsonArray([.. line.Categories.Select(category => Category(call, category))]),
            ["description"] = line.Description,
            ["product"] = line.Product?.AsReference(),
            ["service"] = line.Service?.AsReference(),
            ["ledger_account"] = line.Account!.AsReference(),
            ["trade_of_asset"] = false,
            ["quantity"] = SageDecimal.Text(line.Quantity),
            ["unit_price"] = SageDecimal.Text(line.UnitPrice),
            ["net_amount"] = SageDecimal.Text(line.Net),
            ["tax_rate"] = line.TaxRate?.AsReference(),
            ["tax_amount"] = line.Tax is { } tax ? SageDecimal.Text(tax) : null,
            ["tax_breakdown"] = Breakdown(line, line.Tax),
            ["total_amount"] = SageDecimal.Text(line.Total),
            ["base_currency_unit_price"] = Base(line.UnitPrice),
            ["unit_price_includes_tax"] = line.PriceIncludesTax,
            ["base_currency_net_amount"] = Base(line.Net),
            ["base_currency_tax_amount"] = line.Tax is { } foreign ? Base(foreign) : null,
            ["base_currency_tax_breakdown"] = Breakdown(line, line.Tax * exchange),
            ["base_currency_total_amount"] = Base(line.Total),
            ["eu_goods_services_type"] = null,
        };
    }

    private static JsonObject Category(ApiCall call, Record category)
    {
        var shown = category.AsReference();
        shown["analysis_type"] = call.Find("analysis_types", LineCategories.TypeOf(category))!.AsReference();
        return shown;
    }

    private static JsonArray Breakdown(DraftLine line, decimal? tax) => line.TaxRate is null || tax is null ? [] :
    [
        new JsonObject { ["tax_rate"] = line.TaxRate.AsReference(), ["percentage"] = line.TaxRate.Body.Text("percentage"), ["amount"] = SageDecimal.Text(SageDecimal.Money(tax.Value)) },
    ];

    private static IEnumerable<JsonNode> TaxAnalysis(IReadOnlyList<DraftLine> lines) => lines.Where(line => line is { TaxRate: not null, Tax: not null }).GroupBy(line => line.TaxRate!.Id)
        .Select(rate => new JsonObject
        {
            ["tax_rate"] = rate.First().TaxRate!.AsReference(),
            ["net_amount"] = SageDecimal.Text(rate.Sum(line => line.Net)),
            ["tax_amount"] = SageDecimal.Text(rate.Sum(line => line.Tax!.Value)),
            ["total_amount"] = SageDecimal.Text(rate.Sum(line => line.Total)),
            ["goods_amount"] = "0.0",
            ["service_amount"] = "0.0",
        });

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
