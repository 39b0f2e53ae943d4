using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Items;

/// <summary>A split while it is being made: rows of texts, until they are read.</summary>
internal sealed class SplitDraft
{
    public SplitBasis Basis { get; set; }
    public List<Row> Rows { get; } = [];

    public static SplitDraft New(ItemView item)
    {
        var draft = new SplitDraft { Basis = SplitBasis.Percentages };
        var category = item.CategoryId is { } id ? new PickerEntry(id, item.CategoryName ?? "", Hint: null) : null;
        draft.Rows.Add(new Row { Description = item.Description ?? "", Category = category, Share = "50" });
        draft.Rows.Add(new Row { Description = item.Description ?? "", Share = "50" });
        return draft;
    }

    public static SplitDraft Of(SplitTemplateView template)
    {
        var draft = new SplitDraft { Basis = template.Basis };
        foreach (var part in template.Parts)
            draft.Rows.Add(new Row
            {
                Description = part.Description ?? "", Category = Entry(part.Category), TaxRateId = part.TaxRate?.Id,
                Share = template.Basis is SplitBasis.Percentages ? AmountText.Show(part.Share, 0, 4) : AmountText.Show(part.Share),
            });
        return draft;
    }

    /// <summary>What is left to give out, in per cent or in the item's currency; null while a share cannot be read.</summary>
    public decimal? Left(decimal total)
    {
        var shares = Rows.ConvertAll(r => AmountText.Read(r.Share, 4));
        if (shares.Exists(s => s.Problem is not null)) return null;
        return (Basis is SplitBasis.Percentages ? 100 : total) - shares.Sum(s => s.Value ?? 0);
    }

    /// <summary>The parts, or why they cannot be read.</summary>
    public Typed<IReadOnlyList<SplitPart>> Read()
    {
        List<SplitPart> parts = [];
        foreach (var (row, number) in Rows.Select((row, i) => (row, i + 1)))
        {
            var share = AmountText.Read(row.Share, 4);
            if (share.Problem is not null) return new([], $"Line {number}: {share.Problem}");
            parts.Add(new SplitPart(string.IsNullOrWhiteSpace(row.Description) ? null : row.Description.Trim(), row.Category?.Id, row.TaxRateId, share.Value ?? 0));
        }
        return new(parts);
    }

    private static PickerEntry? Entry(EntryName? entry) => entry is null ? null : new(entry.Id, entry.Name, Hint: null);

    public sealed class Row
    {
        public string Description { get; set; } = "";
        public PickerEntry? Category { get; set; }
        public Guid? TaxRateId { get; init; }
        public string Share { get; set; } = "";
    }
}
