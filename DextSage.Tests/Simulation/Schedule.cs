using System.Globalization;
using DextSage.Integration.Lists;
using DextSage.Tests.Simulation.Checking;

namespace DextSage.Tests.Simulation;

/// <summary>How a schedule ended.</summary>
/// <param name="Wrong">What the checker found; empty where all is as it should be.</param>
internal sealed record Verdict(int Seed, IReadOnlyList<string> Wrong, IReadOnlyList<string> Trace, int Steps, int Requests, int Deaths)
{
    private const int LastLines = 600;

    public string Report => string.Join('\n',
        [$"== seed {Seed.ToString(CultureInfo.InvariantCulture)} ended badly", .. Wrong.Select(w => "   " + w), "   what happened:", .. Trace.TakeLast(LastLines).Select(t => "     " + t)]);
}

/// <summary>
/// One schedule: a storm of faults, deaths and people, then good weather until all is at rest, and then the checker. The seed decides everything; the same seed
/// plays the same again.
/// </summary>
internal sealed class Schedule
{
    private const int MostStormSteps = 1500, MostHealingSteps = 3000;

    private readonly World world;
    private readonly Template template;
    private readonly People people;
    private readonly int processes;
    private int deathsLeft;

    private Schedule(World world, Template template)
    {
        (this.world, this.template) = (world, template);
        people = new People(world, template.Businesses);
        deathsLeft = world.Dice.OneOf(0, 0, 1, 2, 4);
        processes = world.Dice.OneOf(1, 1, 2);
    }

    public static async Task<Verdict> PlayAsync(Template template, int seed, Sabotage sabotage)
    {
        var folder = Folders.NewInMemory("simulation");
        try
        {
            template.CopyTo(folder);
            using var its = new World(seed, folder, sabotage);
            IReadOnlyList<string> wrong;
            try
            {
                wrong = await new Schedule(its, template).PlayAsync();
            }
            catch (Exception e)
            {
                wrong = [$"[broke off] {e}"];
            }

            return new Verdict(seed, wrong, [.. its.Trace], its.Steps, its.Wire.Log.Count, its.Deaths);
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    private async Task<IReadOnlyList<string>> PlayAsync()
    {
        world.BeforeSage = new Intent(world).Check;
        await people.PlanAsync();
        await world.StartAsync(LifeTime());
        await world.GoOnAsync(StormChoices, () => !people.HaveMoreToDo && world.Ours.Unfinished() == 0, MostStormSteps, TimeSpan.FromDays(30));

        people.Stop();
        world.Heal();
        if (world.Alive.Count == 0) await world.StartAsync(boundariesToLive: null);
        if (!await RestAsync()) return Never();
        Checker().CheckSignIns(world.Witnessed);

        var isRefreshed = world.Dice.Chance(0.1);
        while (true)
        {
            // Somebody sees the banner and reconnects; what waited goes on by itself.
            foreach (var business in template.Businesses) Do("reconnecting", process => people.ReconnectAsync(process, business));
            if (!await RestAsync()) return Never();
            foreach (var business in isRefreshed ? template.Businesses : []) Do("a last refresh", process => process.Get<ListRefresh>().RequestWholeAsync(business.Admin));
            if (!await RestAsync()) return Never();
            // Only a call to Sage finds out that access was removed there.
            if (people.AllConnected()) break;
            // Sage may have told somebody to wait for a day.
            world.Clock.GoTo(world.Clock.Now + TimeSpan.FromHours(6));
        }

        return [.. Checker().Check(isRefreshed), .. world.Witnessed, .. world.Errors.Select(e => $"[error] {e}")];
    }

    private Checker Checker() => new(new(world.Ours, world.Theirs, world.Wire.Log), template.Businesses, people.Clicked);

    private void Do(string what, Func<OurProcess, Task> doAsync) => world.Watch(world.Alive[0], what, doAsync(world.Alive[0]));

    private Task<bool> RestAsync() => world.GoOnAsync(() => [], () => world.Ours.Unfinished() == 0, MostHealingSteps, TimeSpan.FromDays(3));

    private IReadOnlyList<string> Never() => [.. Checker().Check(listsAreFresh: false), "[rest] it never came to rest", .. world.Witnessed, .. world.Errors.Select(e => $"[error] {e}")];

    private List<World.Choice> StormChoices()
    {
        var choices = new List<World.Choice>(people.Choices());
        var alive = world.Alive;
        if (alive.Count < processes) choices.Add(new(alive.Count == 0 ? 3 : 0.5, async () => await world.StartAsync(LifeTime())));
        if (processes > 1 && alive.All(p => p.IsAwake) && alive.Count > 1) choices.Add(new(0.05, () =>
        {
            world.PutToSleep(world.Dice.OneOf(alive), TimeSpan.FromSeconds(world.Dice.OneOf(5, 60, 200, 900)));
            return Task.CompletedTask;
        }));
        if (deathsLeft > 0 && alive.Count > 0) choices.Add(new(0.02, () =>
        {
            deathsLeft--;
            world.Kill(world.Dice.OneOf(alive));
            return Task.CompletedTask;
        }));
        return choices;
    }

    /// <summary>It may die by itself in the middle of its work.</summary>
    private int? LifeTime()
    {
        if (deathsLeft == 0 || world.Dice.Chance(0.3)) return null;
        deathsLeft--;
        return world.Dice.Below(60);
    }

}
