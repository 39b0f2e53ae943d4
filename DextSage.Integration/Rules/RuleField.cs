namespace DextSage.Integration.Rules;

/// <summary>A field of a supplier's or a customer's rule that many of them can be given at once. A smart split is each one's own.</summary>
public enum RuleField { Category, TaxRate, Class, Location, Description, DueDate, Currency, PaymentMethod, Paid, PublishTo, AutoPublish, Duplicates, LineItems, WorkflowNote }

/// <summary>What many rules shall say, whatever else each of them says.</summary>
/// <param name="Fields">The fields that become as they stand in <paramref name="Actions"/>: what is empty there is cleared.</param>
public sealed record RulesChange(IReadOnlySet<RuleField> Fields, RuleActions Actions)
{
    internal RuleActions Of(RuleActions rule) => Fields.Aggregate(rule, (said, field) => said.With(field, Actions));
}

public static class RuleFields
{
    private static readonly RuleActions Nothing = new();

    public static bool Says(this RuleActions actions, RuleField field) => actions.With(field, Nothing) != actions;

    /// <summary>The same, but for a field that is as another has it.</summary>
    internal static RuleActions With(this RuleActions actions, RuleField field, RuleActions other) => field switch
    {
        RuleField.Category => actions with { CategoryId = other.CategoryId },
        RuleField.TaxRate => actions with { TaxRateId = other.TaxRateId },
        RuleField.Class => actions with { ClassId = other.ClassId },
        RuleField.Location => actions with { LocationId = other.LocationId },
        RuleField.Description => actions with { Description = other.Description },
        RuleField.DueDate => actions with { DueDays = other.DueDays },
        RuleField.Currency => actions with { Currency = other.Currency },
        RuleField.PaymentMethod => actions with { PaymentMethodId = other.PaymentMethodId },
        RuleField.Paid => actions with { Paid = other.Paid },
        RuleField.PublishTo => actions with { PublishTo = other.PublishTo },
        RuleField.AutoPublish => actions with { AutoPublish = other.AutoPublish },
        RuleField.Duplicates => actions with { Duplicates = other.Duplicates },
        RuleField.LineItems => actions with { LineItems = other.LineItems },
        RuleField.WorkflowNote => actions with { WorkflowNote = other.WorkflowNote },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };
}
