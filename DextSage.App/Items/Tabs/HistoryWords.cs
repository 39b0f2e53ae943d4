using System.Globalization;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;

namespace DextSage.App.Items;

/// <summary>One thing that happened, in words.</summary>
/// <param name="Details">What else was changed with it, a sentence each.</param>
internal sealed record HistoryEntry(DateTimeOffset At, string Headline, IReadOnlyList<string> Details);

/// <summary>An item's history as a bookkeeper would tell it.</summary>
internal static class HistoryWords
{
    public static HistoryEntry Entry(TimelineEvent happened)
    {
        var sentences = happened.Changes.Select(Sentence).ToList();
        return happened.Cause switch
        {
            ChangeCause.Person when sentences is [var only] => new(happened.At, $"{happened.Person} {only}", []),
            // Splitting and joining is one thing with many lines.
            ChangeCause.Person when happened.Changes[0] is { Field: ItemField.Lines, Line: null } => new(happened.At, $"{happened.Person} {sentences[0]}", sentences[1..]),
            ChangeCause.Person when happened.Changes.All(c => c.Field is ItemField.Lines) => new(happened.At, $"{happened.Person} replaced the lines", sentences),
            ChangeCause.Person => new(happened.At, $"{happened.Person} changed {happened.Changes.Count} values", sentences),
            ChangeCause.Upload => new(happened.At, $"{happened.Person} added the file ‘{happened.Changes[0].To}’", []),
            ChangeCause.Api => new(happened.At, $"The API key ‘{happened.Changes[0].From}’ sent the file ‘{happened.Changes[0].To}’, in the name of {happened.Person}", []),
            ChangeCause.Folder => new(happened.At, $"The file ‘{happened.Changes[0].To}’ came through the watched folder, in the name of {happened.Person}", []),
            ChangeCause.Sample => new(happened.At, $"{happened.Person} took the sample document ‘{happened.Changes[0].To}’", []),
            ChangeCause.DextExport => new(happened.At, $"{happened.Person} imported it from the Dext export ‘{happened.Changes[0].To}’", []),
            ChangeCause.Reading => new(happened.At, "Read from the document", [.. happened.Changes.Select(ValueOf)]),
            ChangeCause.Consequence => new(happened.At, "What followed from that", sentences),
            ChangeCause.Lists => new(happened.At, "Followed from refreshed lists", sentences),
            ChangeCause.Matching => new(happened.At, $"{happened.Person ?? "DextSage"} matched old entries to new ones", [.. happened.Changes.Select(ValueOf)]),
            ChangeCause.Shrinking or ChangeCause.Conversion => new(happened.At, happened.Changes[0].To!, []),
            ChangeCause.Rule when happened.Person is not null => new(happened.At, $"{happened.Person} took back what rules had set", sentences),
            ChangeCause.Rule => new(happened.At, "Rules set", [.. happened.Changes.Where(c => !IsPartOf(c, happened.Changes)).Select(c => $"{ValueOf(c)}, by {c.Rule}")]),
            ChangeCause.Publishing => new(happened.At, "Publishing changed it", sentences),
            _ => new(happened.At, happened.Cause.ToString(), sentences),
        };
    }

    public static HistoryEntry Entry(PublicationEvent happened) => new(happened.At, (happened.Kind, happened.Purpose) switch
    {
        (PublicationEventKind.Asked, PublicationPurpose.Withdraw) => $"{happened.Person} withdrew it from Sage{Numbered(happened)}",
        (PublicationEventKind.Asked, PublicationPurpose.Correct) => $"{happened.Person} sent a correction of it to Sage{Numbered(happened)}",
        (PublicationEventKind.Asked, _) when happened.Rule is { } rule => $"{rule} published it, in the name of {happened.Person}",
        (PublicationEventKind.Asked, _) => $"{happened.Person} published it",
        (PublicationEventKind.Published, _) => happened.Number is null ? "It arrived in Sage" : $"It arrived in Sage as {happened.Number}",
        (PublicationEventKind.Withdrawn, _) => $"It is out of Sage again{Numbered(happened)}",
        (PublicationEventKind.Corrected, _) => $"It was corrected in Sage{Numbered(happened)}",
        (PublicationEventKind.Failed, PublicationPurpose.Withdraw) => "Sage did not let go of it: it stands there as before",
        (PublicationEventKind.Failed, PublicationPurpose.Correct) => "Sage did not take the correction: it stands there as before",
        (PublicationEventKind.Failed, _) => "Publishing failed",
        (PublicationEventKind.Cancelled, PublicationPurpose.Withdraw) => "Withdrawing was cancelled before anything was sent",
        (PublicationEventKind.Cancelled, PublicationPurpose.Correct) => "The correction was cancelled before anything was sent",
        (PublicationEventKind.Cancelled, _) => "Publishing was cancelled before anything was sent",
        _ => happened.Kind.ToString(),
    }, happened.Problem is null ? [] : [happened.Problem]);

