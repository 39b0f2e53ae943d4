using DextSage.Integration.People;

namespace DextSage.App.Account;

/// <summary>"/": from here everybody is sent to where they begin.</summary>
internal static class HomeDoor
{
    public static async Task<IResult> GoAsync(HttpContext context, BusinessDirectory directory, FirstRun firstRun)
    {
        if (context.User.PersonId() is not { } person)
            return Results.LocalRedirect(await firstRun.IsOpenAsync() ? Urls.FirstRun : Urls.SignIn);
        return Results.LocalRedirect(await directory.OfAsync(person, context.RequestAborted) is [var only] ? Urls.Costs(only.Slug) : Urls.Businesses);
    }
}
