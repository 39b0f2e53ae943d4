using System.Globalization;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>One value that an item or one of its lines holds: with <see cref="Of"/> null, that the line is there at all.</summary>
internal readonly record struct ItemValue(ItemField Field, Guid? LineId = null, LineField? Of = null)
{
    /// <summary>The field of an item that is this of a line; null for what only lines have.</summary>
    public ItemField? CodingOfLine => (LineId, Of) switch
    {
        (not null, LineField.Category) => ItemField.Category,
        (not null, LineField.Class) => ItemField.Class,
        (not null, LineField.Location) => ItemField.Location,
        _ => null,
    };

    /// <summary>Whether this is the other or contains it: a line contains its fields, and the lines as a whole contain each.</summary>
    public bool Covers(ItemValue other) =>
        Field == other.Field && (LineId is null || (LineId == other.LineId && (Of is null || other.Of is null || Of == other.Of)));
}

/// <summary>What an item held at a moment, for telling afterwards what has changed.</summary>
internal sealed class ItemSnapshot
{
    private readonly Dictionary<ItemValue, (string? Text, Guid? Id)> values = [];

    /// <summary>How many lines it had.</summary>
    public int Lines => values.Keys.Count(v => v is { LineId: not null, Of: null });

    /// <summary>The entries that the item and its lines point to must be loaded.</summary>
    public static ItemSnapshot Of(Item item)
    {
        var snapshot = new ItemSnapshot();
        foreach (var field in Enum.GetValues<ItemField>()) snapshot.values[new(field)] = (ItemText.Of(item, field), ItemText.IdOf(item, field));
        foreach (var line in item.Lines)
        {
            snapshot.values[new(ItemField.Lines, line.Id)] = (ItemText.Of(line), null);
            foreach (var field in Enum.GetValues<LineField>().Where(f => f is not LineField.Position)) snapshot.values[new(ItemField.Lines, line.Id, field)] = (ItemText.Of(line, field), ItemText.IdOf(line, field));
        }

        return snapshot;
    }

    /// <summary>What was written down of a snapshot, to be compared with a later one.</summary>
    public static ItemSnapshot From(IEnumerable<ShownValue> shown)
    {
        var snapshot = new ItemSnapshot();
        foreach (var value in shown) snapshot.values[new(value.Field, value.LineId, value.Of)] = (value.Text, value.Id);
        return snapshot;
    }

    public IReadOnlyList<ShownValue> Written() => [.. values.Select(v => new ShownValue(v.Key.Field, v.Key.LineId, v.Key.Of, v.Value.Text, v.Value.Id))];

    /// <summary>What differs, as from and to. A line that came or went is one change; of one that stayed, each field is.</summary>
    public IEnumerable<(ItemValue Value, string? From, string? To)> Until(ItemSnapshot later)
    {
        foreach (var value in values.Keys.Union(later.values.Keys))
        {
            var line = value with { Of = null };
            var stayed = value.LineId is null || (values.ContainsKey(line) && later.values.ContainsKey(line));
            // The line's own text follows from its fields.
            if (value.LineId is not null && (value.Of is null ? stayed : !stayed)) continue;
            var (from, to) = (values.GetValueOrDefault(value), later.values.GetValueOrDefault(value));
            if (from != to) yield return (value, from.Text, to.Text);
        }
    }
}

/// <summary>Who changed what of an item, from what to what.</summary>
internal static class ItemHistory
{
    /// <summary>A row for everything that differs from <paramref name="before"/>. The item's version and time must be those of the change.</summary>
    /// <param name="personId">Null where DextSage itself did it.</param>
    /// <param name="edited">What the person edited; what followed from it is DextSage's. Null where all of it is the person's.</param>
    /// <param name="rules">The fields that a rule has set.</param>
    /// <returns>What was written.</returns>
    public static IReadOnlyList<ItemChange> Write(DextSageDb db, Item item, ItemSnapshot before, ChangeCause cause, Guid? personId, Func<ItemValue, bool>? edited = null, IReadOnlyDictionary<ItemField, RuleMark>? rules = null)
    {
        ItemChange[] changes = [.. Changes(item, before, cause, personId, edited, rules)];
        db.AddRange(changes);
        return changes;
    }

    /// <inheritdoc cref="Write"/>
    public static IEnumerable<ItemChange> Changes(Item item, ItemSnapshot before, ChangeCause cause, Guid? personId, Func<ItemValue, bool>? edited = null, IReadOnlyDictionary<ItemField, RuleMark>? rules = null)
    {
        foreach (var (value, from, to) in before.Until(ItemSnapshot.Of(item)))
        {
            var rule = (value.CodingOfLine is { } coding ? rules?.GetValueOrDefault(coding) : null) ?? rules?.GetValueOrDefault(value.Field);
            var isTheirs = edited is null || edited(value);
            yield return new ItemChange
            {
                BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.UpdatedAt,
                Field = value.Field, LineId = value.LineId, LineField = value.Of, From = from, To = to,
                Cause = rule is not null ? ChangeCause.Rule : isTheirs ? cause : ChangeCause.Consequence, PersonId = rule is null && isTheirs ? personId : null,
                RuleId = rule?.RuleId, RuleWords = rule?.Words,
            };
        }
    }

