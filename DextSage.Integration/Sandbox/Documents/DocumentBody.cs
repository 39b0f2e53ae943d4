using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A document with every member that Sage sends.</summary>
internal static class DocumentBody
{
    public static JsonObject New(ApiCall call, DocumentKind kind, DocumentDraft draft, string id, string? transactionId, string? number)
    {
        var amounts = new Amounts(call, draft);
        var body = Header(call, kind, draft, amounts, id, transactionId, number);
        if (kind.IsQuickEntry) AddEntry(call, body, draft, amounts);
        else
        {
            AddShared(body, draft, amounts);
            if (kind.IsSale) AddSale(body, kind, draft, number!);
            else AddPurchase(body);
            if (kind.IsCreditNote) body["original_invoice_date"] = AccountingRules.Text(draft.OriginalDate);
            body[kind.Lines!] = new JsonArray([.. draft.Lines.Select(line => LineBody.New(call, kind, line, draft.Rate))]);
        }
        foreach (var (name, _) in kind.Texts) body[name] = draft.Texts[name];
        return body;
    }

    private static JsonObject Header(ApiCall call, DocumentKind kind, DocumentDraft draft, Amounts amounts, string id, string? transactionId, string? number)
    {
        var contact = draft.Contact!;
        var shown = number ?? draft.Texts["reference"];
        var body = new JsonObject
        {
            ["id"] = id,
            ["displayed_as"] = shown ?? "",
            ["$path"] = $"/{kind.Path}/{id}",
            ["created_at"] = call.Now,
            ["updated_at"] = call.Now,
            // A draft is not in the ledger yet (Sage API 9.4).
            ["transaction"] = transactionId is null ? null : Reference.To("transactions", transactionId, shown),
            ["transaction_type"] = TransactionTypes.OfDocument(kind, draft.EntryType).AsReference(),
            ["deleted_at"] = null,
            ["contact"] = contact.AsReference(),
            ["contact_name"] = contact.Body.Text("name"),
            ["contact_reference"] = contact.Body.Text("reference"),
            ["date"] = AccountingRules.Text(draft.Date),
            ["reference"] = draft.Texts["reference"],
            ["net_amount"] = SageDecimal.Text(amounts.Net),
            ["tax_amount"] = amounts.IfTaxed(amounts.Tax),
            ["total_amount"] = SageDecimal.Text(amounts.Total),
            ["outstanding_amount"] = SageDecimal.Text(draft.IsDraft ? 0 : amounts.Total),
            ["currency"] = draft.Currency!.AsReference(),
            ["exchange_rate"] = SageDecimal.Text(draft.Rate),
            ["inverse_exchange_rate"] = SageDecimal.Text(Math.Round(1 / draft.Rate, 6)),
            ["base_currency_net_amount"] = amounts.Base(amounts.Net),
            ["base_currency_tax_amount"] = amounts.IfTaxed(SageDecimal.Money(amounts.Tax * draft.Rate)),
            ["base_currency_total_amount"] = amounts.Base(amounts.Total),
            ["base_currency_outstanding_amount"] = amounts.Base(draft.IsDraft ? 0 : amounts.Total),
            // Invented: whatever else status_id asks for, a document begins unpaid (Sage API 9.4).
            ["status"] = draft.IsDraft ? ArtefactStatus.Draft : ArtefactStatus.Unpaid,
            ["payments_allocations"] = new JsonArray(),
            ["tax_address_region"] = null,
            ["migrated"] = false,
        };
        if (kind.Due != DueDay.None || kind.IsQuickEntry) body["due_date"] = AccountingRules.Text(draft.DueDate);
        return body;
    }

    private static void AddShared(JsonObject body, DocumentDraft draft, Amounts amounts)
    {
        body["links"] = new JsonArray();
        body["editable"] = true;
        body["vat_reverse_charge"] = draft.ReverseCharge;
        body["total_quantity"] = SageDecimal.Text(draft.Lines.Sum(line => line.Quantity));
        body["payments_allocations_total_amount"] = "0.0";
        body["payments_allocations_total_discount"] = "0.0";
        body["total_paid"] = "0.0";
        body["void_reason"] = null;
        body["tax_analysis"] = new JsonArray([.. amounts.TaxAnalysis()]);
        body["detailed_tax_analysis"] = amounts.DetailedTaxAnalysis();
        body["last_paid"] = null;
        body["tax_reconciled"] = false;
        body["tax_calculation_method"] = amounts.AreTaxed ? "invoice" : null;
    }

    private static void AddPurchase(JsonObject body)
    {
        body["postponed_accounting"] = false;
        body["import"] = false;
        body["vat_exempt_consignment"] = false;
        if (body.Object("transaction_type")!.Text("id") == "PURCHASE_INVOICE") body["corrections"] = new JsonArray();
    }

