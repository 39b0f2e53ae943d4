namespace DextSage.Integration.Intake.Reading;

/// <summary>The labels themselves, folded. English first, then French, German, Dutch, Italian, Spanish.</summary>
internal static class LabelWords
{
    public static Dictionary<string, (LabelField, int, bool)> All()
    {
        var all = new Dictionary<string, (LabelField, int, bool)>(StringComparer.Ordinal);
        void Add(LabelField field, int weight, string english, string foreign = "")
        {
            foreach (var label in Split(english)) all[label] = (field, weight, false);
            foreach (var label in Split(foreign)) all[label] = (field, weight, true);
        }

        Add(LabelField.Date, 2,
            "invoice date|date of invoice|date of issue|issue date|date issued|issued|issued on|bill date|billing date|statement date|tax point|date / tax point|invoice date / tax point|invoice date/tax point|date/tax point|credit note date|bill issued",
            "date de facture|date de la facture|date facture|date facturation|date de facturation|date d'emission|date d’emission|facture du|rechnungsdatum|rechnungs-datum|belegdatum|ausstellungsdatum|factuurdatum|data fattura|data della fattura|fecha de factura|fecha factura|fecha de emision|fecha de la factura");
        Add(LabelField.Date, 1, "date|dated", "datum|data|fecha|le|datum der rechnung");
        Add(LabelField.DueDate, 2,
            "due date|date due|payment due|payment due date|payment due by|due by|due on|pay by|please pay by|payable by|due for payment|payment date due|payment due on|to be paid by",
            "date d'echeance|date d’echeance|echeance|date echeance|date limite de paiement|a payer avant le|a regler avant le|fallig am|fallig|zahlbar bis|falligkeitsdatum|falligkeit|faelligkeitsdatum|faelligkeit|faellig am|bitte zahlen bis|vervaldatum|uiterste betaaldatum|te betalen voor|scadenza|data scadenza|data di scadenza|fecha de vencimiento|vencimiento|fecha vencimiento");
        Add(LabelField.Reference, 2,
            "invoice number|invoice no|invoice num|invoice nr|invoice ref|invoice reference|invoice id|invoice #|tax invoice no|tax invoice number|vat invoice number|vat invoice no|bill number|bill no|bill reference|credit note number|credit note no|document number|document no|our invoice number|your invoice number|number of invoice",
            "numero de facture|numero de la facture|no de facture|no facture|facture no|facture numero|num facture|numero facture|rechnungsnummer|rechnungs-nr|rechnungsnr|rechnungs nr|rechnungs-nummer|rechnung nr|rechnung nummer|rechnungsnummer/invoice number|belegnummer|beleg-nr|belegnr|rechnungskorrektur nr|gutschrift nr|factuurnummer|factuur nr|factuurnr|factuur nummer|numero fattura|fattura n|fattura no|n fattura|numero de factura|factura no|factura n|factura numero|no factura|no de factura");
        Add(LabelField.Reference, 1, "invoice|tax invoice|vat invoice|credit note", "facture|rechnung|factuur|fattura|factura|avoir|gutschrift|rechnungskorrektur");
        Add(LabelField.Net, 2,
            "subtotal|sub total|sub-total|net|net total|total net|net amount|total net amount|total excl vat|total ex vat|total excluding vat|total before vat|total before tax|amount excl vat|total exc vat|goods total|net value|total excl tax|charges before vat|total charges before vat|amount before tax|taxable amount",
            "total ht|total h.t|montant ht|sous-total|sous-total ht|total net ht|total hors taxes|total hors tva|montant total ht|netto|nettobetrag|summe netto|gesamt netto|gesamtbetrag netto|nettosumme|netto gesamt|warenwert|rechnungsbetrag netto|summe|zwischensumme|gesamtsumme netto|total netto|subtotaal|totaal excl btw|totaal excl|totaal exclusief btw|bedrag excl btw|exclusief btw|imponibile|totale imponibile|base imponible|subtotale|importe neto|total neto");
        Add(LabelField.Tax, 2,
            "vat|total vat|vat total|vat amount|vat at|vat @|tax|sales tax|total tax|tax amount|gst|hst|output vat|plus vat|add vat",
            "tva|montant tva|total tva|dont tva|t.v.a|total t.v.a|mwst|ust|umsatzsteuer|mehrwertsteuer|zzgl mwst|zzgl ust|steuerbetrag|mwst-betrag|ust-betrag|umsatzsteuerbetrag|steuer|gesamt mwst|summe mwst|summe ust|btw|totaal btw|btw bedrag|btw-bedrag|waarvan btw|iva|totale iva|importo iva|imposta|cuota iva|total iva|importe iva|zzgl");
        Add(LabelField.Gross, 2,
            "total incl vat|total inc vat|total including vat|total including tax|total incl tax|grand total|invoice total|total invoice|invoice amount|total amount|total gross|gross total|gross amount|gross|total payable|total for this invoice|total inc. vat|total with vat|bill total|total charges|total invoice amount|credit note total",
            "total ttc|montant ttc|total t.t.c|montant total ttc|total toutes taxes comprises|total facture|montant total|brutto|bruttobetrag|gesamtbetrag|gesamtbetrag brutto|gesamtsumme|gesamtsumme brutto|rechnungsbetrag|rechnungsbetrag brutto|bruttosumme|endbetrag|rechnungssumme|summe brutto|gesamt|gesamt brutto|rechnungsendbetrag|totaal incl btw|totaal incl|totaal inclusief btw|totaal inclusief|factuurbedrag|totaalbedrag|eindtotaal|totale fattura|totale documento|totale complessivo|total factura|importe total|total con iva");
        Add(LabelField.Gross, 1, "total", "totaal|totale|inclusief btw");
        Add(LabelField.Payable, 2,
            "total due|amount due|balance due|total amount due|amount payable|please pay|total to pay|to pay|amount to pay|balance|now due",
            "net a payer|reste a payer|montant a payer|a payer|total a payer|solde|zahlbetrag|zu zahlen|zu zahlender betrag|offener betrag|falliger betrag|te betalen|totaal te betalen|te voldoen|totale da pagare|da pagare|netto a pagare|total a pagar|a pagar");
        Add(LabelField.Currency, 2, "currency|invoice currency|document currency", "devise|wahrung|waehrung|valuta|divisa|moneda");
        Add(LabelField.From, 2, "from|supplier|seller|vendor|issued by|invoice from|sold by|billed by", "vendeur|fournisseur|emetteur|verkaufer|verkaeufer|lieferant|rechnungssteller|leverancier|fornitore|proveedor|emisor");
        Add(LabelField.BillTo, 2,
            "bill to|billed to|billing address|billing to|invoice to|invoiced to|invoice address|to|sold to|ship to|shipped to|deliver to|delivered to|delivery to|delivery address|customer|client|customer name|buyer|attention|attn|for|account name|supply address|recipient|prepared for",
            "facture a|facturer a|adresse de facturation|adresse de livraison|destinataire|acheteur|livre a|rechnung an|rechnungsadresse|rechnungsempfanger|lieferadresse|kunde|kaufer|kaeufer|empfanger|warenempfanger|leistungsempfanger|factuuradres|afleveradres|bezorgadres|klant|aan|cliente|destinatario|facturar a|fatturare a|spett.le|spett");
        Add(LabelField.Registration, 2,
            "vat number|vat no|vat reg|vat reg no|vat registration|vat registration no|vat registration number|vat reg number|vat id|tax id|registered in england|registered in england and wales|registered in scotland|registered office|company number|company no|company registration|company registration number|company reg|company reg no|registered number|registered no|gst reg no|abn|ein",
            "tva intracommunautaire|no tva|numero tva|numero de tva|siret|siren|rcs|ust-id|ust-idnr|ust-id-nr|ustid|ust-id nr|umsatzsteuer-id|umsatzsteuer-identifikationsnummer|steuernummer|steuer-nr|handelsregister|amtsgericht|hrb|btw-nummer|btw nummer|btw nr|btw-nr|kvk|kvk-nummer|kvk nummer|partita iva|p.iva|p iva|nif|cif");
        Add(LabelField.Other, 2,
            "order date|order number|order no|order ref|po number|po no|purchase order|purchase order number|customer number|customer no|customer ref|customer reference|account number|account no|account reference|delivery date|delivery note|delivery number|dispatch date|despatch date|print date|period|billing period|supply period|your ref|your reference|our ref|our reference|vat rate|tax rate|vat %|vat code|vat summary|vat analysis|net weight|gross weight|total weight|total quantity|total qty|total items|total hours|total discount|discount|total savings|total pages|total paid|amount paid|paid|deposit|previous balance|balance brought forward|payment date|start date|end date|meter number|sort code|iban|bic|unit price|quantity|page|invoice period|invoice for|invoice details|invoice summary|invoice address line|total units|total kwh",
            "date de commande|date de livraison|date d'expedition|no client|numero client|no de client|no commande|numero de commande|periode|acompte|deja paye|bestelldatum|bestellnummer|bestell-nr|kundennummer|kunden-nr|kundennr|kd-nr|lieferdatum|leistungsdatum|lieferscheinnummer|lieferschein|auftragsnummer|auftrags-nr|auftragsdatum|anzahlung|vorauszahlung|mwst-satz|ust-satz|steuersatz|orderdatum|ordernummer|klantnummer|leverdatum|besteldatum|btw tarief|btw %|data ordine|fecha de pedido");
        return all;
    }

    private static string[] Split(string labels) =>
        labels.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
