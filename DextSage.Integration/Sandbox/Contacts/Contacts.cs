using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Contacts: list, look up, create (Sage API 8.4). Changing and deleting them is left to Sage's own screens.</summary>
internal static class Contacts
{
    public static readonly ApiRoute[] Routes =
    [
        new("GET", "contacts", "Contacts:FRO; Sales:FRO; Purchases:FRO", List),
        new("POST", "contacts", "Contacts:FR", Create) { Wrapper = "contact", Remembers = true },
        new("GET", "contacts/{key}", "Contacts:FRO; Sales:FRO; Purchases:FRO; Bank:FRO", call => Collections.One(call, "contacts", Show)),
    ];

    public static JsonObject Show(ApiCall call, Record record)
    {
        var body = (JsonObject)record.Body.DeepClone();
        body["links"] = new JsonArray(call.LinkTo("#contacts"));
        return body;
    }

    private static Answer List(ApiCall call) => Collections.List(call, "contacts", query =>
    {
        if (call.Asked("exclude_system")) query.IsNotTrue("system");
        if (call.Asked("filter_inactive_contacts")) query.IsTrue("is_active");
        return query.HasOneOf("contact_types", call.Query("contact_type_id"))
            .Equal("email", call.Query("email"))
            .Contains(call.Query("search"), "name", "reference");
    }, Show);

    private static Answer Create(ApiCall call)
    {
        var checks = new Checks(call.Entity, "contact");
        var name = checks.Text("name", 100, required: true);
        var type = TypeOf(checks);
        var reference = Empty(checks.Text("reference", 10));
        var notes = checks.Text("notes", 4000);
        var taxNumber = checks.Text("tax_number", 255);
        var creditDays = checks.Number("credit_days");
        var currency = call.Find("currencies", checks.Text("currency_id") ?? call.Business.BaseCurrency);
        var purchases = call.Find("ledger_accounts", checks.Text("default_purchase_ledger_account_id"));
        var sourceGuid = checks.Text("source_guid", 255);
        var creditTerms = checks.Text("credit_terms");

        if (checks.Entity["default_purchase_ledger_account_id"] is not null && type is not null)
        {
            // Invented wording: the field is the vendor's only (Sage API 8.4).
            if (type != "VENDOR") checks.AddRule("can only be set for suppliers", "default_purchase_ledger_account_id");
            else if (purchases is null) checks.Add(SageError.NotFound);
        }
        if (currency is null) checks.Add(SageError.NotFound);
        if (creditDays is { } days && (days is < 0 or > 365 || days != decimal.Truncate(days))) checks.AddRule("must be between 0 and 365", "credit_days");
        if (creditTerms is not null && !Terms.Contains(creditTerms)) checks.Add(SageError.Invalid("contact[credit_terms]"));
        if (taxNumber is { Length: > 0 } && !LooksLikeTaxNumber(taxNumber)) checks.AddRule("is not a valid VAT registration number", "tax_number");
        if (reference is not null && IsTaken(call, reference)) checks.AddRule("has already been taken", "reference");
        var address = ContactParts.Address(checks, call);
        var contactPerson = ContactParts.MainPerson(checks, name);
        if (checks.Errors.Count > 0) return Answer.Refused(422, checks.Errors);

        var contact = ContactBody.New(SeedId.New(), name!, type!, reference, currency!.AsReference(), call.Now);
        contact["notes"] = notes;
        contact["tax_number"] = taxNumber;
        contact["credit_days"] = (int?)creditDays;
        contact["credit_terms"] = creditTerms;
        contact["source_guid"] = sourceGuid;
        contact["default_purchase_ledger_account"] = purchases?.AsReference();
        contact["main_address"] = address;
        contact["main_contact_person"] = contactPerson;
        contact["email"] = contactPerson?.Text("email");
        var id = contact.Text("id")!;
        call.Books.Add(call.Business.Id, "contacts", id, contact, call.Now);
        return Answer.Created(Show(call, call.Find("contacts", id)!));
    }

    private static readonly string[] Terms =
        ["month_end_invoice", "date_from_invoice", "immediate_invoice", "month_end_payment", "date_from_payment", "immediate_payment"];

    /// <summary>Exactly one of CUSTOMER and VENDOR (Sage API 8.4).</summary>
    private static string? TypeOf(Checks checks)
    {
        switch (checks.Entity["contact_type_ids"])
        {
            case null:
                checks.Add(SageError.Required("contact_type_ids"));
                return null;
            case JsonArray { Count: 1 } one when one[0] is JsonValue value && value.TryGetValue<string>(out var type) && type is "CUSTOMER" or "VENDOR":
                return one[0]!.GetValue<string>();
            default:
                checks.Add(SageError.Invalid("contact[contact_type_ids]"));
                return null;
        }
    }

    private static bool IsTaken(ApiCall call, string reference) =>
        call.Books.Count(new RecordQuery(call.Business.Id, "contacts").Where("deleted_at IS NULL").Equal("reference", reference)) > 0;

    // Invented: Sage checks the format by country; here two letters or none, then eight to twelve letters and digits.
    private static bool LooksLikeTaxNumber(string number)
    {
        var bare = string.Concat(number.Where(letter => !char.IsWhiteSpace(letter)));
        return bare.Length is >= 8 and <= 14 && bare.All(char.IsAsciiLetterOrDigit) && bare.Count(char.IsAsciiDigit) >= 6;
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
