using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Rules;

/// <summary>What makes a rule apply. Condition rules are ours; the others are Dext's.</summary>
public enum RuleKind { Condition, User, PaymentMethod, Supplier, Customer }

/// <summary>Dext's word for a rule's say about publishing without a person.</summary>
public enum AutoPublish { None, Always, Never }

/// <summary>Whether the lines of a supplier's or a customer's e-invoices are taken over, or the totals alone.</summary>
public enum LineItems { Always, Never }

/// <summary>What is set on items by itself, and on which.</summary>
public sealed class Rule : IBusinessOwned
{
    public const int LongestName = 100;

    /// <summary>Condition rules of one business.</summary>
    public const int MostConditionRules = 5_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required RuleKind Kind { get; init; }

    /// <summary>Whose rule it is: our id of the supplier, the customer, the payment method or the person; null of a condition rule.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>A condition rule's own; else what its subject was called when it was saved.</summary>
    public required string Name { get; set; }

    /// <summary>From 0, among the condition rules: the first to set a field wins.</summary>
    public int Position { get; set; }
    public bool IsOn { get; set; } = true;
    public RuleConditions Conditions { get; set; } = new();
    public RuleActions Actions { get; set; } = new();
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Who saved it last.</summary>
    public Guid PersonId { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }

    internal RuleMark Mark => new(Id, Words(Kind, Name));

    /// <summary>What it has to say of duplicates as it stands: nothing where it is off.</summary>
    internal DuplicateCheck? Duplicates => IsOn ? Actions.Duplicates : null;

    internal Rule Copy() => new()
    {
        Id = Id, BusinessId = BusinessId, Kind = Kind, SubjectId = SubjectId, Name = Name, Position = Position, IsOn = IsOn, Conditions = Conditions, Actions = Actions,
        CreatedAt = CreatedAt, UpdatedAt = UpdatedAt, PersonId = PersonId, Version = Version,
    };

    /// <summary>As a history and a field name it.</summary>
    public static string Words(RuleKind kind, string name) => kind switch
    {
        RuleKind.Condition => $"Rule “{name}”",
        RuleKind.User => $"User default of {name}",
        RuleKind.PaymentMethod => $"Payment method rule of {name}",
        RuleKind.Supplier => $"Supplier rule of {name}",
        RuleKind.Customer => $"Customer rule of {name}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}

/// <summary>What must be true of an item for a condition rule: all that is filled in; of a list, one.</summary>
public sealed record RuleConditions
{
    public Workspace? Workspace { get; init; }
    public IReadOnlyList<Guid> Suppliers { get; init; } = [];
    public IReadOnlyList<Guid> Customers { get; init; } = [];

    /// <summary>Words in the document, or in supplier, customer, reference or description, whatever their case and however they are spaced.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The least total, tax included, in the document's currency.</summary>
    public decimal? From { get; init; }

    /// <summary>The greatest.</summary>
    public decimal? To { get; init; }

    /// <summary>ISO 4217.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = [];
    public IReadOnlyList<ItemType> Types { get; init; } = [];
    public IReadOnlyList<Guid> PaymentMethods { get; init; } = [];

    public bool AreNone => Workspace is null && From is null && To is null && Suppliers.Count + Customers.Count + Texts.Count + Currencies.Count + Types.Count + PaymentMethods.Count == 0;
}

/// <summary>What a rule sets; null is not set by it.</summary>
public sealed record RuleActions
{
    public ItemType? Type { get; init; }
    public Guid? SupplierId { get; init; }
    public Guid? CustomerId { get; init; }
    public Guid? CategoryId { get; init; }
    public Guid? TaxRateId { get; init; }
    public Guid? ClassId { get; init; }
    public Guid? LocationId { get; init; }
    public string? Description { get; init; }

    /// <summary>The due date, in days after the date of the document.</summary>
    public int? DueDays { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }
    public PublishTo? PublishTo { get; init; }
    public bool? Paid { get; init; }
    public Guid? PaymentMethodId { get; init; }

    /// <summary>Smart split: lines by percentages of the total; empty for none.</summary>
    public IReadOnlyList<SplitPart> Split { get; init; } = [];

    /// <summary>Marks the item for people to see.</summary>
    public bool Flag { get; init; }

    /// <summary>Keeps the item from Ready until a person releases it.</summary>
    public bool Hold { get; init; }
    public AutoPublish AutoPublish { get; init; }

    /// <summary>Shown on every item of the supplier or the customer.</summary>
    public string? WorkflowNote { get; init; }

    /// <summary>Of a supplier or a customer: whether their items wait where they look like others; null as the settings say.</summary>
    public DuplicateCheck? Duplicates { get; init; }

    /// <summary>Of a supplier or a customer: whether the lines of their e-invoices are taken over; null as they state them, which is Always unless a rule comes to say otherwise.</summary>
    public LineItems? LineItems { get; init; }

    /// <summary>Of a user default: the fields that are "Always use default"; the others are "Use default if blank".</summary>
    public IReadOnlyList<ItemField> Always { get; init; } = [];

    /// <summary>It does nothing at all.</summary>
    public bool AreNone => Split.Count == 0
        && this is { Type: null, SupplierId: null, CustomerId: null, CategoryId: null, TaxRateId: null, ClassId: null, LocationId: null, Description: null, DueDays: null, Currency: null }
        && this is { PublishTo: null, Paid: null, PaymentMethodId: null, Flag: false, Hold: false, AutoPublish: AutoPublish.None, WorkflowNote: null, Duplicates: null, LineItems: null };
}
