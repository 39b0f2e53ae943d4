using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Tests.Simulation.Checking;

namespace DextSage.Tests.Simulation;

/// <summary>
/// <c>-- simulate --each-death</c>: in good weather a process dies at the first of its durable writes, before or after it, and another one goes on from the rows; then at the second, and so on, until
/// one has come to its end alive. With <c>--pairs</c> the next one dies as well, at each of its own. After each the checker has its word.
/// </summary>
internal static class EachDeath
{
    /// <summary>What is done in the process that dies. The first makes a supplier, a document, a payment and an attachment.</summary>
    private static readonly Story[] Stories =
    [
        new("publish", new Paper(Shape.Bill, "E1", 120.50m, Day) { NewContact = "Nova Print Works", Paid = 60.25m, TaxPercentage = 20, File = [.. "%PDF-1.4 "u8], FileName = "scan.pdf" }, IsPublishedBefore: false, ClickAsync, row => row.Status == "Published"),
        new("publish a sale", new Paper(Shape.Sale, "E2", 99m, Day) { NewContact = "Quay Café", TaxPercentage = 20 }, IsPublishedBefore: false, ClickAsync, row => row.Status == "Published"),
        new("withdraw", new Paper(Shape.Bill, "E3", 75m, Day) { Paid = 75m, TaxPercentage = 5, File = [.. "%PDF-1.4 "u8], FileName = "scan.pdf" }, IsPublishedBefore: true,
            async (process, who, look, _) => Taken(await process.Get<WithdrawalDesk>().WithdrawAsync(who, look().Code, (int)look().Version)), row => row is { Status: "Ready", SageDocumentId: null }),
        new("correct", new Paper(Shape.Bill, "E4", 48m, Day) { TaxPercentage = 20, File = [.. "%PDF-1.4 "u8], FileName = "scan.pdf" }, IsPublishedBefore: true, CorrectAsync, row => row is { Status: "Published", IsOpen: false, Date: "2026-11-21" }),
    ];

    // Of what a dying process had sent, some arrives at once, some late, and some never: the dice say.
    private const int Seeds = 3;
    private const int MostSteps = 3000;

    private static DateOnly Day => new(2026, 11, 20);

    /// <summary>How many courses were played, and what was wrong in any of them.</summary>
    public static async Task<(int Played, IReadOnlyList<string> Wrong)> PlayAsync(Template template, bool inPairs)
    {
        var (played, wrong) = (0, new List<string>());
        foreach (var story in Stories)
        {
            var isOver = false;
            for (var first = 0; !isOver; first++)
            {
                isOver = true;
                var secondIsOver = false;
                for (int? second = inPairs ? 0 : null; !secondIsOver; second++)
                {
                    secondIsOver = true;
                    for (var seed = 1; seed <= Seeds; seed++)
                    {
                        var (deaths, found) = await PlayAsync(template, story, seed, first, second);
                        played++;
                        wrong.AddRange(found.Select(w => string.Create(CultureInfo.InvariantCulture, $"{story.Name}, death at {first}{(second is { } at ? $" and {at}" : "")}, seed {seed}: {w}")));
                        if (deaths > 0) isOver = false;
                        if (deaths > 1) secondIsOver = false;
                    }
                }
            }
        }

        return (played, wrong);
    }

    private static async Task<(int Deaths, IReadOnlyList<string> Wrong)> PlayAsync(Template template, Story story, int seed, int first, int? second)
    {
        var folder = Folders.NewInMemory("simulation");
        try
        {
            template.CopyTo(folder);
            using var world = new World(seed, folder, Sabotage.None);
            world.Weather.IsFine = true;
            world.BeforeSage = new Intent(world).Check;
            var business = template.Businesses[0];
            var code = await Papers.HandInAsync(folder, business, story.Paper, world.Clock.Now);
            List<Seen> seen = [];
            if (story.IsPublishedBefore)
            {
                var sound = await world.StartAsync(boundariesToLive: null);
                world.Watch(sound, "publishing", ClickAsync(sound, business.Admin, () => Row(world, code), seen));
                if (!await RestAsync(world)) return (0, ["it was never published"]);
                world.Kill(sound);
            }

            var mortal = await world.StartAsync(first);
            world.Watch(mortal, story.Name, story.DoAsync(mortal, business.Admin, () => Row(world, code), seen));
            await RestAsync(world);
            var deaths = 0;
            for (var next = second; mortal.IsDead; next = null)
            {
                deaths++;
                mortal = await world.StartAsync(next);
                await RestAsync(world);
            }

            List<string> wrong = [.. new Checker(new(world.Ours, world.Theirs, world.Wire.Log), template.Businesses, seen).Check(listsAreFresh: false), .. world.Witnessed, .. world.Errors];
            if (deaths == 0 && !story.IsDone(Row(world, code))) wrong.Add("[story] nothing died, and it is not done");
            if (world.Ours.Unfinished() > 0) wrong.Add("[rest] it never came to rest");
            return (deaths, wrong);
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    private static Task<bool> RestAsync(World world) => world.GoOnAsync(() => [], () => world.Ours.Unfinished() == 0, MostSteps, TimeSpan.FromDays(3));

    private static ItemRow Row(World world, string code) => world.Ours.Items().Single(i => i.Code == code);

    private static async Task ClickAsync(OurProcess process, Caller who, Func<ItemRow> look, List<Seen> seen)
    {
        var row = look();
        seen.Add(See(row));
        Taken(await process.Get<PublishDesk>().PublishAsync(who, row.Code, (int)row.Version));
    }

    private static async Task CorrectAsync(OurProcess process, Caller who, Func<ItemRow> look, List<Seen> seen)
    {
        Taken(await process.Get<CorrectionDesk>().BeginAsync(who, look().Code, (int)look().Version));
        Taken((await process.Get<ItemDesk>().EditAsync(who, look().Code, new ItemEdit.SetDate(Day.AddDays(1)), (int)look().Version)).Refusal);
        seen.Add(See(look()));
        Taken(await process.Get<CorrectionDesk>().SendAsync(who, look().Code, (int)look().Version));
    }

    private static void Taken(string? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException(refusal);
    }

    private static Seen See(ItemRow row) => new(row.Code, row.Total, row.Tax, row.Date, row.Contact, row.ContactName);

    private sealed record Story(string Name, Paper Paper, bool IsPublishedBefore, Func<OurProcess, Caller, Func<ItemRow>, List<Seen>, Task> DoAsync, Func<ItemRow, bool> IsDone);
}
