using Bunit;
using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class ItemPanelTests : BunitContext
{
    private readonly List<(ItemField Field, ItemEdit Edit, int Version)> saved = [];
    private readonly List<ItemField> visited = [];

    public ItemPanelTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public static TheoryData<ItemStatus, bool, string?> EveryPublish()
    {
        var all = new TheoryData<ItemStatus, bool, string?>();
        foreach (var status in Enum.GetValues<ItemStatus>())
            foreach (var may in new[] { true, false })
                foreach (var refusal in new[] { null, "Resolve the issues first." })
                    all.Add(status, may, refusal);
        return all;
    }

    [Theory]
    [MemberData(nameof(EveryPublish))]
    public void Publish_is_offered_before_publishing_to_those_who_may_and_says_why_it_is_off(ItemStatus status, bool may, string? refusal)
    {
        var button = Render<PublishButton>(p => p.Add(b => b.Item, ItemViews.Ready with { Status = status, PublishRefusal = refusal }).Add(b => b.MayPublish, may));

        var isBefore = status is ItemStatus.Processing or ItemStatus.ToReview or ItemStatus.Ready;
        Assert.Equal(isBefore && may ? 1 : 0, button.FindAll("button").Count);
        if (isBefore && may) Assert.Equal(refusal is not null, button.Find("button").HasAttribute("disabled"));
        Assert.Equal(isBefore && refusal is not null, button.Markup.Contains("Resolve the issues first.", StringComparison.Ordinal));
    }

    [Fact]
    public void An_issue_leads_to_its_field()
    {
        var panel = RenderPanel<IssuesPanel>(ItemViews.Ready with { Issues = [new(ItemField.Total, "Enter the total amount.")] });

        panel.FindAll("button").Single(b => b.TextContent.Contains("Go to total amount", StringComparison.Ordinal)).Click();

        Assert.Equal([ItemField.Total], visited);
    }

    [Fact]
    public void An_issue_that_one_click_mends_is_mended_on_the_version_that_was_seen()
    {
        var fix = new ItemEdit.SetTax(20m);
        var panel = RenderPanel<IssuesPanel>(ItemViews.Ready with { Issues = [new(ItemField.Tax, "Tax of 3.00 does not fit.", new IssueFix("Set tax to 20.00", fix))] });

        panel.FindAll("button").Single(b => b.TextContent.Contains("Set tax to 20.00", StringComparison.Ordinal)).Click();

        Assert.Equal([(ItemField.Tax, (ItemEdit)fix, 4)], saved);
    }

    [Fact]
    public void A_locked_item_shows_its_issues_without_buttons()
    {
        var panel = RenderPanel<IssuesPanel>(ItemViews.Ready with { Locked = "It is being read.", Issues = [new(ItemField.Tax, "Wrong.", new IssueFix("Mend", new ItemEdit.SetTax(1)))] });

        Assert.Contains("Wrong.", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("button"));
    }

    [Fact]
    public void A_field_that_is_not_there_any_more_or_is_locked_takes_no_words_from_the_paper()
    {
        var line = new LineView(Guid.CreateVersion7(), "Paper", null, null, null, null, null, 1, 100, 100, 20, 120, IsTaxTyped: false);
        var ofLine = new FieldTarget(ItemField.Lines, "Description of line 1", _ => Task.CompletedTask, line.Id);
        var ofItem = new FieldTarget(ItemField.Total, "Total amount", _ => Task.CompletedTask);

        Assert.True(ofItem.IsOn(ItemViews.Ready));
        Assert.False(ofItem.IsOn(ItemViews.Ready with { Locked = "This item is in Sage." }));
        Assert.True(ofLine.IsOn(ItemViews.Ready with { Lines = [line] }));
        Assert.False(ofLine.IsOn(ItemViews.Ready));
    }

    [Fact]
    public void An_issue_of_a_line_leads_to_that_line()
    {
        var line = Guid.CreateVersion7();
        var went = 0;
        var places = new FieldPlaces();
        places.SetLine(line, () =>
        {
            went++;
            return ValueTask.CompletedTask;
        });
        var panel = Render<IssuesPanel>(p => p.AddCascadingValue(
            new ItemEditing(ItemViews.Ready with { Issues = [new(ItemField.Lines, "Line 1: Choose a category.", Fix: null, line)] }, Last: null, places, Save, () => Task.CompletedTask)));

        panel.FindAll("button").Single(b => b.TextContent.Contains("Go to line", StringComparison.Ordinal)).Click();

        Assert.Equal(1, went);
    }

    [Fact]
    public void Without_issues_there_is_no_panel() => Assert.Empty(RenderPanel<IssuesPanel>(ItemViews.Ready).Markup.Trim());

    [Fact]
    public void A_failure_is_a_sentence_an_action_and_a_way_to_the_field_with_Sages_words_folded()
    {
        var panel = RenderPanel<FailurePanel>(ItemViews.Ready with { Failure = new("X", ItemField.Category, "Sage refused the category.", "Choose another.", "422 ledger_account_id") });

        Assert.Contains("Sage refused the category.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Choose another.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("422 ledger_account_id", panel.Find("details:not([open])").TextContent, StringComparison.Ordinal);
        panel.Find("button").Click();
        Assert.Equal([ItemField.Category], visited);
    }

    [Fact]
    public void A_failure_leads_to_its_help_and_is_gone_from_the_page_while_it_is_tried_again()
    {
        var failed = ItemViews.Ready with { Failure = new(nameof(PublishFailureKind.DateRefused), ItemField.Date, "No.", "Correct it.", null) };

        Assert.EndsWith("/help/publishing/date-refused", RenderPanel<FailurePanel>(failed).Find("a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(RenderPanel<FailurePanel>(failed with { Status = ItemStatus.Publishing }).Markup.Trim());
    }

    [Fact]
    public void The_steps_show_while_they_move()
    {
        var panel = Render<PublicationPanel>(p => p
            .Add(x => x.Item, ItemViews.Ready with { Status = ItemStatus.Publishing })
            .Add(x => x.Steps, [new StepView("Create the supplier", StepStatus.Done, null, null, null), new StepView("Attach the document", StepStatus.Sending, null, null, null)]));

        Assert.Equal(["Create the supplier done", "Attach the document being sent"], panel.FindAll("li").Select(l => l.TextContent.Trim()));
    }

    [Fact]
    public void A_published_item_shows_Sages_number_and_a_link_that_tells_Sage_nothing_of_this_page()
    {
        var panel = Render<PublicationPanel>(p => p.Add(x => x.Item, ItemViews.Ready with
        {
            Status = ItemStatus.Published, SageNumber = "PI-118", SageUrl = "https://sage.example/118", PublishedAt = ItemViews.Then, PublishedWith = "Without its document.",
        }));

        Assert.Contains("PI-118", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Without its document.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("noopener", panel.Find("a[href='https://sage.example/118']").GetAttribute("rel"), StringComparison.Ordinal);
    }

    private IRenderedComponent<T> RenderPanel<T>(ItemView item)
        where T : IComponent
    {
        var places = new FieldPlaces();
        foreach (var field in Enum.GetValues<ItemField>())
            places.Set(field, () =>
            {
                visited.Add(field);
                return ValueTask.CompletedTask;
            });
        var editing = new ItemEditing(item, Last: null, places, Save, () => Task.CompletedTask);
        return Render<T>(p => p.AddCascadingValue(editing));
    }

    private Task<EditOutcome> Save(ItemField field, ItemEdit edit, int version)
    {
        saved.Add((field, edit, version));
        return Task.FromResult(new EditOutcome(Refusal: null));
    }
}
