using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Reading;

/// <summary>
/// The supplier's name, only from strong evidence: beside "From", or a name that two things on the paper agree on (its letterhead,
/// its tax or company registration, its own domain). Names addressed by "Bill to" and the reader's own business are out.
/// </summary>
internal static partial class SupplierReader
{
    public static ReadValue<string>? Read(Paper paper, string? ownBusinessName)
    {
        var addressed = Addressed(paper);
        var own = ownBusinessName is null ? null : Key(ownBusinessName);
        var named = Names(paper).Where(name => !addressed.Contains(name.Cell) && Key(name.Text) != own).ToList();
        var from = Strongest(FromLabelled(paper, own));
        if (from is not null) return from;
        var letterheadSize = paper.Cells.Where(cell => cell.Page == 1 && cell.Depth < 0.35).Select(cell => cell.Size).OrderDescending().FirstOrDefault();
        var proven = named
            .Where(name => Evidence(paper, name, letterheadSize) >= (name.HasSuffix ? 1 : 2))
            .ToList();
        return Strongest(proven);
    }

    private static ReadValue<string>? Strongest(List<Name> names)
    {
        if (names.Count == 0 || names.Any(name => Key(name.Text) != Key(names[0].Text))) return null;
        return new ReadValue<string>(names[0].Text, 0.9m, names[0].Cell.Text, names[0].Cell.Page, names[0].Cell.Box());
    }

    private static List<Name> FromLabelled(Paper paper, string? own) =>
    [
        .. paper.Labels.Where(label => label is { Field: LabelField.From, Start: 0 } && label.Cell.Depth < 0.5)
            .Select(label => label.Rest.Count > 0
                ? NameIn(label.Cell, label.Rest)
                : (paper.Below(label.Cell) ?? paper.RightOf(label.Cell)) is { } cell ? NameIn(cell, cell.Words) : null)
            .OfType<Name>()
            .Where(name => name.HasSuffix && Key(name.Text) != own),
    ];

    /// <summary>Names with a company suffix anywhere, and the largest words at the head of the first page.</summary>
    private static IEnumerable<Name> Names(Paper paper) => paper.Cells
        .Where(cell => !paper.Labels.Any(label => ReferenceEquals(label.Cell, cell) && label.Start == 0 && label.Field is not LabelField.Registration))
        .Select(cell => NameIn(cell, cell.Words))
        .OfType<Name>()
        .Where(name => name.HasSuffix || (name.Cell.Page == 1 && name.Cell.Depth < 0.3));

    private static Name? NameIn(PaperCell cell, IReadOnlyList<PaperWord> words)
    {
        var part = words.TakeWhile(word => word.Text is not ("·" or "•" or "|" or "-" or "–" or "—" or "/")).ToList();
        var suffix = -1;
        for (var at = 1; at < part.Count && at <= 7; at++)
        {
            if (Suffix.IsMatch(part[at].Text.TrimEnd(',', ';', ':', '.'))) suffix = at;
            if (suffix >= 0 && (part[at].Text.EndsWith(',') || at > suffix)) break;
        }

        var text = string.Join(' ', (suffix > 0 ? part.Take(suffix + 1) : part).Select(word => word.Text)).TrimEnd(',', ';', ':');
        if (text.Length is < 3 or > 80 || !char.IsLetterOrDigit(text[0]) || text.Count(char.IsLetter) < 3) return null;
        // Kerning makes two words of one ("Liefer ant GmbH"): then the name as printed is not known.
        if (part.Zip(part.Skip(1)).Any(pair => pair.Second.Left - pair.First.Right < 0.15 * pair.First.Size)) return null;
        return suffix < 0 && (part.Count > 6 || text.Any(char.IsDigit)) ? null : new Name(text, suffix > 0, cell);
    }

    /// <summary>How many things agree that this is whose paper it is.</summary>
    private static int Evidence(Paper paper, Name name, double letterheadSize)
    {
        var isLetterhead = name.Cell.Page == 1 && name.Cell.Depth < 0.3 && name.Cell.Size >= letterheadSize * 0.95 && name.Cell.Size >= 1.25 * BodySize(paper);
        var isRegistered = paper.Labels.Any(label => label.Field == LabelField.Registration && StandsWith(paper, label.Cell, name));
        var hasDomain = paper.Cells.SelectMany(cell => cell.Words).Any(word => IsDomainOf(word.Text, name.Text));
        return (isLetterhead ? 1 : 0) + (isRegistered ? 1 : 0) + (hasDomain ? 1 : 0);
    }

    private static double BodySize(Paper paper)
    {
        var sizes = paper.Cells.Where(cell => cell.Page == 1).SelectMany(cell => cell.Words).Select(word => word.Size).Order().ToList();
        return sizes.Count == 0 ? 0 : sizes[sizes.Count / 2];
    }

    /// <summary>The name is printed on the registration's own line.</summary>
    private static bool StandsWith(Paper paper, PaperCell registration, Name name) =>
        paper.Lines[registration.Line].Any(cell => Key(cell.Text).Contains(Key(name.Text), StringComparison.Ordinal));

    /// <summary>accounts@fenwickrowe.example belongs to Fenwick &amp; Rowe Solicitors.</summary>
    private static bool IsDomainOf(string word, string name)
    {
        if (Domain.Match(word) is not { Success: true } match) return false;
        var domain = Key(match.Groups["name"].Value);
        return domain.Length >= 5 && Key(name).StartsWith(domain, StringComparison.Ordinal);
    }

    /// <summary>What stands under or beside "Bill to" and its like.</summary>
    private static HashSet<PaperCell> Addressed(Paper paper)
    {
        var addressed = new HashSet<PaperCell>(ReferenceEqualityComparer.Instance);
        foreach (var label in paper.Labels.Where(label => label.Field == LabelField.BillTo))
        {
            addressed.Add(label.Cell);
            if (paper.RightOf(label.Cell) is { } right && label.Rest.Count == 0) addressed.Add(right);
            var cell = label.Cell;
            for (var lines = 0; lines < 6 && paper.Below(cell) is { } below; lines++, cell = below) addressed.Add(below);
        }

        return addressed;
    }

    /// <summary>Letters and digits only, so that "Fenwick &amp; Rowe" and "fenwickrowe" are the same.</summary>
    private static string Key(string text) => string.Concat(Folding.Fold(text).Where(char.IsLetterOrDigit));

    private sealed record Name(string Text, bool HasSuffix, PaperCell Cell);

    [GeneratedRegex(
        @"^(?:ltd|limited|plc|llp|llc|inc|incorporated|corp|corporation|gmbh|ag|kg|ohg|ug|sarl|sàrl|s\.à\.?r\.l|s\.a\.r\.l|sas|s\.a\.s|sa|s\.a|sprl|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|s\.l|lda|oy|ab|aps|pty)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Suffix { get; }

    [GeneratedRegex(@"(?:@|www\.|https?://(?:www\.)?)(?:[a-z0-9-]+\.)*?(?<name>[a-z0-9-]{3,60})\.(?:co\.|com\.)?[a-z]{2,10}(?:[/,;.)]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Domain { get; }
}