    private static void AddSale(JsonObject body, DocumentKind kind, DocumentDraft draft, string number)
    {
        var discount = draft.Lines.Sum(line => line.Discount);
        body[kind.Number!.Field + "_prefix"] = number.StartsWith(kind.Number.Prefix, StringComparison.Ordinal) ? kind.Number.Prefix : null;
        body[kind.Number.Field] = number;
        body["destination_consignment"] = false;
        foreach (var amount in (string[])["shipping_net_amount", "shipping_tax_amount", "shipping_total_amount"])
        {
            // Invented: shipping is a line like any other here.
            body[amount] = "0.0";
            body["base_currency_" + amount] = "0.0";
        }
        body["shipping_tax_rate"] = null;
        body["total_discount_amount"] = SageDecimal.Text(discount);
        body["base_currency_total_discount_amount"] = SageDecimal.Text(SageDecimal.Money(discount * draft.Rate));
        body["sent"] = draft.IsSent;
        body["sent_by_email"] = false;
        if (!kind.IsCreditNote) body["corrections"] = new JsonArray();
    }

    private static void AddEntry(ApiCall call, JsonObject body, DocumentDraft draft, Amounts amounts)
    {
        var line = draft.Lines[0];
        body["analysis_type_categories"] = LineCategories.Show(call, line);
        body["quick_entry_type"] = draft.EntryType!.AsReference();
        body["ledger_account"] = line.Account!.AsReference();
        body["tax_rate"] = line.TaxRate?.AsReference();
        body["tax_breakdown"] = LineBody.Breakdown(line, line.Tax);
        body["base_currency_tax_breakdown"] = LineBody.Breakdown(line, line.Tax * draft.Rate);
        body["trade_of_asset"] = false;
        body["tax_amount"] = amounts.IfTaxed(amounts.Tax);
    }
}

/// <summary>The sums of a document's lines (Sage API 9.2: per line, then summed).</summary>
internal sealed class Amounts(ApiCall call, DocumentDraft draft)
{
    private readonly IReadOnlyList<DraftLine> lines = draft.Lines;

    public decimal Net => lines.Sum(line => line.Net);
    public decimal Total => lines.Sum(line => line.Total);
    public decimal Tax => Total - Net;
    public bool AreTaxed => call.Business.VatRegistered;

    public string Base(decimal amount) => SageDecimal.Text(SageDecimal.Money(amount * draft.Rate));

    /// <summary>Null for a business that is not registered (Sage API 9.2).</summary>
    public string? IfTaxed(decimal amount) => AreTaxed ? SageDecimal.Text(amount) : null;

    public JsonObject DetailedTaxAnalysis() => new()
    {
        ["total_net"] = SageDecimal.Text(Net), ["total_tax"] = SageDecimal.Text(Tax), ["total"] = SageDecimal.Text(Total),
        ["base_currency_total_net"] = Base(Net), ["base_currency_total_tax"] = Base(Tax), ["base_currency_total"] = Base(Total),
    };

    public IEnumerable<JsonNode> TaxAnalysis() => lines.Where(line => line is { TaxRate: not null, Tax: not null }).GroupBy(line => line.TaxRate!.Id)
        .Select(rate => new JsonObject
        {
            ["tax_rate"] = rate.First().TaxRate!.AsReference(),
            ["net_amount"] = SageDecimal.Text(rate.Sum(line => line.Net)),
            ["tax_amount"] = SageDecimal.Text(rate.Sum(line => line.Tax!.Value)),
            ["total_amount"] = SageDecimal.Text(rate.Sum(line => line.Total)),
            ["goods_amount"] = "0.0",
            ["service_amount"] = "0.0",
        });
}

/// <summary>A line with every member that Sage sends.</summary>
internal static class LineBody
{
    public static JsonObject New(ApiCall call, DocumentKind kind, DraftLine line, decimal exchange)
    {
        string Base(decimal amount) => SageDecimal.Text(SageDecimal.Money(amount * exchange));
        var body = new JsonObject
        {
            ["id"] = line.Id ?? SeedId.New(),
            ["displayed_as"] = line.Description,
            ["analysis_type_categories"] = LineCategories.Show(call, line),
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
        if (!kind.IsSale)
        {
            body["is_purchase_for_resale"] = false;
            return body;
        }
        var gross = line.Quantity * line.UnitPrice;
        body["discount_amount"] = SageDecimal.Text(line.Discount);
        body["base_currency_discount_amount"] = Base(line.Discount);
        body["discount_percentage"] = SageDecimal.Text(gross == 0 ? 0 : SageDecimal.Money(line.Discount / gross * 100));
        return body;
    }

    public static JsonArray Breakdown(DraftLine line, decimal? tax) => line.TaxRate is null || tax is null ? [] :
    [
        new JsonObject { ["tax_rate"] = line.TaxRate.AsReference(), ["percentage"] = line.TaxRate.Body.Text("percentage"), ["amount"] = SageDecimal.Text(SageDecimal.Money(tax.Value)) },
    ];
}
