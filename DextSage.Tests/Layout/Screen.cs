using Bunit;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace DextSage.Tests.Layout;

/// <summary>Renders components as the app does, over the real services and a database of their own, without jobs and without Sage.</summary>
public abstract class Screen : BunitContext
{
    private protected string Folder { get; } = Folders.New("screen");

    protected Screen()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddDataProtection();
        Services.Configure<SageOptions>(o => (o.ClientId, o.ClientSecret) = ("client", "secret"));
        Services.AddDextSage(new DatabaseOptions(Folder), new SageRedirect(new Uri("https://books.example/connect/sage/callback")));
    }

    protected Business Business { get; } = new() { Slug = "marsh", Name = "Marsh & Daughters", CreatedAt = DateTimeOffset.UnixEpoch };

    /// <summary>A database with the business in it, and a member of it in each role.</summary>
    protected async Task SettleInAsync()
    {
        await using var everyone = await Services.GetRequiredService<BusinessStore>().OpenForEveryoneAsync();
        await everyone.Database.MigrateAsync();
        everyone.Add(Business);
        foreach (var role in Enum.GetValues<Role>()) everyone.Add(new Person { Id = PersonOf(role), UserName = role.ToString(), DisplayName = role.ToString() });
        await everyone.SaveChangesAsync();
        await WriteAsync([.. Enum.GetValues<Role>().Select(role => new Membership { BusinessId = Business.Id, PersonId = PersonOf(role), Role = role })]);
    }

    protected async Task WriteAsync(params object[] rows)
    {
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        db.AddRange(rows);
        await db.SaveChangesAsync();
        Services.GetRequiredService<BusinessSignal>().Raise(Business.Id);
    }

    protected Task WriteConnectionAsync(ConnectionStatus status, ReconnectReason? reason = null) => WriteAsync(new Connection
    {
        BusinessId = Business.Id,
        Status = status,
        Reason = reason,
        OrganisationId = "0123456789abcdef0123456789abcdef",
        OrganisationName = "Marsh & Daughters Ltd",
        Country = "GB",
        Plan = "Plus",
    });

    protected BusinessMembership MemberAs(Role role) => new(new Caller(PersonOf(role), Business.Id), Business.Slug, Business.Name, role, MayPublish: false);

    protected IRenderedComponent<T> RenderAs<T>(Role role, Action<ComponentParameterCollectionBuilder<T>>? more = null) where T : IComponent =>
        Render<T>(parameters =>
        {
            parameters.AddCascadingValue(MemberAs(role));
            more?.Invoke(parameters);
        });

    private static Guid PersonOf(Role role) => new(1 + (int)role, 0, 0, new byte[8]);

    // What the runner calls: it disposes of what can be disposed of in both ways in this one alone.
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folders.Delete(Folder);
    }
}
