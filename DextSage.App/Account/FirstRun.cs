using System.Globalization;
using System.Text;
using DextSage.App.Hosting;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DextSage.App.Account;

/// <summary>What the owner says about themselves on the first run.</summary>
internal sealed record Owner(string Name, string Email, string Password, string BusinessName);

/// <summary>Makes the first person: the owner, Admin of the first business. Only while there is none.</summary>
internal sealed class FirstRun(IServiceProvider services, BusinessStore store, SandboxMode sandbox, TimeProvider time)
{
    /// <summary>The sandbox's ready people, left over from trying it, do not count as anybody.</summary>
    public async Task<bool> IsOpenAsync()
    {
        await using var db = await store.OpenForEveryoneAsync();
        return await IsOpenAsync(db);
    }

    /// <summary>The owner, or null with the sentences that say why not; both null and empty when somebody else was first.</summary>
    public async Task<(Person? Person, IReadOnlyList<string> Faults)> CreateOwnerAsync(Owner owner)
    {
        var business = new Business { Slug = "", Name = owner.BusinessName.Trim(), CreatedAt = time.GetUtcNow() };
        await using var household = await Household.OpenAsync(services, business.Id);
        if (!await IsOpenAsync(household.Db)) return (null, []);

        var person = new Person { UserName = owner.Email, Email = owner.Email, EmailConfirmed = true, DisplayName = owner.Name.Trim() };
        var created = await household.People.CreateAsync(person, owner.Password);
        if (!created.Succeeded) return (null, [.. Faults(created)]);

        business.Slug = await FreeSlugAsync(household.Db, business.Name);
        household.Db.Businesses.Add(business);
        household.Db.Memberships.Add(new Membership { BusinessId = business.Id, PersonId = person.Id, Role = Role.Admin, MayPublish = true });
        await household.Db.SaveChangesAsync();
        await household.CommitAsync();
        return (person, []);
    }

    private async Task<bool> IsOpenAsync(DextSageDb db)
    {
        if (sandbox.IsOn) return false;
        var ready = ReadyPeople.All.Select(p => p.Id).ToList();
        return !await db.Users.AnyAsync(p => !ready.Contains(p.Id));
    }

    // The user name is the e-mail address, and would be complained about twice.
    private static IEnumerable<string> Faults(IdentityResult result) =>
        result.Errors.Where(e => e.Code is not (nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.InvalidUserName))).Select(e => e.Description);

    private static async Task<string> FreeSlugAsync(DextSageDb db, string name)
    {
        var slug = Slug(name);
        var taken = await db.Businesses.Where(b => b.Slug.StartsWith(slug)).Select(b => b.Slug).ToListAsync();
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? slug : $"{slug}-{n}").First(s => !taken.Contains(s));
    }

    internal static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && slug is not ([] or [.., '-'])) slug.Append('-');
        }
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "business" : text[..Math.Min(text.Length, 60)].Trim('-');
    }
}
