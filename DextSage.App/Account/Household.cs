using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DextSage.App.Account;

/// <summary>
/// A business and its people, written together in one transaction. It takes SQLite's write lock when it opens, so that what
/// is read in it stays true until it commits.
/// </summary>
internal sealed class Household : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;

    private Household(DextSageDb db, UserManager<Person> people, IDbContextTransaction transaction)
    {
        Db = db;
        People = people;
        this.transaction = transaction;
    }

    public DextSageDb Db { get; }
    public UserManager<Person> People { get; }

    public static async Task<Household> OpenAsync(IServiceProvider services, Guid businessId)
    {
        var db = services.GetRequiredService<BusinessStore>().OpenForJob(businessId);
        var people = ActivatorUtilities.CreateInstance<UserManager<Person>>(services, new UserOnlyStore<Person, DextSageDb, Guid>(db));
        return new Household(db, people, await db.Database.BeginTransactionAsync());
    }

    public Task CommitAsync() => transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        People.Dispose();
        await Db.DisposeAsync();
    }
}
