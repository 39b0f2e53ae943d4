using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public void The_migrations_say_all_that_the_model_says()
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(Path.GetTempPath()).Configure(options);
        using var db = new DextSageDb(options.Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