    private static string Numbered(PublicationEvent happened) => happened.Number is null ? "" : $", where it was {happened.Number}";

    /// <summary>What was done, to follow a person's name.</summary>
    public static string Sentence(ChangeView change) => change switch
    {
        { Field: ItemField.Place } => (change.From, change.To) switch
        {
            (nameof(Place.Bin), _) => "restored it from the bin",
            (_, nameof(Place.Archive)) => "archived it",
            (_, nameof(Place.Bin)) => "deleted it into the bin",
            _ => "moved it to the inbox",
        },
        { Field: ItemField.Paid } => change.To == "yes" ? "marked it as paid" : "marked it as not paid",
        { Field: ItemField.ReverseCharge } => change.To == "yes" ? "put it under the Domestic Reverse Charge" : "took it out of the Domestic Reverse Charge",
        { Field: ItemField.Duplicate or ItemField.Pages } => change.To!,
        { Field: ItemField.Flag } => change.To is null ? "took the flag off" : $"flagged it: {change.To}",
        { Field: ItemField.Held } => change.To is null ? "released it" : $"held it for review: {change.To}",
        { Field: ItemField.Workspace } => $"moved it to {change.To}",
        { Field: ItemField.Document, To: "publish without" } => "chose to publish it without its document",
        { Field: ItemField.Document, To: "publish with" } => "chose to publish it with its document",
        { Field: ItemField.Document } => $"added the file ‘{change.To}’",
        { Field: ItemField.Lines, Line: null, From: null } => "split it into lines",
        { Field: ItemField.Lines, Line: null, To: null } => "put the lines together again",
        { Field: ItemField.Lines, Line: null } => $"made the lines’ prices {change.To!.ToLowerInvariant()}",
        { Field: ItemField.Lines, LineField: null, From: null } => $"added {change.Line}: {change.To}",
        { Field: ItemField.Lines, LineField: null } => $"removed a line: {change.From}",
        { LineField: LineField.Position } => $"moved {change.Line} from place {change.From} to {change.To}",
        { LineField: { } of } => FromTo($"{of.Name()} of {change.Line}", Shown(of, change.From), Shown(of, change.To)),
        _ => FromTo(change.Field.Name(), Shown(change.Field, change.From), Shown(change.Field, change.To)),
    };

    // Lines that were put together are gone with the whole.
    private static bool IsPartOf(ChangeView change, IReadOnlyList<ChangeView> all) =>
        change is { Field: ItemField.Lines, Line: not null, LineField: null, To: null } && all.Any(c => c is { Field: ItemField.Lines, Line: null, To: null });

    private static string ValueOf(ChangeView change) => change is { Field: ItemField.Lines, Line: null, To: null } ? "Line items: one amount" : $"{change.Field.Name()}: {Shown(change.Field, change.To) ?? "nothing"}";

    private static string FromTo(string name, string? from, string? to) => (from, to) switch
    {
        (null, null) => $"chose another {name} of the same name",
        (null, _) => $"set {name} to {to}",
        (_, null) => $"emptied {name}, which was {from}",
        _ when from == to => $"changed {name} to another {to}",
        _ => $"changed {name} from {from} to {to}",
    };

    /// <summary>A value as a history shows it; null for an empty one.</summary>
    public static string? Value(ItemField field, string? text) => Shown(field, text);

    private static string? Shown(ItemField field, string? text) => (field, text) switch
    {
        (_, null) => null,
        (ItemField.Date or ItemField.DueDate or ItemField.PaidOn, _) when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => DateText.Show(date),
        (ItemField.Type, _) when Enum.TryParse<ItemType>(text, out var type) => type.Name(),
        (ItemField.PublishTo, _) when Enum.TryParse<PublishTo>(text, out var to) => to.Name(),
        (ItemField.Total or ItemField.Tax or ItemField.PaidAmount or ItemField.ExchangeRate or ItemField.Currency or ItemField.Owner, _) => text,
        _ => Shown(text),
    };

    private static string? Shown(LineField field, string? text) => field is LineField.Quantity or LineField.UnitPrice or LineField.Tax ? text : Shown(text);

    private static string? Shown(string? text) => text is null ? null : $"‘{text}’";
}
