using System.Globalization;
using DextSage.App.Account;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Benches;
using DextSage.Tests.Browser;
using DextSage.Tests.Simulation.Checking;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Simulation;

/// <summary>
/// <c>-- simulate --kills N --items M --seed S</c>: no simulation at all. The real program publishes M items to a sandbox that is a process of its own, is ended by SIGKILL
/// N times at moments that the dice choose, and is started again from what it left. Then Sage's books are held against the database as after a schedule.
/// </summary>
internal static class Kills
{
    private const string Organisation = "Marsh & Daughters Ltd";
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40), LongestLife = TimeSpan.FromMilliseconds(900), Patience = TimeSpan.FromMinutes(5);
    private static readonly OurBusiness Business = new(ReadyPeople.BusinessId, Organisation, Of(Role.Admin), Of(Role.Bookkeeper));

    /// <returns>What is wrong, empty where nothing is; and how often the program was killed while it had something to do.</returns>
    public static async Task<(IReadOnlyList<string> Wrong, int Killed)> RunAsync(int kills, int items, int seed)
    {
        var (folder, dice) = (TestApp.NewFolder(), new Dice(seed));
        var (sageHome, home) = (new Uri($"http://localhost:{Port()}"), new Uri($"http://localhost:{Port()}"));
        var sage = new Uri(sageHome, "/sandbox/sage/");
        string[] settings =
        [
            $"--DextSage:Url={home.GetLeftPart(UriPartial.Authority)}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=true", "--environment=Production", .. AppProcess.At(sage),
        ];
        try
        {
            await using var sandbox = await AppProcess.StartAsync("sandbox", $"--DextSage:Url={sageHome.GetLeftPart(UriPartial.Authority)}",
                $"--DextSage:DataFolder={Path.Combine(folder, "sage")}", $"--Sandbox:RedirectUris:0={new Uri(home, "/connect/sage/callback")}", $"--Sandbox:Latency={Latency:c}", "--Sandbox:LargeSuppliers=100");
            await using (var here = await TestApp.StartWithAsync(also: null, folder, settings)) await Premises.ConnectAsync(here, home);

            using var ours = new Rows(Path.Combine(folder, "dextsage.db"));
            using var theirs = new Rows(Path.Combine(folder, "sage", "sage-sandbox.db"));
            var evidence = new Evidence(new OurSide(ours), new SageSide(theirs), []);
            var clicked = await PublishAllAsync(folder, home, evidence, items, dice);

            var killed = 0;
            while (killed < kills)
            {
                await using var app = await AppProcess.StartAsync(settings);
                await Task.Delay(LongestLife * dice.NextDouble());
                if (evidence.Ours.Unfinished() == 0) break;
                await app.KillAsync();
                killed++;
            }

            await using (var app = await AppProcess.StartAsync(settings))
            {
                using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
                var until = TimeProvider.System.GetUtcNow() + Patience;
                while (evidence.Ours.Unfinished() > 0 && TimeProvider.System.GetUtcNow() < until) await again.WaitForNextTickAsync();
            }

            return (new Checker(evidence, [Business], clicked).Check(listsAreFresh: false), killed);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Folders.Delete(folder);
        }
    }

    public static async Task<int> RunAndSayAsync(int kills, int items, int seed)
    {
        var (wrong, killed) = await RunAsync(kills, items, seed);
        foreach (var one in wrong) Console.WriteLine(one);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items} items, killed {killed} times: {wrong.Count} things are wrong"));
        return wrong.Count == 0 && killed == kills ? 0 : 1;
    }

    /// <summary>Hands in papers and clicks Publish on each, with our services in this process, where no job runs.</summary>
    private static async Task<IReadOnlyList<Seen>> PublishAllAsync(string folder, Uri home, Evidence evidence, int items, Dice dice)
    {
        foreach (var paper in Papers.Drawn(dice, items)) await Papers.HandInAsync(folder, Business, paper, TimeProvider.System.GetUtcNow());
        var here = new ServiceCollection().AddLogging();
        here.AddDataProtection();
        await using var services = here.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri(home, "/connect/sage/callback"))).BuildServiceProvider();
        var desk = services.GetRequiredService<PublishDesk>();
        var seen = new List<Seen>();
        foreach (var item in evidence.Ours.Items().Where(i => i.Status == "Ready"))
        {
            seen.Add(new Seen(item.Code, item.Total, item.Tax, item.Date, item.Contact, item.ContactName));
            if (await desk.PublishAsync(Business.Bookkeeper, item.Code, (int)item.Version) is { } refusal) throw new InvalidOperationException($"{item.Code} cannot be published: {refusal}");
        }

        return seen;
    }

    private static Caller Of(Role role) => new(ReadyPeople.All.First(p => p.Role == role).Id, ReadyPeople.BusinessId);

    private static int Port() => TestApp.FreePort();
}
