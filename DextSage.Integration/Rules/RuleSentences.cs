using System.Globalization;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;

namespace DextSage.Integration.Rules;

/// <summary>Rules in words, a piece for each thing that is asked or done.</summary>
internal static class RuleSentences
{
    public static IReadOnlyList<string> When(RuleConditions conditions, RuleNames names)
    {
        List<string> words = [];
        if (conditions.Workspace is { } workspace) words.Add($"in {workspace}");
        Any("supplier is", conditions.Suppliers.Select(Name));
        Any("customer is", conditions.Customers.Select(Name));
        Any("text has", conditions.Texts.Select(t => $"‘{t}’"));
        if ((conditions.From, conditions.To) is not (null, null)) words.Add((conditions.From, conditions.To) switch
        {
            ({ } from, null) => $"total is {Money(from)} or more",
            (null, { } to) => $"total is {Money(to)} or less",
            ({ } from, { } to) => $"total is {Money(from)} to {Money(to)}",
            _ => "",
        });
        Any("currency is", conditions.Currencies);
        Any("type is", conditions.Types.Select(t => t.Words()));
        Any("payment method is", conditions.PaymentMethods.Select(Name));
        return words;

        void Any(string what, IEnumerable<string> choices)
        {
            var all = choices.ToList();
            if (all.Count > 0) words.Add($"{what} {string.Join(" or ", all)}");
        }

        string Name(Guid id) => names.Of(id) ?? "something that is gone";
    }

    public static IReadOnlyList<string> Then(RuleActions actions, RuleNames names)
    {
        List<string> words = [];
        Set(ItemField.Type, actions.Type?.Words());
        Entry(ItemField.Supplier, actions.SupplierId);
        Entry(ItemField.Customer, actions.CustomerId);
        Entry(ItemField.Category, actions.CategoryId);
        Entry(ItemField.TaxRate, actions.TaxRateId);
        Entry(ItemField.Class, actions.ClassId);
        Entry(ItemField.Location, actions.LocationId);
        Set(ItemField.Description, actions.Description is { } text ? $"‘{text}’" : null);
        if (actions.DueDays is { } days) words.Add(days == 0 ? "Due date: the day of the document" : days == 1 ? "Due date: 1 day after the document" : $"Due date: {days} days after the document");
        Set(ItemField.Currency, actions.Currency);
        Set(ItemField.PublishTo, actions.PublishTo?.Name());
        Set(ItemField.Paid, actions.Paid switch { true => "Yes", false => "No", null => null });
        Entry(ItemField.PaymentMethod, actions.PaymentMethodId);
        if (actions.Split.Count > 0) words.Add($"Smart split: {string.Join(", ", actions.Split.Select(p => $"{p.Share.ToString("0.####", CultureInfo.InvariantCulture)} % {names.Of(p.CategoryId) ?? p.Description}".TrimEnd()))}");
        if (actions.Flag) words.Add("Flag");
        if (actions.Hold) words.Add("Hold for review");
        if (actions.AutoPublish is not AutoPublish.None) words.Add($"Auto-publish: {actions.AutoPublish}");
        if (actions.Duplicates is { } check) words.Add($"Duplicates: {check}");
        if (actions.LineItems is { } lines) words.Add($"Line items: {lines}");
        if (actions.WorkflowNote is { } note) words.Add($"Workflow note: {note}");
        return words;

        void Set(ItemField field, string? value)
        {
            if (value is not null) words.Add($"{field.Name()}: {value}{(actions.Always.Contains(field) ? " (always)" : "")}");
        }

        void Entry(ItemField field, Guid? id)
        {
            if (id is not null) Set(field, names.Of(id) ?? "something that is gone");
        }
    }

    /// <summary>A sentence for each thing that the rule points to and that is on no list any more.</summary>
    public static IReadOnlyList<string> Warnings(Rule rule, RuleNames names) =>
        [.. RulePointers.Of(rule).Where(p => names.Gone.Contains(p.Id)).DistinctBy(p => p.Id).Select(p => $"{names.Of(p.Id) ?? "Something it points to"} is on no list any more.")];

    /// <summary>As the pages show it, whatever the machine's own way of writing numbers.</summary>
    public static string Money(decimal amount) => amount.ToString("N2", CultureInfo.GetCultureInfo("en-GB"));

    private static string Words(this ItemType type) => type switch
    {
        ItemType.CreditNote => "Credit note",
        ItemType.SalesInvoice => "Sales invoice",
        ItemType.ExpenseClaim => "Expense claim",
        _ => type.ToString(),
    };
}
