using DextSage.App.Shared;
using DextSage.Integration.Rules;

namespace DextSage.App.Rules;

/// <summary>The kinds of rules in words and in addresses.</summary>
internal static class RuleWords
{
    public static string InUrl(this RuleKind kind) => kind switch
    {
        RuleKind.Condition => "condition",
        RuleKind.User => "users",
        RuleKind.PaymentMethod => "payment-methods",
        RuleKind.Supplier => "suppliers",
        RuleKind.Customer => "customers",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Null where an address names none.</summary>
    public static RuleKind? From(string? word) => Enum.GetValues<RuleKind>().Cast<RuleKind?>().FirstOrDefault(k => k!.Value.InUrl() == word);

    /// <summary>Of a tab.</summary>
    public static string Title(this RuleKind kind) => kind switch
    {
        RuleKind.Condition => "Condition rules",
        RuleKind.User => "User defaults",
        RuleKind.PaymentMethod => "Payment methods",
        RuleKind.Supplier => "Suppliers",
        RuleKind.Customer => "Customers",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>What a button says that sets one.</summary>
    public static string Set(this RuleKind kind) => kind switch
    {
        RuleKind.Condition => "Add rule",
        RuleKind.User => "Set user defaults",
        RuleKind.PaymentMethod => "Set payment method rules",
        RuleKind.Supplier => "Set supplier rules",
        RuleKind.Customer => "Set customer rules",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Whose it is, within a sentence.</summary>
    public static string Subject(this RuleKind kind) => kind switch
    {
        RuleKind.User => "person",
        RuleKind.PaymentMethod => "payment method",
        RuleKind.Supplier => "supplier",
        RuleKind.Customer => "customer",
        _ => "rule",
    };

    /// <summary>Of a field, as its control has it.</summary>
    public static string Name(this RuleField field) => field switch
    {
        RuleField.TaxRate => "Tax rate",
        RuleField.DueDate => "Due date",
        RuleField.PaymentMethod => "Payment method",
        RuleField.PublishTo => "Publish to",
        RuleField.AutoPublish => "Auto-publish",
        RuleField.LineItems => "Line items",
        RuleField.WorkflowNote => "Workflow note",
        _ => field.ToString(),
    };

    /// <summary>"2 rules made, 1 changed."</summary>
    public static string Words(this RulesEdited edited)
    {
        (int Count, string Done)[] all = [(edited.Made, "made"), (edited.Changed, "changed"), (edited.Deleted, "deleted")];
        var done = all.Where(a => a.Count > 0).Select((a, i) => $"{(i == 0 ? Numbers.Count(a.Count, "rule") : Numbers.Text(a.Count))} {a.Done}").ToList();
        return done.Count == 0 ? "No rule was changed: that is what they say already." : $"{string.Join(", ", done)}.";
    }
}
