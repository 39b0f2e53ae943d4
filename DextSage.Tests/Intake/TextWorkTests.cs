using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Intake;

public sealed class TextWorkTests
{
    [Fact]
    public async Task The_text_of_a_document_is_kept_with_its_own_business_and_read_once()
    {
        await using var quarter = await Quarter.OpenAsync();
        foreach (var house in new[] { quarter.Town.Marsh, quarter.Town.Brook })
        {
            await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
            await db.DocumentTexts.ExecuteDeleteAsync();
        }

        foreach (var house in new[] { quarter.Town.Marsh, quarter.Town.Brook })
        {
            Assert.Null(await quarter.Get<TextWork>().RunAsync(house.Id, CancellationToken.None));
            await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
            Assert.Equal(await db.Documents.Select(d => d.Id).Order().ToListAsync(), await db.DocumentTexts.Select(t => t.DocumentId).Order().ToListAsync());
        }

        await using var everyone = await quarter.Get<BusinessStore>().OpenForEveryoneAsync();
        Assert.Empty(await quarter.Get<TextWork>().Pending(everyone).ToListAsync());
    }
}
