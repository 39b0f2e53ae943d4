using DextSage.App.Items;
using DextSage.Integration.Items;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class FieldDraftTests
{
    private readonly FieldDraft<string> draft = new();
    private readonly List<int> savedOn = [];

    [Fact]
    public void Somebody_elses_edit_shows_at_once_in_a_field_that_nobody_is_in()
    {
        draft.Read("one", 1);
        draft.Read("two", 2);

        Assert.Equal("two", draft.Shown);
        Assert.False(draft.WasChangedElsewhere);
    }

    [Fact]
    public void Somebody_elses_edit_does_not_wipe_what_one_is_typing()
    {
        draft.Read("one", 1);
        draft.Enter();
        draft.Read("two", 2);

        Assert.Equal("one", draft.Shown);
        Assert.True(draft.WasChangedElsewhere);
        Assert.Equal("two", draft.Elsewhere);
    }

    [Fact]
    public async Task A_reading_that_was_begun_before_ones_own_save_is_nobodys_edit()
    {
        draft.Read("one", 1);
        draft.Enter();
        await draft.CommitAsync("two", _ =>
        {
            draft.Read("two", 2);
            return Task.FromResult(new EditOutcome(Refusal: null));
        });

        draft.Read("one", 1);

        Assert.Equal("two", draft.Shown);
        Assert.False(draft.WasChangedElsewhere);
    }

    [Fact]
    public void Leaving_without_an_edit_shows_what_somebody_else_saved()
    {
        draft.Read("one", 1);
        draft.Enter();
        draft.Read("two", 2);
        draft.Leave();

        Assert.Equal("two", draft.Shown);
    }

    [Fact]
    public async Task An_edit_on_top_of_an_unseen_value_is_sent_as_made_on_the_version_that_was_seen()
    {
        draft.Read("one", 1);
        draft.Enter();
        draft.Read("two", 5);

        await draft.CommitAsync("mine", Refuse);

        Assert.Equal([1], savedOn);
        Assert.Equal((FieldState.Refused, "mine"), (draft.State, draft.Shown));
    }

    [Fact]
    public async Task After_a_refusal_the_next_try_stands_on_what_is_there_now()
    {
        draft.Read("one", 1);
        draft.Enter();
        draft.Read("two", 5);
        await draft.CommitAsync("mine", Refuse);

        await draft.CommitAsync("mine still", version => SaveAs("mine still", version));

        Assert.Equal([1, 5], savedOn);
        Assert.Equal(FieldState.Saved, draft.State);
    }

    [Fact]
    public async Task Edits_of_other_fields_are_no_conflict()
    {
        draft.Read("one", 1);
        draft.Enter();
        draft.Read("one", 7);

        await draft.CommitAsync("mine", version => SaveAs("mine", version));

        Assert.Equal([7], savedOn);
    }

    [Fact]
    public async Task What_is_typed_and_already_there_is_not_saved_again()
    {
        draft.Read("one", 1);

        await draft.CommitAsync("one", Refuse);

        Assert.Empty(savedOn);
        Assert.Equal(FieldState.Idle, draft.State);
    }

    [Fact]
    public void What_cannot_be_read_stays_as_it_was_typed_whatever_others_do()
    {
        draft.Read("1.00", 1);
        draft.Refuse("abc", "That is no amount.");
        draft.Leave();
        draft.Read("2.00", 2);

        Assert.Equal(("abc", FieldState.Refused, "That is no amount."), (draft.Shown, draft.State, draft.Sentence));
    }

    [Fact]
    public async Task A_saved_value_is_shown_as_it_was_kept()
    {
        draft.Read(null, 1);

        await draft.CommitAsync(" tidy ", version => SaveAs("tidy", version));

        Assert.Equal(("tidy", FieldState.Saved), (draft.Shown, draft.State));
    }

    private Task<EditOutcome> Refuse(int version)
    {
        savedOn.Add(version);
        return Task.FromResult(new EditOutcome("Somebody else changed it."));
    }

    private Task<EditOutcome> SaveAs(string kept, int version)
    {
        savedOn.Add(version);
        draft.Read(kept, version + 1);
        return Task.FromResult(new EditOutcome(Refusal: null));
    }
}
