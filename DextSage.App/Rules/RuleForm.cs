using DextSage.App.Items;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Rules;

namespace DextSage.App.Rules;

/// <summary>A rule while it is edited: entries with their names, and texts until they are read.</summary>
public sealed class RuleForm
{
    private RuleForm(RuleDraft draft) => Read = draft;

    /// <summary>As it was read.</summary>
    public RuleDraft Read { get; private set; }
    public RuleKind Kind => Read.Kind;
    public bool IsNew => Read.Id is null;
    public bool IsSale => Kind is RuleKind.Customer || (Kind is RuleKind.Condition && Workspace == Integration.Items.Workspace.Sales);
    public string Name { get; set; } = "";
    public PickerEntry? Subject { get; set; }

    public Workspace? Workspace { get; set; }
    public List<PickerEntry> Suppliers { get; private init; } = [];
    public List<PickerEntry> Customers { get; private init; } = [];
    public List<PickerEntry> Methods { get; private init; } = [];

    /// <summary>One a line.</summary>
    public string Texts { get; set; } = "";
    public string From { get; set; } = "";
    public string To { get; set; } = "";

    /// <summary>With commas between them.</summary>
    public string Currencies { get; set; } = "";
    public IReadOnlyCollection<ItemType> Types { get; set; } = [];

    public ItemType? Type { get; set; }
    public PickerEntry? Supplier { get; set; }
    public PickerEntry? Customer { get; set; }
    public PickerEntry? Category { get; set; }
    public PickerEntry? TaxRate { get; set; }
    public PickerEntry? Class { get; set; }
    public PickerEntry? Location { get; set; }
    public PickerEntry? Method { get; set; }
    public string Description { get; set; } = "";
    public string DueDays { get; set; } = "";
    public string Currency { get; set; } = "";
    public PublishTo? PublishTo { get; set; }
    public bool? Paid { get; set; }
    public bool Flag { get; set; }
    public bool Hold { get; set; }
    public AutoPublish AutoPublish { get; set; }
    public DuplicateCheck? Duplicates { get; set; }
    public LineItems? LineItems { get; set; }
    public string WorkflowNote { get; set; } = "";
    public List<SplitRow> Split { get; private init; } = [];

    /// <summary>Of a user default: the fields that are always used.</summary>
    public HashSet<ItemField> Always { get; private init; } = [];

    /// <summary>Of many suppliers or customers, with nothing filled in.</summary>
    public static RuleForm OfMany(RuleKind kind) => new(new RuleDraft(Id: null, kind, SubjectId: null, "", IsOn: true, new(), new()));

    public static RuleForm Of(RuleEdit edit)
    {
        var (draft, when, then) = (edit.Draft, edit.Draft.Conditions, edit.Draft.Actions);
        PickerEntry? Entry(Guid? id) => id is { } known ? new(known, edit.Names.GetValueOrDefault(known, "Something that is gone"), Hint: null) : null;
        List<PickerEntry> Entries(IEnumerable<Guid> ids) => [.. ids.Select(id => Entry(id)!)];
        return new RuleForm(draft)
        {
            Name = draft.Name, Subject = draft.SubjectId is { } subject ? new(subject, draft.Name, Hint: null) : null,
            Workspace = when.Workspace, Suppliers = Entries(when.Suppliers), Customers = Entries(when.Customers), Methods = Entries(when.PaymentMethods), Texts = string.Join('\n', when.Texts),
            From = AmountText.Show(when.From), To = AmountText.Show(when.To), Currencies = string.Join(", ", when.Currencies), Types = when.Types,
            Type = then.Type, Supplier = Entry(then.SupplierId), Customer = Entry(then.CustomerId), Category = Entry(then.CategoryId), TaxRate = Entry(then.TaxRateId), Class = Entry(then.ClassId), Location = Entry(then.LocationId),
            Method = Entry(then.PaymentMethodId), Description = then.Description ?? "", DueDays = then.DueDays?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", Currency = then.Currency ?? "",
            PublishTo = then.PublishTo, Paid = then.Paid, Flag = then.Flag, Hold = then.Hold, AutoPublish = then.AutoPublish, Duplicates = then.Duplicates, LineItems = then.LineItems, WorkflowNote = then.WorkflowNote ?? "",
            Split = [.. then.Split.Select(p => new SplitRow { Description = p.Description ?? "", Category = Entry(p.CategoryId), TaxRateId = p.TaxRateId, Share = AmountText.Show(p.Share, 0, 4) })],
            Always = [.. then.Always],
        };
    }

