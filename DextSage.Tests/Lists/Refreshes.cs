using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using DextSage.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>What tests of refreshes do again and again: ask for one, wait for it, and do things in Sage meanwhile.</summary>
internal static class Refreshes
{
    private static readonly string Marsh = SandboxHost.BusinessId("Marsh & Daughters Ltd");

    /// <summary>Connected to an organisation with more suppliers than fit on a page, its lists in.</summary>
    public static Task<Workshop> OpenLargeAsync(int suppliers = 450, Action<RefreshOptions>? options = null) =>
        Workshop.OpenConnectedAsync(o => (o.LargeSuppliers, o.NewGrantEndsEarlierOnes) = (suppliers, false), services => Hasten(services, options));

    /// <summary>With waits that a test can sit out.</summary>
    public static void Hasten(IServiceCollection services, Action<RefreshOptions>? options = null) => services.Configure<RefreshOptions>(o =>
    {
        (o.FirstWait, o.LongestWait, o.GiveUpAfter) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3));
        options?.Invoke(o);
    });

    public static async Task<RefreshView> RefreshAsync(this Workshop workshop)
    {
        var run = await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        return await workshop.EndedAsync(run);
    }

    public static async Task<RefreshView> RefreshWholeAsync(this Workshop workshop)
    {
        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        return await workshop.EndedAsync(run);
    }

    public static async Task<RefreshView> EndedAsync(this Workshop workshop, Guid run) =>
        (await workshop.EventuallyAsync(() => workshop.Get<RefreshHistory>().FindAsync(workshop.Admin, run), found => found is { Run.IsLive: false }))!.Run;

    public static Task<RefreshView?> EventuallyAsync(this Workshop workshop, Func<RefreshView, bool> isSo) =>
        workshop.EventuallyAsync(() => workshop.Get<ListRefresh>().LatestAsync(workshop.Admin), run => run is not null && isSo(run));

    public static ListProgressView Of(this RefreshView run, ListKind list) => run.Lists.Single(l => l.List == list);

    public static async Task<IReadOnlyList<ChangeLine>> ReportAsync(this Workshop workshop, Guid run) =>
        (await workshop.Get<RefreshReports>().PageAsync(workshop.Bookkeeper, run, take: 200)).Lines;

    /// <summary>Our suppliers in force, by name.</summary>
    public static async Task<IReadOnlyList<string>> SuppliersAsync(this Workshop workshop)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.Suppliers.Where(s => s.RetiredAt == null).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync();
    }

    /// <summary>Sage's suppliers by name and id, asked for with no code of ours.</summary>
    public static async Task<Dictionary<string, string>> SuppliersInSageAsync(this Workshop workshop, string? token = null)
    {
        using var api = token is null ? await workshop.Sandbox.ApiAsync() : workshop.Sandbox.Api(token);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var (page, total) = (1, 1); found.Count < total && page < 50; page++)
        {
            var answer = await api.ReadAsync($"contacts?contact_type_id=VENDOR&exclude_system=true&attributes=name&items_per_page=200&page={page}");
            total = (int)answer["$total"]!;
            foreach (var row in answer["$items"]!.AsArray()) found[(string)row!["name"]!] = (string)row["id"]!;
        }

        return found;
    }

    public static Task AddAsync(this Workshop workshop, string name) => workshop.Sandbox.MutateAsync(new { business = Marsh, action = "add", name });

    public static Task RenameAsync(this Workshop workshop, string id, string name, string kind = "contacts") => workshop.Sandbox.MutateAsync(new { business = Marsh, action = "rename", kind, id, name });

    public static Task DeleteAsync(this Workshop workshop, string id, string kind = "contacts") => workshop.Sandbox.MutateAsync(new { business = Marsh, action = "delete", kind, id });

    public static Task FaultAsync(this Workshop workshop, string path, string kind, int times = 1, int status = 500, string? retryAfter = null, int skip = 0, int delayMs = 0, string? query = null) =>
        workshop.Sandbox.FaultAsync(new { method = "GET", path, kind, times, status, retryAfter, skip, delayMs, query });

    /// <summary>Requests for pages of lists since the journal was last forgotten.</summary>
    public static async Task<IReadOnlyList<JsonObject>> PagesAskedAsync(this Workshop workshop) =>
        [.. (await Books.JournalAsync(workshop)).Where(r => ((string?)r["query"])!.Contains("items_per_page", StringComparison.Ordinal))];

    public static async Task ClearFaultsAsync(this Workshop workshop)
    {
        using var wire = workshop.Sandbox.Wire();
        (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
    }
}
