using System.Buffers.Binary;
using System.Threading.Channels;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>
/// Writes what the readers bring: entries, report, counts and the page's own row in one transaction, so that a run that is broken off anywhere goes on
/// behind the last page kept, and counts nothing twice.
/// </summary>
internal sealed class PageKeeper(DextSageDb db, RefreshRun run, RefreshOptions options, BusinessSignal signal, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<ListKind, ListTable> tables = [];
    private readonly Upsert<RefreshPage> pages = new(db, [nameof(RefreshPage.RunId), nameof(RefreshPage.Question), nameof(RefreshPage.FirstRow)], []);
    private readonly Upsert<ListChange> lines = new(db, [nameof(ListChange.Id)], []);
    private readonly Dictionary<ListKind, int> reported = [];
    private readonly Dictionary<Question, int> kept = [];

    public ListTable Table(ListKind list)
    {
        if (!tables.TryGetValue(list, out var table)) tables.Add(list, table = ListTable.Of(db, list));
        return table;
    }

    /// <summary>A question's reading, where an earlier attempt of this run has left it.</summary>
    public async Task<Question> TakeUpAsync(Question question, CancellationToken cancellationToken)
    {
        var rows = await db.RefreshPages.AsNoTracking().Where(p => p.RunId == run.Id && p.Question == question.Name).OrderBy(p => p.FirstRow).ToListAsync(cancellationToken);
        var takenUp = question with { Reading = new SageReading(rows.Select(p => new SageReadPage(p.FirstRow, p.Size, p.Total, Unpack(p.Keys)))) };
        kept[takenUp] = rows.Count;
        return takenUp;
    }

    /// <summary>Until the readers have no more to tell.</summary>
    /// <param name="questions">All of the run: a list is done when every question that is for it is.</param>
    public async Task KeepAsync(IReadOnlyList<Question> questions, ChannelReader<Tidings> tidings, Func<int> takeRequests, CancellationToken cancellationToken)
    {
        while (await tidings.WaitToReadAsync(cancellationToken))
        {
            await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
            {
                // Those that come in while others are written, too; each is let go of before the next is taken.
                for (var taken = 0; taken < options.PagesPerTransaction && tidings.TryRead(out var one); taken++) await TakeAsync(questions, one, cancellationToken);
                run.Requests += takeRequests();
                run.ProgressAt = time.GetUtcNow();
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            signal.Raise(run.BusinessId, News.Progress);
        }
    }

    private async Task TakeAsync(IReadOnlyList<Question> questions, Tidings tidings, CancellationToken cancellationToken)
    {
        switch (tidings)
        {
            case Tidings.Page page:
                await TakeAsync(page, cancellationToken);
                kept[page.Question]++;
                if (IsKept(page.Question)) Finish(questions, page.Question);
                break;
            case Tidings.Refused refused:
                foreach (var list in refused.Question.Lists) Progress(list).Stage = ListStage.NotAllowed;
                break;
            case Tidings.Waiting { Wait: var wait }:
                (run.WaitingBecause, run.WaitingUntil, run.WaitingSince) = (wait.Because, wait.Until, wait.Since);
                break;
            case Tidings.GoingOn:
                (run.WaitingBecause, run.WaitingUntil, run.WaitingSince) = (null, null, null);
                break;
        }
    }

    private async Task TakeAsync(Tidings.Page page, CancellationToken cancellationToken)
    {
        var (question, arrived) = (page.Question, page.Arrived);
        run.Bytes += arrived.Bytes;
        foreach (var list in question.Lists)
        {
            var progress = Progress(list);
            if (progress.Stage is ListStage.Waiting) progress.Stage = ListStage.Coming;
            if (arrived.At is { } at && !(progress.ReadFrom <= at)) progress.ReadFrom = at;
            var rows = arrived.Rows.Where((row, i) => page.Keys[i] != 0 && row.List == list).ToList();
            if (!question.IsSecondLook) progress.Seen += rows.Count;
            if (question is { IsSecondLook: false, IsWhole: true }) progress.Announced = arrived.Total;
            await ReportAsync(await Table(list).TakeAsync(progress, [.. rows.Select(r => r.Entry).OfType<ListEntry>()], cancellationToken), cancellationToken);
            if (question.TellsDeletions) await ReportAsync(await Table(list).RetireAsync(progress, [.. rows.Where(r => r.Entry is null).Select(r => r.SageId)], time.GetUtcNow(), cancellationToken), cancellationToken);
        }

        await pages.WriteAsync(
            [
                new RefreshPage
                {
                    RunId = run.Id, BusinessId = run.BusinessId, Question = question.Name,
                    FirstRow = (page.Request.Number - 1) * page.Request.Size, Size = page.Request.Size, Total = arrived.Total, Keys = Pack(page.Keys),
                },
            ], cancellationToken);
    }

    /// <summary>Adds lines to the report, as many as it may have; the others are in the counts alone.</summary>
    public async Task ReportAsync(IReadOnlyList<ListChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return;
        var list = changes[0].List;
        if (!reported.TryGetValue(list, out var already)) already = await db.ListChanges.CountAsync(c => c.RunId == run.Id && c.List == list, cancellationToken);
        var room = Math.Max(0, options.ReportLines - already);
        await lines.WriteAsync(changes.Take(room), cancellationToken);
        reported[list] = already + Math.Min(room, changes.Count);
    }

    private bool IsKept(Question question) => question.Reading.IsEnded && kept[question] == question.Reading.Pages;

    private void Finish(IReadOnlyList<Question> questions, Question question)
    {
        foreach (var list in question.Lists)
            if (questions.All(q => !q.Lists.Contains(list) || IsKept(q)) && Progress(list) is { Stage: ListStage.Coming } progress)
                progress.Stage = ListStage.Done;
    }

    private ListProgress Progress(ListKind list) => run.Lists.First(l => l.List == list);

    private static byte[] Pack(ulong[] keys)
    {
        var fresh = Array.FindAll(keys, key => key != 0);
        var bytes = new byte[fresh.Length * sizeof(ulong)];
        for (var i = 0; i < fresh.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), fresh[i]);
        return bytes;
    }

    private static ulong[] Unpack(byte[] bytes)
    {
        var keys = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < keys.Length; i++) keys[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)));
        return keys;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in tables.Values) await table.DisposeAsync();
        await pages.DisposeAsync();
        await lines.DisposeAsync();
    }
}
