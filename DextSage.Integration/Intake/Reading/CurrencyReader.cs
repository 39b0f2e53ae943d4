namespace DextSage.Integration.Intake.Reading;

/// <summary>The currency beside the total; failing that, the one that a label names or that every amount on the paper bears.</summary>
internal static class CurrencyReader
{
    public static ReadValue<string>? Read(Paper paper, PaperAmount? total, string baseCurrency)
    {
        var named = Named(paper);
        var marks = Marks(paper);
        if (total is { Mark: { } mark })
        {
            var code = mark == CurrencyMarks.Dollar ? WhichDollar(paper, baseCurrency) : mark;
            if (code is null || named.Any(other => other.Value != code)) return null;
            return Value(code, 0.9m, string.Join(' ', total.Words.Select(word => word.Text)), total.Cell);
        }

        if (named.Select(value => value.Value).Distinct().Count() == 1) return named[0];
        if (named.Count > 0 || marks.Count == 0) return null;
        var only = marks[0].Mark == CurrencyMarks.Dollar ? WhichDollar(paper, baseCurrency) : marks[0].Mark;
        return only is not null && marks.All(amount => amount.Mark == marks[0].Mark)
            ? Value(only, 0.8m, marks[0].Cell.Text, marks[0].Cell)
            : null;
    }

    private static List<PaperAmount> Marks(Paper paper) =>
        [.. paper.Cells.SelectMany(cell => AmountWords.In(cell, cell.Words)).Where(amount => amount.Mark is not null)];

    /// <summary>Currency: EUR, or Total (EUR).</summary>
    private static List<ReadValue<string>> Named(Paper paper) =>
    [
        .. from label in paper.Labels
           where label.Field is LabelField.Currency or LabelField.Gross or LabelField.Payable
           let beside = label.Field == LabelField.Currency && label.Rest.Count == 0 ? paper.RightOf(label.Cell)?.Words ?? [] : label.Rest
           let code = beside.Count > 0 ? CurrencyMarks.Of(beside[0].Text) : null
           where code is not null && code != CurrencyMarks.Dollar
           select Value(code, 0.9m, label.Cell.Text, label.Cell),
    ];

    /// <summary>
    /// The only dollar that the paper names; failing that, the business's own where the paper bears its country's tax or register.
    /// The business's own currency alone settles nothing: suppliers abroad write "$" too.
    /// </summary>
    private static string? WhichDollar(Paper paper, string baseCurrency)
    {
        var words = paper.Cells.SelectMany(cell => cell.Words).ToList();
        var named = words.Select(word => CurrencyMarks.Of(word.Text))
            .Where(code => code is not null && CurrencyMarks.DollarCodes.Contains(code)).Distinct().ToList();
        if (named.Count > 0) return named.Count == 1 ? named[0] : null;
        string[] signs = baseCurrency switch
        {
            "AUD" => ["abn"],
            "CAD" => ["hst", "gst/hst", "qst"],
            "NZD" => ["nzbn"],
            "SGD" => ["uen"],
            _ => [],
        };
        return words.Exists(word => signs.Contains(word.Folded)) ? baseCurrency : null;
    }

    private static ReadValue<string> Value(string code, decimal confidence, string evidence, PaperCell cell) =>
        new(code, confidence, evidence, cell.Page, cell.Box());
}
