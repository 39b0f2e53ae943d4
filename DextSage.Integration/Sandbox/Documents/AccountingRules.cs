using System.Globalization;

namespace DextSage.Integration.Sandbox;

/// <summary>What Sage asks of every entry in the books, be it a document or a payment.</summary>
internal static class AccountingRules
{
    // Invented: both wordings. A date before the books begin is refused (Sage API 8.1); a locked year is assumed to be. Future dates pass.
    public static DateOnly? Date(ApiCall call, Checks checks, bool required = true)
    {
        if (checks.Date("date", required) is not { } date) return null;
        var settings = call.Find("financial_settings", "financial_settings")!.Body;
        if (Day(settings.Text("accounts_start_date")) is { } start && date < start) checks.AddRule("The date cannot be before your accounts start date.", "date");
        if (Day(settings.Text("year_end_lockdown_date")) is { } locked && date <= locked) checks.AddRule("The date is in a locked period.", "date");
        return date;
    }

    /// <summary>Invented: what lies in a locked year can be neither changed nor taken away (Sage API 8.1 names the lock, not its refusals).</summary>
    public static SageError? Closed(ApiCall call, Record record) =>
        Day(call.Find("financial_settings", "financial_settings")!.Body.Text("year_end_lockdown_date")) is { } locked && Day(record.Body.Text("date")) <= locked
            ? SageError.Rule("The date is in a locked period.", "date")
            : null;

    /// <summary>
    /// Invented (Sage API 13): a currency other than the contact's is refused; the rate says how much base currency one unit of the entry's
    /// currency is worth; without one it is <paramref name="rateOf"/>.
    /// </summary>
    public static (Record? Currency, decimal Rate) Currency(ApiCall call, Checks checks, Record? contact, Func<string, decimal> rateOf)
    {
        var own = contact?.Body.Object("currency")?.Text("id") ?? call.Business.BaseCurrency;
        var asked = checks.Text("currency_id") ?? own;
        var rate = checks.Number("exchange_rate");
        if (call.Find("currencies", asked) is not { } currency)
        {
            checks.Add(SageError.NotFound);
            return (null, 1);
        }
        if (contact is not null && asked != own) checks.AddRule("must be the currency of the contact", "currency_id");
        if (asked == call.Business.BaseCurrency) return (currency, 1);
        if (!call.Business.MultiCurrency) checks.AddRule("Multi-currency is not enabled for your business.", "currency_id");
        if (rate is < 0.000001m or > 1_000_000m) checks.AddRule("is out of range", "exchange_rate");
        return (currency, rate ?? rateOf(asked));
    }

    /// <summary>An account that is unknown or not visible in the area reads "Couldn't find record." (Sage API 17).</summary>
    public static Record? Account(ApiCall call, Checks checks, string? id, string flag)
    {
        if (id is null) return null;
        if (call.Find("ledger_accounts", id) is { Deleted: false } found && found.Body.Flag(flag)) return found;
        checks.Add(SageError.NotFound);
        return null;
    }

    /// <summary>The record that a member names, if it names one.</summary>
    public static Record? Named(ApiCall call, Checks checks, string collection, string field, bool required = false)
    {
        if (checks.Text(field, required: required) is not { } id) return null;
        if (call.Find(collection, id) is { Deleted: false } found) return found;
        checks.Add(SageError.NotFound);
        return null;
    }

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
