using System.Diagnostics;
using System.Runtime;
using System.Xml;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Items;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using DextSage.Tests.Intake;
using DextSage.Tests.Intake.Structured;

namespace DextSage.Tests.Benches;

/// <summary>
/// What comes in, against the least that it can cost: files against a copy of their bytes, electronic invoices against parsing their XML alone, many rules against
/// one. Prints <c>figure value target ok|short</c>.
/// </summary>
internal static class IntakeBench
{
    private const int Files = 1_000;
    private const int MostWarmUp = 6 * Files;
    private const int Rules = 2_000;
    private const int Rounds = 60;

    public static async Task<int> RunAsync(string[] args)
    {
        List<Figure> figures = [];
        if (args is [] or ["rules"]) Say(RulesOverOne());
        if (args is [] or ["structured"])
        {
            var invoice = new DrawnInvoice { Lines = [.. Enumerable.Range(1, 40).Select(n => new DrawnLine($"Article {n} of the catalogue", n, 3.95m, n % 2 == 0 ? 20 : 0))] };
            Say(ReadingOverParsing("ubl", invoice.Ubl()));
            Say(ReadingOverParsing("cii", invoice.Cii()));
        }

        if (args is [] or ["upload"]) Say(await UploadOverCopyAsync());
        if (args is [] or ["inbox"]) Say(await InboxWhileReadingAsync());
        return figures.TrueForAll(f => f.IsOk) ? 0 : 1;

        void Say(Figure figure)
        {
            figures.Add(figure);
            Console.WriteLine(figure);
        }
    }

    /// <summary>Rules of all sorts over one item with a long text, against one of them.</summary>
    private static Figure RulesOverOne()
    {
        var text = RuleText.Plain(string.Join('\n', Enumerable.Range(0, 3_000).Select(n => $"word{n} costs")));
        var facts = new RuleFacts
        {
            ItemId = Guid.CreateVersion7(), Workspace = Workspace.Costs, Type = ItemType.Invoice, OwnerId = Guid.CreateVersion7(), Kept = new HashSet<ItemField>(),
            Text = text, Total = 500, SupplierId = Guid.CreateVersion7(), Currency = "GBP",
        };
        Rule[] rules = [.. Enumerable.Range(0, Rules).Select(n => new Rule
        {
            BusinessId = Guid.Empty, Kind = RuleKind.Condition, Name = $"rule {n}", Position = n, CreatedAt = default, Actions = new() { CategoryId = Guid.CreateVersion7() },
            Conditions = (n % 4) switch
            {
                0 => new() { Suppliers = [Guid.CreateVersion7()] },
                1 => new() { Texts = [$"supplier number {n}"] },
                2 => new() { Texts = [$"word{n} costs"], From = 1_000_000 },
                _ => new() { From = n, Currencies = ["USD"] },
            },
        })];
        var (one, all) = (new RuleBook(rules[1..2]), new RuleBook(rules));
        return new Figure($"intake/{Rules}-rules-over-one", Ratio(() => all.Decide(facts), () => one.Decide(facts)), 20);
    }

