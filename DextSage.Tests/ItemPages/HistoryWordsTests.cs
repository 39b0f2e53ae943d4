using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class HistoryWordsTests
{
    public static TheoryData<ItemField, string?, LineField?, string?, string?, string> Sentences => new()
    {
        { ItemField.Category, null, null, "Travel", "Stationery", "changed Category from ‘Travel’ to ‘Stationery’" },
        { ItemField.Supplier, null, null, null, "Northgate", "set Supplier to ‘Northgate’" },
        { ItemField.Note, null, null, "old", null, "emptied Note, which was ‘old’" },
        { ItemField.Date, null, null, "2026-11-07", "2026-11-08", "changed Date from 07/11/2026 to 08/11/2026" },
        { ItemField.Total, null, null, "1.00", "2.00", "changed Total amount from 1.00 to 2.00" },
        { ItemField.Type, null, null, "Invoice", "CreditNote", "changed Type from Invoice to Credit note" },
        { ItemField.Owner, null, null, "Alma", "Ben", "changed Document owner from Alma to Ben" },
        { ItemField.Place, null, null, "Inbox", "Archive", "archived it" },
        { ItemField.Place, null, null, "Archive", "Inbox", "moved it to the inbox" },
        { ItemField.Place, null, null, "Inbox", "Bin", "deleted it into the bin" },
        { ItemField.Place, null, null, "Bin", "Archive", "restored it from the bin" },
        { ItemField.Workspace, null, null, "Costs", "Sales", "moved it to Sales" },
        { ItemField.Lines, null, null, "Net", "Gross", "made the lines’ prices gross" },
        { ItemField.Lines, null, null, null, "Net", "split it into lines" },
        { ItemField.Lines, "line 2", null, null, "Paper, 60.00", "added line 2: Paper, 60.00" },
        { ItemField.Lines, "a line since removed", null, "Paper, 60.00", null, "removed a line: Paper, 60.00" },
        { ItemField.Lines, "line 2", LineField.UnitPrice, "40.00", "45.00", "changed Unit price of line 2 from 40.00 to 45.00" },
        { ItemField.Lines, "line 1", LineField.Position, "3", "1", "moved line 1 from place 3 to 1" },
        { ItemField.Document, null, null, "publish with", "publish without", "chose to publish it without its document" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_change_reads_as_a_bookkeeper_would_tell_it(ItemField field, string? line, LineField? of, string? from, string? to, string sentence) =>
        Assert.Equal(sentence, HistoryWords.Sentence(new ChangeView(field, line, of, from, to)));

    [Fact]
    public void One_change_is_said_with_the_name_and_several_are_listed()
    {
        var one = new ChangeView(ItemField.Category, null, null, null, "Travel");
        Assert.Equal("Jo set Category to ‘Travel’", HistoryWords.Entry(new TimelineEvent(ItemViews.Then, "Jo", ChangeCause.Person, [one])).Headline);
        var split = HistoryWords.Entry(new TimelineEvent(ItemViews.Then, "Jo", ChangeCause.Person, [new(ItemField.Lines, null, null, null, "Net"), new(ItemField.Lines, "line 1", null, null, "Paper, 60.00")]));
        Assert.Equal(("Jo split it into lines", "added line 1: Paper, 60.00"), (split.Headline, Assert.Single(split.Details)));
        Assert.Equal(2, HistoryWords.Entry(new TimelineEvent(ItemViews.Then, "Jo", ChangeCause.Person, [one, one])).Details.Count);
        Assert.Equal("Jo added the file ‘bill.pdf’", HistoryWords.Entry(new TimelineEvent(ItemViews.Then, "Jo", ChangeCause.Upload, [new(ItemField.Document, null, null, null, "bill.pdf")])).Headline);
        var leftOut = new ChangeView(ItemField.Lines, null, null, "Net", null) { Rule = "Supplier rule of Castle" };
        Assert.Equal(["Line items: one amount, by Supplier rule of Castle"], HistoryWords.Entry(new TimelineEvent(ItemViews.Then, null, ChangeCause.Rule, [leftOut, leftOut with { Line = "a line since removed", From = "Paper, 60.00" }])).Details);
        Assert.Equal(["Category: ‘Travel’"], HistoryWords.Entry(new TimelineEvent(ItemViews.Then, null, ChangeCause.Reading, [one])).Details);
    }

    [Fact]
    public void Every_cause_and_every_end_of_a_publication_has_words()
    {
        var change = new ChangeView(ItemField.Note, null, null, "a", "b");
        foreach (var cause in Enum.GetValues<ChangeCause>()) Assert.NotEqual(cause.ToString(), HistoryWords.Entry(new TimelineEvent(ItemViews.Then, "Jo", cause, [change])).Headline);
        foreach (var purpose in Enum.GetValues<PublicationPurpose>())
        foreach (var kind in Enum.GetValues<PublicationEventKind>())
            Assert.NotEqual(kind.ToString(), HistoryWords.Entry(new PublicationEvent(ItemViews.Then, kind, "Jo", null, null) { Purpose = purpose }).Headline);
    }
}
