using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using FluentValidation;

namespace DextSage.Integration.Rules;

/// <summary>What a rule may be. That what it points to is on a list is asked of the lists.</summary>
internal sealed class RuleChecks : AbstractValidator<RuleDraft>
{
    public const int MostChoices = 100;
    public const int LongestText = 100;
    public const int LongestNote = 500;
    public const int MostDueDays = 365;

    public static readonly RuleChecks All = new();

    private RuleChecks()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Kind).IsInEnum().WithMessage("There is no such rule.");
        When(r => r.Kind is RuleKind.Condition, () =>
        {
            RuleFor(r => r.Name.Trim()).Must(n => n.Length is > 0 and <= Rule.LongestName).WithMessage($"A rule's name has 1 to {Rule.LongestName} characters.");
            RuleFor(r => r.Conditions).Must(c => !c.AreNone).WithMessage("Choose at least one condition: a rule without one would apply to every item.");
            RuleFor(r => r.SubjectId).Null().WithMessage("A condition rule is nobody's.");
            RuleFor(r => r.Actions).Must(a => a is { WorkflowNote: null, Duplicates: null, LineItems: null }).WithMessage("A workflow note, and what becomes of duplicates and line items, is a supplier's or a customer's.");
        }).Otherwise(() =>
        {
            RuleFor(r => r.SubjectId).NotNull().WithMessage("Choose whose rule it is.");
            RuleFor(r => r.Conditions).Must(c => c.AreNone).WithMessage("Only condition rules have conditions.");
            RuleFor(r => r.Actions).Must(a => a is { SupplierId: null, CustomerId: null, Type: null, Flag: false, Hold: false }).WithMessage("Only condition rules set that.");
        });
        RuleFor(r => r.Actions).Must(a => !a.AreNone).WithMessage("Choose at least one thing that the rule does.");
        RuleFor(r => r.Actions).Must(a => Only(a with { PublishTo = null, AutoPublish = AutoPublish.None })).When(r => r.Kind is RuleKind.PaymentMethod).WithMessage("A payment method rule sets Publish to and Auto-publish.");
        RuleFor(r => r.Actions).Must(a => Only(a with { PaymentMethodId = null, ClassId = null, LocationId = null })).When(r => r.Kind is RuleKind.User).WithMessage("A user default is a payment method, a class or a location.");
        RuleFor(r => r.Conditions.Texts).Must(t => t.All(text => RuleText.Plain(text).Length is >= TextIndex.Shortest and <= LongestText)).WithMessage($"A text that is looked for has {TextIndex.Shortest} to {LongestText} characters.");
        RuleFor(r => r.Conditions).Must(c => new[] { c.Suppliers.Count, c.Customers.Count, c.Texts.Count, c.Currencies.Count, c.PaymentMethods.Count }.Max() <= MostChoices).WithMessage($"At most {MostChoices} choices of a kind.");
        RuleFor(r => r.Conditions).Must(c => IsAmount(c.From) && IsAmount(c.To)).WithMessage($"An amount is between 0.00 and {RuleSentences.Money(ItemLimits.Amount)}, with at most two decimals.");
        RuleFor(r => r.Conditions).Must(c => c.From is null || c.To is null || c.From <= c.To).WithMessage("The greatest amount is less than the least.");
        RuleFor(r => r.Conditions).Must(c => c.Currencies.All(IsCurrency)).WithMessage("A currency is three letters, such as GBP.");
        RuleFor(r => r.Actions).Must(a => a.Currency is null || IsCurrency(a.Currency)).WithMessage("A currency is three letters, such as GBP.");
        RuleFor(r => r.Actions).Must(a => a.Description is null || a.Description.Trim().Length is > 0 and <= ItemLimits.Description).WithMessage($"A description has at most {ItemLimits.Description} characters.");
        RuleFor(r => r.Actions).Must(a => a.DueDays is null or (>= 0 and <= MostDueDays)).WithMessage($"Due is 0 to {MostDueDays} days after the date of the document.");
        RuleFor(r => r.Actions).Must(a => a.WorkflowNote is null || a.WorkflowNote.Trim().Length is > 0 and <= LongestNote).WithMessage($"A workflow note has at most {LongestNote} characters.");
        RuleFor(r => r.Actions).Must(a => a.Duplicates is not { } check || Enum.IsDefined(check)).WithMessage("Duplicates are reviewed, or they are not.");
        RuleFor(r => r.Actions).Must(a => a.LineItems is not { } lines || Enum.IsDefined(lines)).WithMessage("Line items are taken over always or never.");
        RuleFor(r => r.Actions).Must(a => a.Split.Count == 0 || a.LineItems is not LineItems.Always).WithMessage("A smart split makes lines of its own: line items are not Always beside it.");
        RuleFor(r => r.Actions).Must(a => a.Split.Count == 0 || LineSplit.Problem(1, SplitBasis.Percentages, a.Split) is null)
            .WithMessage(r => LineSplit.Problem(1, SplitBasis.Percentages, r.Actions.Split)!);
        RuleFor(r => r.Actions).Must(a => !a.Hold || a.AutoPublish is not AutoPublish.Always).WithMessage("A rule holds for review or publishes: not both.");
        RuleFor(r => r).Must(r => r.Actions.PublishTo is not { } to || WorkspaceOf(r) is not { } workspace || Destinations.For(workspace).Contains(to)).WithMessage("Items of that workspace are not published there.");
    }

    private static bool Only(RuleActions rest) => (rest with { Always = [] }).AreNone;

    private static bool IsAmount(decimal? amount) => amount is null or (>= 0 and <= ItemLimits.Amount) && (amount is not { } value || decimal.Round(value, 2) == value);

    private static bool IsCurrency(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper);

    private static Workspace? WorkspaceOf(RuleDraft rule) => rule.Kind switch
    {
        RuleKind.Condition => rule.Conditions.Workspace,
        RuleKind.Supplier => Workspace.Costs,
        RuleKind.Customer => Workspace.Sales,
        _ => null,
    };
}