    private static Figure ReadingOverParsing(string vocabulary, byte[] xml) => new($"intake/reading-{vocabulary}-over-parsing", Ratio(
        () =>
        {
            if (StructuredReader.Read(xml).Invoice is null) throw new InvalidOperationException("It was not read.");
        },
        () =>
        {
            using var reader = XmlReader.Create(new MemoryStream(xml, writable: false), new() { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
            }
        }), 3);

    /// <summary>
    /// Half photos, half PDFs, as a drop of many files. The copy flushes each file and its name, and a line for as many as are committed together, as the store and the database do. In turns, by a process
    /// that has taken in so many that it is compiled: a server is compiled once.
    /// </summary>
    private static async Task<Figure> UploadOverCopyAsync()
    {
        var (photo, pdf) = (LargePapers.Photo(700, 500, 90), LargePapers.Pdf((LargePapers.Photo(600, 800, 85), 600, 800, "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode")));
        await using var quarter = await Quarter.OpenAsync();
        var arrivals = quarter.Get<Arrivals>();
        await WarmUpAsync();
        var (copied, uploaded) = (0d, 0d);
        var copies = Folders.New("copy");
        for (var n = 0; n < Files; n += Files / 10)
        {
            var files = Drop(n, Files / 10);
            copied += await CopyAsync(files, copies);
            uploaded += await UploadAsync(files);
        }

        Folders.Delete(copies);
        Console.WriteLine(FormattableString.Invariant($"# {Files} files of {(photo.Length + pdf.Length) / 2 / 1024} kB: uploaded in {uploaded:0.0} s, copied in {copied:0.0} s"));
        return new Figure("intake/upload-over-copy", uploaded / copied, 3);

        // Until hardly anything is compiled any more.
        async Task WarmUpAsync()
        {
            for (var (n, calm) = (Files, 0); n < MostWarmUp && calm < 3; n += Files / 10)
            {
                var compiled = JitInfo.GetCompilationTime();
                var took = await UploadAsync(Drop(n, Files / 10));
                calm = (JitInfo.GetCompilationTime() - compiled).TotalSeconds < took / 20 ? calm + 1 : 0;
            }
        }

        byte[][] Drop(int from, int count) => [.. Enumerable.Range(from, count).Select(n => n % 2 == 0 ? WithComment(photo, n) : [.. pdf, .. System.Text.Encoding.ASCII.GetBytes($"%{n:00000000}\n")])];

        async Task<double> UploadAsync(byte[][] files)
        {
            var began = Stopwatch.GetTimestamp();
            var reports = await arrivals.AddAsync(quarter.Town.Claim(Who.Admin), [.. files.Select((f, n) => new DroppedFile($"file {n}.{(f[0] == 0xFF ? "jpg" : "pdf")}", f.Length, () => new MemoryStream(f, writable: false)))]);
            if (reports.FirstOrDefault(r => r.Refusal is not null) is { } refused) throw new InvalidOperationException($"{refused.FileName}: {refused.Refusal}");
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    /// <summary>The first page of an inbox, over and over, while a thousand files of it are read beside it, against the same before.</summary>
    private static async Task<Figure> InboxWhileReadingAsync()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (bookkeeper, inbox) = (quarter.Town.Claim(Who.Bookkeeper), quarter.Get<Inbox>());
        var pages = SampleDocuments.Draw(new DateOnly(2026, 11, 25));
        var files = Enumerable.Range(0, Files).Select(n => (byte[])[.. pages[n % pages.Count].Content, .. System.Text.Encoding.ASCII.GetBytes($"%{n:00000000}\n")]).ToList();
        await quarter.Get<Arrivals>().AddAsync(bookkeeper, [.. files.Select((f, n) => new DroppedFile($"{n}.pdf", f.Length, () => new MemoryStream(f, writable: false)))]);
        await LookAsync();
        List<double> alone = [], beside = [];
        for (var n = 0; n < Rounds; n++) alone.Add(await LookAsync());
        var reading = Task.Run(() => quarter.Get<ReadWork>().RunAsync(quarter.Town.Marsh.Id, CancellationToken.None));
        while (!reading.IsCompleted) beside.Add(await LookAsync());
        await reading;
        return new Figure("intake/inbox-while-reading", Median(beside) / Median(alone), 1.1);

        async Task<double> LookAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            var began = Stopwatch.GetTimestamp();
            await inbox.PageAsync(bookkeeper, new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Inbox)));
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    private static async Task<double> CopyAsync(byte[][] files, string folder)
    {
        var began = Stopwatch.GetTimestamp();
        await using var lines = new FileStream(Path.Combine(folder, "lines"), FileMode.Append);
        for (var n = 0; n < files.Length; n++)
        {
            await using (var file = new FileStream(Path.Combine(folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await file.WriteAsync(files[n]);
                file.Flush(flushToDisk: true);
            }

            FolderSync.Flush(folder);
            await lines.WriteAsync(new byte[200]);
            if (n % Arrivals.MostTogether == 0) lines.Flush(flushToDisk: true);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // A JPEG of its own: a comment right after its beginning.
    private static byte[] WithComment(byte[] jpeg, int number) => [.. jpeg[..2], 0xFF, 0xFE, 0, 10, .. System.Text.Encoding.ASCII.GetBytes($"{number:00000000}"), .. jpeg[2..]];

    /// <summary>In turns, the quickest of many of each: what else the machine does is neither's.</summary>
    private static double Ratio(Action one, Action other)
    {
        Compile(one);
        Compile(other);
        var (quickest, least) = (long.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            quickest = Math.Min(quickest, Ticks(one));
            least = Math.Min(least, Ticks(other));
        }

        return (double)quickest / least;
    }

    /// <summary>Does it until nothing has been compiled for a while: a server is compiled once.</summary>
    private static void Compile(Action act)
    {
        for (var (calm, rounds) = (0, 0); calm < 20 && rounds < 600; rounds++)
        {
            var compiled = JitInfo.GetCompilationTime();
            var began = Stopwatch.GetTimestamp();
            do act();
            while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < 20);
            calm = JitInfo.GetCompilationTime() == compiled ? calm + 1 : 0;
        }
    }

    private static long Ticks(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; n < 20; n++) act();
        return Stopwatch.GetTimestamp() - began;
    }
}