    public void Clear(RuleField field)
    {
        switch (field)
        {
            case RuleField.Category: Category = null; break;
            case RuleField.TaxRate: TaxRate = null; break;
            case RuleField.Class: Class = null; break;
            case RuleField.Location: Location = null; break;
            case RuleField.Description: Description = ""; break;
            case RuleField.DueDate: DueDays = ""; break;
            case RuleField.Currency: Currency = ""; break;
            case RuleField.PaymentMethod: Method = null; break;
            case RuleField.Paid: Paid = null; break;
            case RuleField.PublishTo: PublishTo = null; break;
            case RuleField.AutoPublish: AutoPublish = AutoPublish.None; break;
            case RuleField.Duplicates: Duplicates = null; break;
            case RuleField.LineItems: LineItems = null; break;
            case RuleField.WorkflowNote: WorkflowNote = ""; break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, message: null);
        }
    }

    /// <summary>What is to be saved, or why what was typed cannot be read.</summary>
    public Typed<RuleDraft?> Draft()
    {
        var (from, to) = (AmountText.Read(From), AmountText.Read(To));
        if ((from.Problem ?? to.Problem) is { } unread) return new(null, unread);
        int? days = null;
        if (DueDays.Trim() is { Length: > 0 } typed)
        {
            if (!int.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out var number)) return new(null, $"‘{typed}’ is not a number of days.");
            days = number;
        }

        List<SplitPart> parts = [];
        foreach (var row in Split)
        {
            var share = AmountText.Read(row.Share, 4);
            if (share.Problem is not null) return new(null, share.Problem);
            parts.Add(new(Text(row.Description), row.Category?.Id, row.TaxRateId, share.Value ?? 0));
        }

        var isCondition = Kind is RuleKind.Condition;
        return new(Read with
        {
            Name = Name, SubjectId = isCondition ? null : Subject?.Id,
            Conditions = isCondition ? new RuleConditions
            {
                Workspace = Workspace, Suppliers = Ids(Suppliers), Customers = Ids(Customers), PaymentMethods = Ids(Methods), Texts = [.. Texts.Split('\n', Tidy).Distinct(StringComparer.OrdinalIgnoreCase)],
                From = from.Value, To = to.Value, Currencies = [.. Currencies.ToUpperInvariant().Split([',', ' ', ';'], Tidy).Distinct(StringComparer.Ordinal)], Types = [.. Types.Order()],
            } : new(),
            Actions = new RuleActions
            {
                Type = Type, SupplierId = Supplier?.Id, CustomerId = Customer?.Id, CategoryId = Category?.Id, TaxRateId = TaxRate?.Id, ClassId = Class?.Id, LocationId = Location?.Id, PaymentMethodId = Method?.Id,
                Description = Text(Description), DueDays = days, Currency = Text(Currency)?.ToUpperInvariant(), PublishTo = PublishTo, Paid = Paid, Flag = Flag, Hold = Hold, AutoPublish = AutoPublish,
                Duplicates = Duplicates, LineItems = LineItems, WorkflowNote = Text(WorkflowNote), Split = parts, Always = [.. Always.Order()],
            },
        });
    }

    private const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<Guid> Ids(List<PickerEntry> entries) => [.. entries.Select(e => e.Id).Distinct()];

    /// <summary>One line of a smart split.</summary>
    public sealed class SplitRow
    {
        public string Description { get; set; } = "";
        public PickerEntry? Category { get; set; }
        public Guid? TaxRateId { get; init; }
        public string Share { get; set; } = "";
    }
}
