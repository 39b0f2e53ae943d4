using DextSage.Integration.People;
using Microsoft.EntityFrameworkCore;

namespace DextSage.App.Account;

/// <summary>Somebody of the sandbox's ready business. Known by a fixed id, so that they are never taken for a real person.</summary>
public sealed record ReadyPerson(Guid Id, string Name, string Email, Role Role, string Note);

/// <summary>The ready business and its three people: there only with the sandbox, so that a newcomer can begin with one click.</summary>
public static class ReadyPeople
{
    public const string BusinessName = "Marsh & Daughters Ltd";
    public const string BusinessSlug = "marsh-daughters";
    public static readonly Guid BusinessId = new("5a17b0c5-0000-7000-8000-000000000001");

    public static readonly IReadOnlyList<ReadyPerson> All =
    [
        new(new("5a17b0c5-0000-7000-8000-00000000000a"), "Alma Marsh", "alma@marsh.example", Role.Admin, "Connects Sage, refreshes its lists, edits and publishes"),
        new(new("5a17b0c5-0000-7000-8000-00000000000b"), "Ben Okafor", "ben@marsh.example", Role.Bookkeeper, "Edits and publishes every item"),
        new(new("5a17b0c5-0000-7000-8000-00000000000c"), "Cara Lind", "cara@marsh.example", Role.Standard, "Sees her own items, and may not publish"),
    ];

    public static bool Is(Guid personId) => All.Any(p => p.Id == personId);

    /// <summary>Adds what is missing, and leaves what was changed since as it is.</summary>
    internal static async Task SeedAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var household = await Household.OpenAsync(scope.ServiceProvider, BusinessId);
        var db = household.Db;
        if (!await db.Businesses.AnyAsync(b => b.Id == BusinessId))
        {
            var isTaken = await db.Businesses.AnyAsync(b => b.Slug == BusinessSlug);
            db.Businesses.Add(new Business
            {
                Id = BusinessId,
                Slug = isTaken ? $"{BusinessSlug}-sandbox" : BusinessSlug,
                Name = BusinessName,
                CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
        }
        foreach (var ready in All) await SeedPersonAsync(household, ready);
        await db.SaveChangesAsync();
        await household.CommitAsync();
    }

    // No password: the only way in is the button on the sign-in page.
    private static async Task SeedPersonAsync(Household household, ReadyPerson ready)
    {
        if (await household.Db.Users.AnyAsync(p => p.Id == ready.Id)) return;
        var person = new Person { Id = ready.Id, UserName = ready.Email, Email = ready.Email, EmailConfirmed = true, DisplayName = ready.Name };
        var created = await household.People.CreateAsync(person);
        if (!created.Succeeded) throw new InvalidOperationException($"{ready.Name} could not be added: {created}");
        household.Db.Memberships.Add(new Membership { BusinessId = BusinessId, PersonId = ready.Id, Role = ready.Role, MayPublish = ready.Role is not Role.Standard });
    }
}
