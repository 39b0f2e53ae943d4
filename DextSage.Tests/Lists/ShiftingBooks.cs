using System.Reflection;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Lists;

/// <summary>The real refresh on a real database, and before it a Sage whose suppliers change between any two of its pages. Its other lists are empty.</summary>
internal sealed class ShiftingBooks : IAsyncDisposable
{
    private readonly Workshop workshop;
    private readonly Lock gate = new();
    private readonly List<int> rows = [];
    private int next;

    private ShiftingBooks(Workshop workshop) => this.workshop = workshop;

    /// <summary>Told the number of the supplier page that is about to be answered, from 1.</summary>
    public Action<int>? Between { get; set; }

    /// <summary>Added to the total that is announced.</summary>
    public int TotalLie { get; set; }

    public int Requests { get; private set; }
    public int LookUps { get; private set; }
    public IEnumerable<string> Ids => rows.Select(Id);

    public static async Task<ShiftingBooks> OpenAsync(Action<RefreshOptions>? options = null)
    {
        ShiftingBooks? books = null;
        var client = DispatchProxy.Create<ISageClient, Wire>();
        ((Wire)(object)client).Answer = (method, arguments) => books!.Answer(method, arguments);
        books = new ShiftingBooks(await Workshop.OpenAsync(furnish: services =>
        {
            Refreshes.Hasten(services, options);
            services.AddSingleton(client);
        }));
        await using var db = books.workshop.Get<BusinessStore>().OpenForJob(books.workshop.BusinessId);
        var grant = new Grant
        {
            BusinessId = books.workshop.BusinessId, Sealed = "", IssuedAt = default, AccessExpiresAt = default, RefreshExpiresAt = default,
            PersonId = books.workshop.Admin.PersonId, CreatedAt = default, Status = GrantStatus.Lost,
        };
        db.AddRange(grant, new Connection { BusinessId = books.workshop.BusinessId, Status = ConnectionStatus.Connected, GrantId = grant.Id, OrganisationId = "o1", AutoRefreshHour = null, CheckedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync();
        return books;
    }

    /// <summary>So many suppliers on both sides.</summary>
    public async Task ResetAsync(int rows)
    {
        (Between, TotalLie) = (null, 0);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
        {
            await db.Suppliers.ExecuteDeleteAsync();
            await db.ListStates.ExecuteDeleteAsync();
        }

        this.rows.Clear();
        this.rows.AddRange(Enumerable.Range(next, rows));
        next += rows;
        await RefreshAsync();
    }

    public void Add(int at) => rows.Insert(Math.Min(at, rows.Count), next++);

    public string Remove(int at)
    {
        if (rows.Count == 0) return "";
        var index = Math.Min(at, rows.Count - 1);
        var id = Id(rows[index]);
        rows.RemoveAt(index);
        return id;
    }

    public async Task<RefreshView> RefreshAsync()
    {
        var before = Requests;
        var asked = Between;
        Between = asked is null ? null : request => asked(request - before);
        return await workshop.RefreshWholeAsync();
    }

    public async Task<HashSet<string>> InForceAsync()
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.Suppliers.Where(s => s.RetiredAt == null).Select(s => s.SageId).ToHashSetAsync();
    }

    private object Answer(MethodInfo method, object?[] arguments)
    {
        lock (gate)
        {
            return (method.Name, arguments) switch
            {
                (nameof(ISageClient.ContactsAsync), [_, SageContactType.Vendor, SagePageRequest page, ..]) => Task.FromResult(SageAnswer<SagePage<SageContact>>.Success(Suppliers(page), null)),
                (nameof(ISageClient.FindRecordAsync), [_, _, string id, ..]) => Task.FromResult(Find(id)),
                _ => Empty(method.ReturnType),
            };
        }
    }

    private SagePage<SageContact> Suppliers(SagePageRequest page)
    {
        Requests++;
        Between?.Invoke(Requests);
        var last = Math.Max(1, (rows.Count + page.Size - 1) / page.Size);
        var number = Math.Min(page.Number, last);
        return new(number, Math.Max(0, rows.Count + TotalLie), [.. rows.Skip((number - 1) * page.Size).Take(page.Size).Select(r => new SageContact { Id = Id(r), Name = $"Supplier {r}" })]);
    }

    private SageAnswer<SageTrace> Find(string id)
    {
        LookUps++;
        return rows.Any(r => Id(r) == id)
            ? SageAnswer<SageTrace>.Success(new SageTrace { Id = id }, null)
            : SageAnswer<SageTrace>.Failed(new() { Kind = SageFailureKind.NotFound, HttpStatus = 404 });
    }

    /// <summary>An empty page where a page is asked for, and a refusal where a record is.</summary>
    private static object Empty(Type taskOfAnswer)
    {
        var answer = taskOfAnswer.GenericTypeArguments[0];
        var value = answer.GenericTypeArguments[0];
        var made = value.IsGenericType
            ? answer.GetMethod("Success")!.Invoke(null, [Activator.CreateInstance(value, 1, 0, Array.CreateInstance(value.GenericTypeArguments[0], 0)), null, null])
            : answer.GetMethod("Failed")!.Invoke(null, [new SageFailure { Kind = SageFailureKind.AccessDenied, HttpStatus = 403 }, null]);
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(answer).Invoke(null, [made])!;
    }

    private static string Id(int row) => row.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    /// <summary>A client of Sage that asks a function.</summary>
#pragma warning disable CA1852 // The proxy is a class derived from it at run time.
    public class Wire : DispatchProxy
#pragma warning restore CA1852
    {
        public Func<MethodInfo, object?[], object> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!, args!);
    }
}
