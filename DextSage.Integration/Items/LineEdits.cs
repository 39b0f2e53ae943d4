using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What an edit does to the lines of an item: refuses with a sentence, or changes them and names the edit that takes it back.</summary>
internal static class LineEdits
{
    public static async Task<EditOutcome> ApplyAsync(DextSageDb db, Item item, ItemEdit edit, CancellationToken cancellationToken)
    {
        switch (edit)
        {
            case ItemEdit.SetLineAmounts(var amounts):
                if (!Enum.IsDefined(amounts)) return new EditOutcome("Amounts are net or gross.");
                var before = item.LineAmounts;
                item.LineAmounts = amounts;
                return Saved(new ItemEdit.SetLineAmounts(before));

            case ItemEdit.AddLine(var draft, var position):
                if (await ProblemAsync(db, item, [draft], item.Lines.Count, cancellationToken) is { } wrong) return new EditOutcome(wrong);
                var added = await NewLineAsync(db, item, draft, cancellationToken);
                item.Lines.Insert(Math.Clamp(position ?? item.Lines.Count, 0, item.Lines.Count), added);
                db.Add(added);
                Number(item);
                return Saved(new ItemEdit.RemoveLine(added.Id));

            case ItemEdit.RemoveLine(var id):
                if (item.Lines.Find(l => l.Id == id) is not { } gone) return Vanished;
                var undo = new ItemEdit.AddLine(LineDraft.Of(gone), gone.Position);
                Remove(db, item, gone);
                Number(item);
                return Saved(undo);

            case ItemEdit.MoveLine(var id, var position):
                if (item.Lines.Find(l => l.Id == id) is not { } moved) return Vanished;
                var back = new ItemEdit.MoveLine(id, moved.Position);
                item.Lines.Remove(moved);
                item.Lines.Insert(Math.Clamp(position, 0, item.Lines.Count), moved);
                Number(item);
                return Saved(back);

            case ItemEdit.ReplaceLines(var drafts):
                return await ReplaceAsync(db, item, drafts, cancellationToken);

            case ItemEdit.Split(var basis, var parts):
                if (LineSplit.Problem(item.Total, basis, parts) is { } unfit) return new EditOutcome(unfit);
                return await ReplaceAsync(db, item, await DraftsAsync(db, item, basis, parts, cancellationToken), cancellationToken);

            case ItemEdit.EditLine(var id, var one):
                return item.Lines.Find(l => l.Id == id) is { } found ? await EditAsync(db, item, found, one, cancellationToken) : Vanished;

            case ItemEdit.EditLines(var ids, var one):
                LineEdit? undone = null;
                foreach (var line in item.Lines.Where(l => ids.Contains(l.Id)).ToList())
                {
                    var outcome = await EditAsync(db, item, line, one, cancellationToken);
                    if (!outcome.IsSaved) return outcome;
                    undone ??= ((ItemEdit.EditLine)outcome.Undo!).Edit;
                }
                return undone is null ? Vanished : Saved(new ItemEdit.EditLines(ids, undone));

            default:
                throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null);
        }
    }

    public static LineField FieldOf(LineEdit edit) => edit switch
    {
        LineEdit.SetDescription => LineField.Description,
        LineEdit.SetCategory => LineField.Category,
        LineEdit.SetProduct => LineField.Product,
        LineEdit.SetClass => LineField.Class,
        LineEdit.SetLocation => LineField.Location,
        LineEdit.SetTaxRate => LineField.TaxRate,
        LineEdit.SetQuantity => LineField.Quantity,
        LineEdit.SetUnitPrice => LineField.UnitPrice,
        LineEdit.SetTax => LineField.Tax,
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null),
    };

    private static async Task<EditOutcome> ReplaceAsync(DextSageDb db, Item item, IReadOnlyList<LineDraft> drafts, CancellationToken cancellationToken)
    {
        if (await ProblemAsync(db, item, drafts, others: 0, cancellationToken) is { } problem) return new EditOutcome(problem);
        var former = item.Lines.ConvertAll(LineDraft.Of);
        foreach (var line in item.Lines.ToList()) Remove(db, item, line);
        foreach (var draft in drafts) item.Lines.Add(await NewLineAsync(db, item, draft, cancellationToken));
        db.AddRange(item.Lines);
        Number(item);
        return Saved(new ItemEdit.ReplaceLines(former));
    }

    private static async Task<IReadOnlyList<LineDraft>> DraftsAsync(DextSageDb db, Item item, SplitBasis basis, IReadOnlyList<SplitPart> parts, CancellationToken cancellationToken)
    {
        List<LineDraft> drafts = [];
        foreach (var (part, gross) in parts.Zip(LineSplit.Gross(item.Total!.Value, basis, parts)))
        {
            var rate = part.TaxRateId ?? (await ProposeAsync(db, item, new LineDraft(part.Description, gross) { CategoryId = part.CategoryId }, cancellationToken)).TaxRateId;
            var percentage = await db.TaxRates.Where(r => r.Id == rate).Select(r => (decimal?)r.Percentage).SingleOrDefaultAsync(cancellationToken) ?? 0;
            drafts.Add(LineSplit.Draft(part with { TaxRateId = rate }, gross, item.LineAmounts, percentage));
        }
        return drafts;
    }

    private static async Task<EditOutcome> EditAsync(DextSageDb db, Item item, ItemLine line, LineEdit edit, CancellationToken cancellationToken)
    {
        var draft = LineDraft.Of(line);
        var (wanted, undo) = edit switch
        {
            LineEdit.SetDescription(var text) => (draft with { Description = Trimmed(text) }, (LineEdit)new LineEdit.SetDescription(draft.Description)),
            LineEdit.SetCategory(var category) => (draft with { CategoryId = category }, new LineEdit.SetCategory(draft.CategoryId)),
            LineEdit.SetProduct(var product) => (draft with { ProductId = product }, new LineEdit.SetProduct(draft.ProductId)),
            LineEdit.SetClass(var ofClass) => (draft with { ClassId = ofClass }, new LineEdit.SetClass(draft.ClassId)),
            LineEdit.SetLocation(var location) => (draft with { LocationId = location }, new LineEdit.SetLocation(draft.LocationId)),
            LineEdit.SetTaxRate(var rate) => (draft with { TaxRateId = rate }, new LineEdit.SetTaxRate(draft.TaxRateId)),
            LineEdit.SetQuantity(var quantity) => (draft with { Quantity = quantity }, new LineEdit.SetQuantity(draft.Quantity)),
            LineEdit.SetUnitPrice(var price) => (draft with { UnitPrice = price }, new LineEdit.SetUnitPrice(draft.UnitPrice)),
            LineEdit.SetTax(var tax) => (draft with { Tax = tax }, new LineEdit.SetTax(draft.Tax)),
            _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null),
        };
        if (await ProblemAsync(db, item, [wanted], others: 0, cancellationToken, was: draft) is { } wrong) return new EditOutcome(wrong);
        if (edit is LineEdit.SetCategory) wanted = await ProposeAsync(db, item, wanted, cancellationToken);
        Write(wanted, line);
        return Saved(new ItemEdit.EditLine(line.Id, undo));
    }

    private static async Task<ItemLine> NewLineAsync(DextSageDb db, Item item, LineDraft draft, CancellationToken cancellationToken)
    {
        var line = new ItemLine { BusinessId = item.BusinessId, ItemId = item.Id };
        Write(await ProposeAsync(db, item, draft with { Description = Trimmed(draft.Description) }, cancellationToken), line);
        return line;
    }

    private static async Task<LineDraft> ProposeAsync(DextSageDb db, Item item, LineDraft draft, CancellationToken cancellationToken) =>
        draft is { TaxRateId: null, CategoryId: { } id }
            ? draft with { TaxRateId = await db.ProposedTaxRateAsync(await db.OfferedCategoryAsync(item.Workspace, id, cancellationToken), cancellationToken) }
            : draft;

    private static void Write(LineDraft draft, ItemLine line)
    {
        (line.Description, line.Quantity, line.UnitPrice) = (draft.Description, draft.Quantity, draft.UnitPrice);
        (line.CategoryId, line.ProductId, line.ClassId, line.LocationId, line.TaxRateId) = (draft.CategoryId, draft.ProductId, draft.ClassId, draft.LocationId, draft.TaxRateId);
        (line.IsTaxTyped, line.Tax) = (draft.Tax is not null, draft.Tax ?? 0);
    }

    /// <param name="was">The line as it stands: what is not touched is not judged, since an entry that has since gone from Sage may stay until it is mended.</param>
    private static async Task<string?> ProblemAsync(DextSageDb db, Item item, IReadOnlyList<LineDraft> drafts, int others, CancellationToken cancellationToken, LineDraft? was = null)
    {
        if (drafts.Count + others > ItemLimits.Lines) return $"An item has at most {ItemLimits.Lines} lines.";
        foreach (var draft in drafts)
        {
            if (draft.Description?.Length > ItemLimits.Description) return $"A line's description has at most {ItemLimits.Description} characters; this has {draft.Description.Length}.";
            if (NumberProblem(draft) is { } number) return number;
            if (Touched(draft.CategoryId, was?.CategoryId) is { } category && await db.OfferedCategoryAsync(item.Workspace, category, cancellationToken) is null) return ItemEdits.NoCategory(item.Workspace);
            if (Touched(draft.ProductId, was?.ProductId) is { } product && await db.OfferedAsync(db.Products, product, cancellationToken) is null) return "That product or service is not on the list any more. Choose another.";
            if (Touched(draft.TaxRateId, was?.TaxRateId) is { } rate && await db.OfferedAsync(db.TaxRates, rate, cancellationToken) is null) return "That tax rate is not on the list any more. Choose another.";
            if (Touched(draft.ClassId, was?.ClassId) is { } ofClass && await db.ClassAsync(ofClass, cancellationToken) is null) return "That class is not on the list any more. Choose another.";
            if (Touched(draft.LocationId, was?.LocationId) is { } location && await db.LocationAsync(location, cancellationToken) is null) return "That location is not on the list any more. Choose another.";
        }

        return null;

        static Guid? Touched(Guid? now, Guid? before) => now == before ? null : now;
    }

    private static string? NumberProblem(LineDraft draft) => draft switch
    {
        _ when decimal.Round(draft.Quantity, 4) != draft.Quantity || decimal.Round(draft.UnitPrice, 4) != draft.UnitPrice => "Quantity and unit price have at most four decimals.",
        { Quantity: <= 0 } => "A quantity is more than zero. For a discount, make the unit price less than zero.",
        _ when draft.Quantity > ItemLimits.Amount || Math.Abs(draft.UnitPrice) > ItemLimits.Amount || Math.Abs(draft.Quantity * draft.UnitPrice) > ItemLimits.Amount =>
            $"A line comes to at most {ItemLimits.Amount:N2}.",
        { Tax: { } tax } when decimal.Round(tax, 2) != tax => "Tax has at most two decimals.",
        { Tax: { } tax } when Math.Abs(tax) > Math.Abs(draft.Quantity * draft.UnitPrice) => "The tax of a line cannot be more than the line.",
        _ => null,
    };

    private static void Remove(DextSageDb db, Item item, ItemLine line)
    {
        item.Lines.Remove(line);
        db.Remove(line);
    }

    private static void Number(Item item)
    {
        for (var i = 0; i < item.Lines.Count; i++) item.Lines[i].Position = i;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static EditOutcome Saved(ItemEdit undo) => new(Refusal: null, undo);

    private static EditOutcome Vanished => new("That line was removed meanwhile.");
}
