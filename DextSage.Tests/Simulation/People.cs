using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Tests.Simulation.Checking;
using DextSage.Tests.Simulation.Sabotages;

namespace DextSage.Tests.Simulation;

/// <summary>What a person saw when they clicked Publish.</summary>
internal sealed record Seen(string Code, decimal? Total, decimal? Tax, string? Date, string? Contact, string? ContactName);

/// <summary>
/// What people do in the course of a schedule, each at a moment of the dice's choosing: they publish, too often and too late, edit in between, withdraw and correct what is
/// published, refresh the lists, reconnect; and at Sage others change the books meanwhile.
/// </summary>
internal sealed class People(World world, IReadOnlyList<OurBusiness> businesses)
{
    /// <summary>So often somebody looks whether an item is published by now, before they forget what they wanted with it.</summary>
    private const int MostLooks = 40;

    private readonly List<Deed> deeds = [];
    private readonly Dictionary<string, ItemRow> looks = new(StringComparer.Ordinal);

    /// <summary>What was seen at the clicks that were not refused: taken, or cut short by the death of the process.</summary>
    public List<Seen> Clicked { get; } = [];

    public bool HaveMoreToDo => deeds.Count > 0;

    public void Stop() => deeds.Clear();

    public async Task PlanAsync()
    {
        foreach (var business in businesses)
            foreach (var paper in business == businesses[0] || world.Dice.Chance(0.3) ? Papers.Drawn(world.Dice) : [])
            {
                var code = await Papers.HandInAsync(world.Folder, business, paper, world.Clock.Now);
                world.Note($"{code} for {business.Organisation}: {paper.Shape}, {paper.Total} of {paper.Date:d MMM}, {paper.NewContact ?? "a known contact"}, {paper.Paid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"} paid, {paper.File.Length} bytes, {paper.Lines.Count} lines");
                PlanFor(business, code);
            }

        foreach (var business in businesses)
        {
            if (world.Dice.Chance(0.15)) Plan($"refresh {business.Organisation}", p => p.Get<ListRefresh>().RequestWholeAsync(business.Admin));
            if (world.Dice.Chance(0.1)) Plan($"refresh changes of {business.Organisation}", p => p.Get<ListRefresh>().RequestAsync(business.Admin));
            if (world.Dice.Chance(0.15)) Plan($"rename a supplier of {business.Organisation}", _ => MutateAsync(business, "rename"));
            if (world.Dice.Chance(0.1)) Plan($"delete a supplier of {business.Organisation}", _ => MutateAsync(business, "delete"));
            if (world.Dice.Chance(0.15)) Plan($"make a supplier in {business.Organisation} by hand", _ => MakeSupplierAsync(business));
            if (world.Dice.Chance(0.05)) Plan("remove access at Sage", _ => Did(world.Sage.RemoveAccess));
            if (world.Dice.Chance(0.2)) Plan($"reconnect {business.Organisation} if need be", p => ReconnectAsync(p, business));
        }

        for (var i = world.Dice.OneOf(0, 0, 1, 3, 6); i > 0; i--) Plan("access tokens expire", _ => Did(world.Sage.ExpireAccessTokens));
        if (world.Dice.Chance(0.03)) Plan("a week goes by", _ => Did(() => world.Clock.GoTo(world.Clock.Now.AddDays(8))));
    }

    /// <summary>The next deeds that may be done, on any process that runs.</summary>
    public IReadOnlyList<World.Choice> Choices()
    {
        if (deeds.Count == 0 || world.Alive.Where(p => p.IsAwake).ToList() is not { Count: > 0 } awake) return [];
        return [new World.Choice(1.5, () =>
        {
            var deed = world.Dice.OneOf(deeds.Take(3).ToList());
            deeds.Remove(deed);
            if (!deed.IsTime())
            {
                if (deed.LooksLeft > 0) deeds.Insert(world.Dice.Below(deeds.Count + 1), deed with { LooksLeft = deed.LooksLeft - 1 });
                return Task.CompletedTask;
            }

            var process = world.Dice.OneOf(awake);
            world.Watch(process, deed.Name, deed.DoAsync(process));
            return Task.CompletedTask;
        })];
    }

    public bool AllConnected() => businesses.All(IsConnected);

