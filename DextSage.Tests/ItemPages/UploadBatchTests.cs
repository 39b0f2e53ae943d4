using DextSage.App.Items;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class UploadBatchTests
{
    private readonly UploadBatch batch = new();

    [Fact]
    public void A_file_that_cannot_be_taken_is_refused_by_name_and_the_others_are_sent()
    {
        var wanted = batch.Offer([new("a.pdf", 10, false), new("b.pdf", Arrivals.LargestFile + 1, false), new("c", 4096, true), new("d.pdf", 0, false), new("e.csv", 5, false)], 5);

        Assert.Equal([0, 4], wanted);
        Assert.All(batch.Lines.Where(l => l.Stage is UploadStage.Refused), l => Assert.Contains(l.Name, l.Report!.Refusal, StringComparison.Ordinal));
        Assert.Equal(3, batch.Lines.Count(l => l.Stage is UploadStage.Refused));
    }

    [Fact]
    public void More_than_a_hundred_files_are_refused_together_with_the_number()
    {
        var wanted = batch.Offer([.. Enumerable.Range(0, 101).Select(i => new OfferedFile($"{i}.pdf", 1, false))], 101);

        Assert.Empty(wanted);
        Assert.Contains("101", batch.Problem, StringComparison.Ordinal);
        Assert.False(batch.IsBusy);
    }

    [Fact]
    public void What_became_of_those_before_stays_in_sight_when_others_follow()
    {
        batch.Offer([new("a.pdf", 100, false)], 1);
        batch.Arrived(new("a.pdf", 0, null, "“a.pdf” is damaged.", "Fetch it again.", []));

        var next = new UploadBatch(batch);
        next.Offer([new("a.pdf", 100, false)], 1);
        next.Arrived(new("a.pdf", 1, "CODE", null, null, []));

        Assert.Equal([UploadStage.Refused, UploadStage.Added], next.Lines.Select(l => l.Stage));
        Assert.Single(batch.Lines);
    }

    [Fact]
    public void The_files_of_a_request_leave_one_after_another()
    {
        batch.Offer([new("a.pdf", 100, false), new("b.pdf", 50, false)], 2);

        batch.Progress(120);

        Assert.Equal([(100L, UploadStage.Reading), (20L, UploadStage.Sending)], batch.Lines.Select(l => (l.Sent, l.Stage)));
    }

    [Fact]
    public void Reports_find_their_files_in_whatever_order_they_come()
    {
        batch.Offer([new("a.pdf", 1, false), new("export.csv", 1, false)], 2);

        batch.Arrived(new("export.csv", 12, null, null, null, ["2 were already there."]));
        batch.Arrived(new("a.pdf", 0, null, "a.pdf is damaged.", "Save it again.", []));

        Assert.Equal([UploadStage.Refused, UploadStage.Added], batch.Lines.Select(l => l.Stage));
        Assert.Equal(12, batch.Lines[1].Report!.Added);
        Assert.False(batch.IsBusy);
    }

    [Fact]
    public void What_was_in_a_zip_stands_below_it_as_it_comes_and_the_zip_is_busy_until_all_of_it_is_there()
    {
        batch.Offer([new("march.zip", Arrivals.LargestZip, false), new("a.pdf", 1, false)], 2);
        batch.Progress(Arrivals.LargestZip + 1);

        batch.Arrived(new("one.pdf", 1, "AAA", null, null, []) { Within = "march.zip" });
        batch.Arrived(new("two.pdf", 0, null, "two.pdf is damaged.", "Save it again.", []) { Within = "march.zip" });
        batch.Arrived(new("a.pdf", 1, "BBB", null, null, []));

        Assert.Equal(["march.zip", "one.pdf", "two.pdf", "a.pdf"], batch.Lines.Select(l => l.Name));
        Assert.Equal([UploadStage.Reading, UploadStage.Added, UploadStage.Refused, UploadStage.Added], batch.Lines.Select(l => l.Stage));
        Assert.True(batch.IsBusy);
        batch.Arrived(new("march.zip", 0, null, null, null, ["2 files in it."]));
        Assert.False(batch.IsBusy);
    }

    [Fact]
    public void A_broken_request_leaves_no_file_without_a_word()
    {
        batch.Offer([new("a.pdf", 1, false)], 1);

        batch.Broke("The connection broke on the way.", "Look into the inbox.");

        Assert.Equal("The connection broke on the way.", Assert.Single(batch.Lines).Report!.Refusal);
    }

    [Fact]
    public void A_report_is_never_longer_than_a_message_may_be()
    {
        var report = UploadReport.From(new ArrivalReport("x.csv", [.. Enumerable.Repeat("ABCDEFGHJK", 5000)], null, null, [.. Enumerable.Repeat("A line was refused.", 5000)]));

        Assert.Equal(5000, report.Added);
        Assert.Equal(41, report.Notes.Count);
        Assert.Null(report.FirstCode);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\x\\bill.pdf", "bill.pdf")]
    [InlineData("a\r\nb\".pdf", "ab.pdf")]
    [InlineData("..", "document")]
    public void A_file_name_is_only_ever_a_name(string sent, string kept) => Assert.Equal(kept, DocumentEndpoints.SafeName(sent));
}