    /// <summary>A line that was moved among the others. Those that made room have not changed.</summary>
    /// <param name="from">From 0.</param>
    public static void WriteMove(DextSageDb db, Item item, Guid line, int from, Guid personId) => db.Add(new ItemChange
    {
        BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.UpdatedAt, Field = ItemField.Lines, LineId = line, LineField = LineField.Position,
        From = Place(from), To = Place(item.Lines.FindIndex(l => l.Id == line)), PersonId = personId,
    });

    /// <summary>How an item came in: a file that somebody gave, or a Dext export that somebody imported.</summary>
    /// <param name="through">What it came through, where nobody gave it by hand.</param>
    public static void WriteArrival(DextSageDb db, Item item, string fileName, ChangeCause cause, Guid personId, string? through = null) => db.Add(new ItemChange
    {
        BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.CreatedAt, Field = ItemField.Document, From = through, To = fileName, Cause = cause, PersonId = personId,
    });

    /// <summary>What a person did with the item as a whole, as words that follow on the person's name.</summary>
    public static void WriteWords(DextSageDb db, Item item, ItemField field, string words, Guid personId) => db.Add(new ItemChange
    {
        BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.UpdatedAt, Field = field, To = words, PersonId = personId,
    });

    /// <summary>What was done to the document to make it small enough for Sage, in words.</summary>
    public static void WriteShrinking(DextSageDb db, Item item, string words) => db.Add(new ItemChange
    {
        BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.UpdatedAt, Field = ItemField.Document, To = words, Cause = ChangeCause.Shrinking, PersonId = null,
    });

    /// <summary>What was made of the file that came, in words.</summary>
    public static void WriteConversion(DextSageDb db, Item item, string words) => db.Add(new ItemChange
    {
        BusinessId = item.BusinessId, ItemId = item.Id, Version = item.Version, At = item.CreatedAt, Field = ItemField.Document, To = words, Cause = ChangeCause.Conversion, PersonId = null,
    });

    private static string Place(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The values of an item as people read them.</summary>
internal static class ItemText
{
    public static string? Of(Item item, ItemField field) => field switch
    {
        ItemField.Type => item.Type.ToString(),
        ItemField.Supplier => item.SupplierName,
        ItemField.Customer => item.CustomerName,
        ItemField.Category => item.Category?.DisplayName ?? item.CategoryName,
        ItemField.TaxRate => item.TaxRate?.DisplayName,
        ItemField.Class => item.Class?.DisplayName,
        ItemField.Location => item.Location?.DisplayName,
        ItemField.Date => Of(item.Date),
        ItemField.DueDate => Of(item.DueDate),
        ItemField.Reference => item.Reference,
        ItemField.Description => item.Description,
        ItemField.Currency => item.Currency,
        ItemField.Total => Of(item.Total),
        ItemField.Tax => Of(item.Tax),
        ItemField.ExchangeRate => item.ExchangeRate?.ToString("0.########", CultureInfo.InvariantCulture),
        ItemField.Lines => item.Lines.Count == 0 ? null : item.LineAmounts.ToString(),
        ItemField.Document => item.PublishWithoutDocument ? "publish without" : "publish with",
        ItemField.Note => item.Note,
        ItemField.PublishTo => item.PublishTo?.ToString(),
        ItemField.Paid => item.IsPaid ? "yes" : "no",
        ItemField.PaymentMethod => item.PaymentMethodName,
        ItemField.PaidOn => Of(item.PaidOn),
        ItemField.PaidAmount => Of(item.PaidAmount),
        ItemField.ReverseCharge => item.ReverseCharge ? "yes" : "no",
        ItemField.Flag => item.FlaggedBy,
        ItemField.Held => item.HeldBy,
        // The history names the person.
        ItemField.Owner => item.OwnerId.ToString(),
        ItemField.Workspace => item.Workspace.ToString(),
        ItemField.Place => item.Place.ToString(),
        // What was said of it and another, or done with its pages: no field of it holds that.
        ItemField.Duplicate or ItemField.Pages => null,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };

    /// <summary>What tells two entries of the same name apart.</summary>
    public static Guid? IdOf(Item item, ItemField field) => field switch
    {
        ItemField.Supplier => item.SupplierId,
        ItemField.Customer => item.CustomerId,
        ItemField.Category => item.CategoryId,
        ItemField.TaxRate => item.TaxRateId,
        ItemField.Class => item.ClassId,
        ItemField.Location => item.LocationId,
        ItemField.PaymentMethod => item.PaymentMethodId,
        _ => null,
    };

    public static string Of(ItemLine line) => $"{line.Description ?? "no description"}, {line.Gross.ToString("0.00", CultureInfo.InvariantCulture)}";

    public static string? Of(ItemLine line, LineField field) => field switch
    {
        LineField.Description => line.Description,
        LineField.Category => line.Category?.DisplayName,
        LineField.Product => line.Product?.DisplayName,
        LineField.Class => line.Class?.DisplayName,
        LineField.Location => line.Location?.DisplayName,
        LineField.TaxRate => line.TaxRate?.DisplayName,
        LineField.Quantity => line.Quantity.ToString("0.####", CultureInfo.InvariantCulture),
        LineField.UnitPrice => line.UnitPrice.ToString("0.00##", CultureInfo.InvariantCulture),
        LineField.Tax => Of(line.Tax),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };

    public static Guid? IdOf(ItemLine line, LineField field) => field switch
    {
        LineField.Category => line.CategoryId,
        LineField.Product => line.ProductId,
        LineField.Class => line.ClassId,
        LineField.Location => line.LocationId,
        LineField.TaxRate => line.TaxRateId,
        _ => null,
    };

    private static string? Of(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Of(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);
}
