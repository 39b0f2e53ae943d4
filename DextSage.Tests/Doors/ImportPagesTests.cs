using Bunit;
using DextSage.App.Imports;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>What the page of an import says.</summary>
public sealed class ImportPagesTests : Screen
{
    [Fact]
    public async Task One_that_waits_says_how_far_it_is_and_for_what()
    {
        var import = await WriteImportAsync(ImportStatus.Running, i => (i.Total, i.Added, i.Refused, i.WaitsSince) = (1_204, 1_201, 1, DateTimeOffset.UnixEpoch));

        var page = RenderAs<ImportPage>(Role.Admin, p => p.Add(x => x.Slug, "marsh").Add(x => x.Id, import));

        Assert.Equal("1,202 of 1,204 rows are done. You can leave this page.", page.WaitForElement("[role=status]").TextContent);
        Assert.Contains("took too long to open, which may be the fault of a busy machine", page.Find("section p.ds-muted").TextContent, StringComparison.Ordinal);
        Assert.Equal("1202", page.Find("progress").GetAttribute("value"));
    }

    [Fact]
    public async Task One_that_left_out_a_damaged_ZIP_says_which()
    {
        var import = await WriteImportAsync(ImportStatus.Completed, i => (i.Total, i.Added, i.WithoutFile, i.Problem) = (2, 2, 2, "“half.zip” is no ZIP that can be opened."));

        var page = RenderAs<ImportPage>(Role.Admin, p => p.Add(x => x.Slug, "marsh").Add(x => x.Id, import));

        Assert.Contains("“half.zip” is no ZIP that can be opened.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Imported", page.Find("header").TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> WriteImportAsync(ImportStatus status, Action<ExportImport> how)
    {
        await SettleInAsync();
        var import = new ExportImport { BusinessId = Business.Id, PersonId = MemberAs(Role.Admin).Caller.PersonId, Workspace = Workspace.Costs, AskedAt = DateTimeOffset.UnixEpoch, FileName = "dext.csv", Status = status };
        how(import);
        await WriteAsync(import);
        return import.Id;
    }
}