    public async Task ReconnectAsync(OurProcess process, OurBusiness business)
    {
        if (!IsConnected(business)) await Reconnection.DoAsync(world, process, business, AuthorisationIntent.Reconnect);
    }

    private bool IsConnected(OurBusiness business) => world.Ours.Connections().Single(c => Guid.Parse(c.Business) == business.Id).Status == "Connected";

    private void PlanFor(OurBusiness business, string code)
    {
        Plan($"look at {code}", _ => Did(() => Look(code)));
        Plan($"publish {code}", p => ClickAsync(p, business.Admin, code), afterLast: true);
        if (world.Dice.Chance(0.2)) Plan($"publish {code} by another", p => ClickAsync(p, business.Bookkeeper, code), afterLast: world.Dice.Chance(0.7));
        if (world.Dice.Chance(0.3)) Plan($"edit {code}", p => EditAsync(p, business, code, world.Dice.Chance(0.5) ? new ItemEdit.SetNote("Seen " + world.Dice.Below(100)) : new ItemEdit.SetDate(new DateOnly(2026, 11, 1 + world.Dice.Below(24)))));
        if (world.Dice.Chance(0.1)) Plan($"bin {code}", p => EditAsync(p, business, code, new ItemEdit.PutInto(Place.Bin)));
        if (world.Dice.Chance(0.1)) Plan($"restore {code}", p => EditAsync(p, business, code, new ItemEdit.Restore()));
        for (var again = world.Dice.OneOf(0, 0, 1, 2); again > 0; again--)
            Plan($"look at {code} and publish it once more", p =>
            {
                Look(code);
                return ClickAsync(p, business.Bookkeeper, code);
            });
        if (world.Dice.Chance(0.25)) PlanWithdrawal(business, code);
        if (world.Dice.Chance(0.25)) PlanCorrection(business, code);
    }

    private void PlanWithdrawal(OurBusiness business, string code)
    {
        WhenPublished(code, $"withdraw {code}", p => WithdrawAsync(p, business.Bookkeeper, code));
        if (world.Dice.Chance(0.2)) WhenPublished(code, $"withdraw {code} as well", p => WithdrawAsync(p, business.Admin, code));
        if (world.Dice.Chance(0.7)) When(() => Row(code).Status == "Ready", $"publish {code} anew", p =>
        {
            Look(code);
            return ClickAsync(p, business.Bookkeeper, code);
        });
    }

    private void PlanCorrection(OurBusiness business, string code)
    {
        WhenPublished(code, $"open {code} for a correction", async p => Hear(code, "open for a correction", await p.Get<CorrectionDesk>().BeginAsync(business.Bookkeeper, code, (int)Row(code).Version)));
        for (var edits = world.Dice.From(1, 3); edits > 0; edits--)
            WhenOpen(code, $"correct {code}", async p => await EditAsync(p, business, code, await CorrectedAsync(p, business, code)));
        if (world.Dice.Chance(0.75)) WhenOpen(code, $"send the correction of {code}", p => SendAsync(p, business.Bookkeeper, code));
        if (world.Dice.Chance(0.2)) WhenOpen(code, $"send the correction of {code} as well", p => SendAsync(p, business.Admin, code));
        if (world.Dice.Chance(0.3)) WhenOpen(code, $"discard the correction of {code}", async p => Hear(code, "given back what it was", await p.Get<CorrectionDesk>().DiscardAsync(business.Bookkeeper, code)));
    }

    private async Task WithdrawAsync(OurProcess process, Caller who, string code)
    {
        var desk = process.Get<WithdrawalDesk>();
        var outlook = await desk.OutlookAsync(who, code);
        Hear(code, "to be withdrawn", outlook.Refusal ?? outlook.KeptBy?.Sentence ?? await desk.WithdrawAsync(who, code, (int)Row(code).Version));
    }

    private async Task SendAsync(OurProcess process, Caller who, string code)
    {
        var row = Row(code);
        var seen = See(row);
        Clicked.Add(seen);
        var refusal = await process.Get<CorrectionDesk>().SendAsync(who, code, (int)row.Version);
        Hear(code, "to be corrected", refusal);
        if (refusal is not null) Clicked.Remove(seen);
    }

