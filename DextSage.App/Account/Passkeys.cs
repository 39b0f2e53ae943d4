using DextSage.Integration.People;
using Microsoft.AspNetCore.Identity;

namespace DextSage.App.Account;

/// <summary>The challenges that wwwroot/passkeys.js asks for. The answers come back in ordinary forms.</summary>
internal static class Passkeys
{
    public const int Most = 20;

    public static async Task<IResult> CreationAsync(HttpContext context, UserManager<Person> people, Doorkeeper door)
    {
        if (await people.GetUserAsync(context.User) is not { } person) return Results.Unauthorized();
        var options = await door.MakePasskeyCreationOptionsAsync(new() { Id = person.Id.ToString(), Name = person.Email ?? "", DisplayName = person.DisplayName });
        return Results.Content(options, "application/json");
    }

    public static async Task<IResult> RequestAsync(Doorkeeper door) =>
        Results.Content(await door.MakePasskeyRequestOptionsAsync(null), "application/json");
}
