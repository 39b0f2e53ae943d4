namespace DextSage.Integration.Intake.Reading;

/// <summary>The three amounts; each may be missing.</summary>
internal sealed record PaperTotals(ReadValue<decimal>? Net, ReadValue<decimal>? Tax, ReadValue<decimal>? Total, PaperAmount? TotalAmount)
{
    public static readonly PaperTotals None = new(null, null, null, null);
}

/// <summary>
/// A total is believed when the paper proves it (net + tax = total, all three labelled), or when there is exactly one labelled
/// total and no larger amount anywhere.
/// </summary>
internal static class TotalsReader
{
    public static PaperTotals Read(Paper paper)
    {
        var candidates = paper.Labels
            .Where(label => label.Field is LabelField.Net or LabelField.Tax or LabelField.Gross or LabelField.Payable)
            .SelectMany(label => Candidates(paper, label))
            .ToList();
        return Proven(paper, candidates) ?? Sole(paper, candidates);
    }

    private static IEnumerable<TotalCandidate> Candidates(Paper paper, PaperLabel label)
    {
        var beside = Beside(paper, label);
        if (beside.Count > 0) return beside.Select(amount => new TotalCandidate(label, amount, IsAlone: beside.Count == 1));
        // In a table with headings the amount stands below; only the proof tells whether it is a total or a line's.
        if (paper.Below(label.Cell) is not { } below) return [];
        return AmountWords.In(below, below.Words).Select(amount => new TotalCandidate(label, amount, IsAlone: false));
    }

    /// <summary>Amounts behind the label on its line, up to a cell with a label of its own.</summary>
    private static List<PaperAmount> Beside(Paper paper, PaperLabel label)
    {
        var found = new List<PaperAmount>(AmountWords.In(label.Cell, label.Rest));
        var isLastInCell = !paper.Labels.Any(other => ReferenceEquals(other.Cell, label.Cell) && other.Start > label.Start);
        if (!isLastInCell) return found;
        foreach (var cell in paper.Lines[label.Cell.Line].Where(cell => cell.Left >= label.Cell.Right))
        {
            if (paper.Labels.Any(other => ReferenceEquals(other.Cell, cell))) break;
            found.AddRange(AmountWords.In(cell, cell.Words));
        }

        return found;
    }

    private static PaperTotals? Proven(Paper paper, List<TotalCandidate> candidates)
    {
        var nets = candidates.Where(candidate => candidate.Label.Field == LabelField.Net || candidate.Label is { Field: LabelField.Gross, Weight: 1 }).ToList();
        var taxes = candidates.Where(candidate => candidate.Label.Field == LabelField.Tax).ToList();
        var grosses = candidates.Where(candidate => candidate.Label.Field is LabelField.Gross or LabelField.Payable).ToList();
        var taxSums = taxes.Select(tax => (tax, tax.Amount.Value)).ToList();
        if (SumOfRates(taxes) is { } sum) taxSums.Add((taxes[^1], sum));

        var proofs = (
            from gross in grosses
            from net in nets
            from tax in taxSums
            where tax.Value != 0 && net.Amount.Value + tax.Value == gross.Amount.Value && Math.Sign(tax.Value) == Math.Sign(net.Amount.Value)
            select (gross, net, tax)).ToList();
        if (proofs.Count == 0) return null;

        // A subtotal and a rate's own tax may prove a smaller sum; only the largest can be the document's.
        var largest = proofs.MaxBy(proof => Math.Abs(proof.gross.Amount.Value));
        if (proofs.Any(proof => proof.gross.Amount.Value == largest.gross.Amount.Value && proof.tax.Value != largest.tax.Value)) return null;
        if (HasLarger(paper, largest.gross.Amount.Value)) return null;
        return new PaperTotals(
            largest.net.Read(1m), largest.tax.tax.Read(1m) with { Value = largest.tax.Value }, largest.gross.Read(1m), largest.gross.Amount);
    }

    /// <summary>One line per rate: the last amount of each line with a tax label, added up.</summary>
    private static decimal? SumOfRates(List<TotalCandidate> taxes)
    {
        var lines = taxes.GroupBy(tax => (tax.Label.Cell.Page, tax.Amount.Cell.Line)).Select(line => line.Last().Amount.Value).ToList();
        return lines.Count > 1 ? lines.Sum() : null;
    }

    private static PaperTotals Sole(Paper paper, List<TotalCandidate> candidates)
    {
        var labelled = candidates.Where(candidate => candidate.Label.Field is LabelField.Gross or LabelField.Payable).ToList();
        if (labelled.Count == 0 || labelled.Any(candidate => candidate.Amount.Value != labelled[0].Amount.Value)) return PaperTotals.None;
        var total = labelled.FirstOrDefault(candidate => candidate.IsAlone);
        if (total is null || total.Amount.Value <= 0) return PaperTotals.None;
        if (HasLarger(paper, total.Amount.Value)) return PaperTotals.None;
        // A net amount that differs, with no tax that explains it, means that something was not understood.
        var nets = candidates.Where(candidate => candidate.Label.Field == LabelField.Net && candidate.IsAlone).ToList();
        var isExplained = nets.TrueForAll(net => net.Amount.Value == total.Amount.Value);
        return isExplained ? new PaperTotals(null, null, total.Read(0.8m), total.Amount) : PaperTotals.None;
    }

    /// <summary>Something on the paper is larger, so the total that was found may be a part only.</summary>
    private static bool HasLarger(Paper paper, decimal total) => paper.Cells
        .SelectMany(cell => AmountWords.In(cell, cell.Words))
        .Any(amount => Math.Abs(amount.Value) > Math.Abs(total));

    private sealed record TotalCandidate(PaperLabel Label, PaperAmount Amount, bool IsAlone)
    {
        public ReadValue<decimal> Read(decimal confidence)
        {
            var label = string.Join(' ', Label.Cell.Words.Skip(Label.Start).Take(Label.Length).Select(word => word.Text));
            var amount = string.Join(' ', Amount.Words.Select(word => word.Text));
            return new ReadValue<decimal>(Amount.Value, confidence, $"{label} {amount}", Amount.Cell.Page, Amount.Cell.Box());
        }
    }
}