    /// <summary>Another total, category, reference or date.</summary>
    private async Task<ItemEdit> CorrectedAsync(OurProcess process, OurBusiness business, string code)
    {
        switch (world.Dice.Below(4))
        {
            case 0: return new ItemEdit.SetTotal((Row(code).Total ?? 0) + world.Dice.From(1, 500) / 100m);
            case 1: return new ItemEdit.SetReference($"C{world.Dice.Below(1_000_000)}");
            case 2: return new ItemEdit.SetDate(new DateOnly(2026, 11, 1 + world.Dice.Below(24)));
            default:
                var categories = await process.Get<Pickers>().CategoriesAsync(business.Bookkeeper, search: null, Row(code).IsSale ? CategoryUse.Sales : CategoryUse.Costs);
                return new ItemEdit.SetCategory(world.Dice.OneOf(categories).Id);
        }
    }

    private void Hear(string code, string isSo, string? refusal) => world.Note($"{code} is {(refusal is null ? isSo : $"not {isSo}: {refusal}")}");

    private ItemRow Look(string code) => looks[code] = Row(code);

    private ItemRow Row(string code) => world.Ours.Items().Single(i => i.Code == code);

    private static Seen See(ItemRow row) => new(row.Code, row.Total, row.Tax, row.Date, row.Contact, row.ContactName);

    private async Task ClickAsync(OurProcess process, Caller who, string code)
    {
        if (!looks.TryGetValue(code, out var row)) row = Look(code);
        var seen = See(row);
        Clicked.Add(seen);
        var refusal = await process.Get<PublishDesk>().PublishAsync(who, code, (int)(world.Sabotage.Is(Planted.AnyVersion) ? Row(code) : row).Version);
        world.Note(refusal is null ? $"{code} is to be published" : $"{code} is not published: {refusal}");
        if (refusal is not null) Clicked.Remove(seen);
    }

    private async Task EditAsync(OurProcess process, OurBusiness business, string code, ItemEdit edit)
    {
        var version = (int)Row(code).Version;
        var outcome = await process.Get<ItemDesk>().EditAsync(business.Bookkeeper, code, edit, version);
        world.Note($"{code} {(outcome.Refusal is { } refusal ? "stays: " + refusal : "is edited: " + edit)}");
    }

    private async Task MutateAsync(OurBusiness business, string action)
    {
        var suppliers = world.Theirs.Contacts().Where(c => c.Organisation == business.OrganisationId && c is { IsVendor: true, IsSystem: false, IsDeleted: false }).ToList();
        var one = world.Dice.OneOf(suppliers);
        var answer = await world.Sage.ControlAsync("/control/mutate", new { business = business.OrganisationId, action, id = one.Id, name = one.Name + " II" });
        world.Note($"{action} {one.Name}: {answer}");
    }

    private async Task MakeSupplierAsync(OurBusiness business)
    {
        // Somebody who types a name while we are asking Sage for it cannot be helped, so this is done in a quiet moment.
        if (world.IsBusy) return;
        var answer = await world.Sage.ControlAsync("/control/mutate", new { business = business.OrganisationId, action = "add", name = "Nova Print Works" });
        world.Note($"Nova Print Works is made by hand: {answer}");
    }

    private void Plan<T>(string name, Func<OurProcess, Task<T>> doAsync) => Plan(name, async p => { await doAsync(p); });

    private void WhenPublished(string code, string name, Func<OurProcess, Task> doAsync) => When(() => Row(code) is { Status: "Published", IsOpen: false }, name, doAsync);

    private void WhenOpen(string code, string name, Func<OurProcess, Task> doAsync) => When(() => Row(code) is { Status: "Published", IsOpen: true }, name, doAsync);

    private void When(Func<bool> isTime, string name, Func<OurProcess, Task> doAsync) => deeds.Add(new Deed(name, doAsync) { IsTime = isTime, LooksLeft = MostLooks });

    private void Plan(string name, Func<OurProcess, Task> doAsync, bool afterLast = false)
    {
        var deed = new Deed(name, doAsync);
        if (afterLast || deeds.Count == 0) deeds.Add(deed);
        else deeds.Insert(world.Dice.Below(deeds.Count + 1), deed);
    }

    private static Task Did(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private sealed record Deed(string Name, Func<OurProcess, Task> DoAsync)
    {
        /// <summary>One that comes too early is put off, and in the end forgotten.</summary>
        public Func<bool> IsTime { get; init; } = () => true;
        public int LooksLeft { get; init; }
    }
}
