using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Simulation;

/// <summary>A business of ours and whom it belongs to at Sage.</summary>
internal sealed record OurBusiness(Guid Id, string Organisation, Caller Admin, Caller Bookkeeper)
{
    public string OrganisationId { get; } = PretendSage.IdOf(Organisation);
}

/// <summary>
/// Where every schedule begins: two businesses, connected by the real wizard, with their lists refreshed. Made once; each schedule gets copies of its files.
/// </summary>
internal sealed class Template : IDisposable
{
    private readonly string folder;

    private Template(string folder, IReadOnlyList<OurBusiness> businesses) => (this.folder, Businesses) = (folder, businesses);

    public IReadOnlyList<OurBusiness> Businesses { get; }

    public static async Task<Template> MakeAsync()
    {
        var made = Folders.NewInMemory("simulation");
        PretendSage.Seed(Path.Combine(made, "sage.db"));
        await using (var db = Open(made, Guid.Empty)) await db.Database.MigrateAsync();
        SqliteConnection.ClearAllPools();
        using var world = new World(seed: 0, made, Sabotage.None);
        world.Heal();
        var process = await world.StartAsync(boundariesToLive: null);
        OurBusiness[] businesses =
        [
            await SettleInAsync(made, 1, "marsh-daughters", "Marsh & Daughters Ltd"),
            // Not registered for VAT.
            await SettleInAsync(made, 2, "community-trust", "Corner Community Trust"),
        ];
        foreach (var business in businesses) world.Watch(process, "connecting", Reconnection.DoAsync(world, process, business, AuthorisationIntent.Connect));
        if (!await world.GoOnAsync(() => [], () => true, mostSteps: 20_000, TimeSpan.FromHours(1)) || world.Witnessed.Count + world.Errors.Count > 0)
            throw new InvalidOperationException("The world could not be furnished:\n" + string.Join('\n', [.. world.Trace.TakeLast(30), .. world.Witnessed, .. world.Errors]));
        return new Template(made, businesses);
    }

    public void Dispose() => Folders.Delete(folder);

    public void CopyTo(string to)
    {
        foreach (var name in (string[])["dextsage.db", "sage.db"]) File.Copy(Path.Combine(folder, name), Path.Combine(to, name));
    }

    /// <summary>Our rows as the code sees them, for whoever sets the scene.</summary>
    public static DextSageDb Open(string folder, Guid businessId)
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(folder).Configure(options);
        return new DextSageDb(options.Options) { BusinessId = businessId };
    }

    private static async Task<OurBusiness> SettleInAsync(string folder, byte number, string slug, string name)
    {
        // Always the same: rows come in the order of their ids, and no schedule may depend on chance.
        var business = new Business { Id = new Guid(number, 0, 0, new byte[8]), Slug = slug, Name = name, CreatedAt = DateTimeOffset.UnixEpoch };
        await using (var everyone = Open(folder, Guid.Empty))
        {
            everyone.Add(business);
            await everyone.SaveChangesAsync();
        }

        await using var db = Open(folder, business.Id);
        var (admin, bookkeeper) = (Add(db, "Alma of " + slug, Role.Admin), Add(db, "Ben of " + slug, Role.Bookkeeper));
        await db.SaveChangesAsync();
        return new OurBusiness(business.Id, name, admin, bookkeeper);
    }

    private static Caller Add(DextSageDb db, string name, Role role)
    {
        var person = new Person { Id = Guid.CreateVersion7(), DisplayName = name, UserName = name, NormalizedUserName = name.ToUpperInvariant() };
        db.Add(person);
        db.Add(new Membership { BusinessId = db.BusinessId, PersonId = person.Id, Role = role });
        return new Caller(person.Id, db.BusinessId);
    }
}

/// <summary>An Admin's walk to Sage and back, without the pages in between.</summary>
internal static class Reconnection
{
    private const string Browser = "the browser's secret";

    public static async Task DoAsync(World world, OurProcess process, OurBusiness business, AuthorisationIntent intent)
    {
        var address = (await process.Get<Authorisation>().BeginAsync(business.Admin, intent, Browser))!;
        var state = QueryHelpers.ParseQuery(address.Query)["state"].ToString();
        var back = await process.Get<Authorisation>().ReturnAsync(business.Admin.PersonId, Browser, new SageCallback(state, world.Sage.Consent(address), "GB", Error: null, Reason: null));
        if (back.Problem is not null || process.IsDead) return;
        await process.Get<Organisations>().ChooseAsync(business.Admin, back.RequestId!.Value, business.OrganisationId);
    }
}
