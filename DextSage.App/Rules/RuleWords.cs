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
}
