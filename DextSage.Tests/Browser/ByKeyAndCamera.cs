using System.Net;
using System.Net.Http.Headers;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Tests.Intake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DextSage.Tests.Browser;

/// <summary>Papers that nobody drops: sent with a key, put into a folder, photographed.</summary>
[Collection(nameof(OtherChromium))]
public sealed class ByKeyAndCamera(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        await StartAsync();
        var alma = await SignInAsync("Alma Marsh");
        await GoToKeysAsync(alma);
        await alma.Field("Name").FillAsync("Scanner in the hall");
        await alma.ExactButton("Make key").ClickAsync();
        var secret = await alma.Field("The new key").TextContentAsync();
        Assert.StartsWith(ApiKeys.Prefix, secret, StringComparison.Ordinal);
        await alma.LookAsync("api-key-made");
        await alma.Page.ReloadAsync();
        await Expect(alma.Page.GetByText("Scanner in the hall")).ToBeVisibleAsync();
        await Expect(alma.Page.GetByText(secret!)).ToHaveCountAsync(0);

        // Whoever looks at the inbox sees it come.
        await alma.Menu("Costs").ClickAsync();
        await alma.SeesAsync("No costs yet");
        using var scanner = new HttpClient { BaseAddress = Home };
        scanner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        Assert.Equal(HttpStatusCode.Created, await SendAsync(scanner));
        await Expect(alma.Link("Northgate Stationers Ltd")).ToBeVisibleAsync();

        await GoToKeysAsync(alma);
        await alma.ExactButton("Revoke Scanner in the hall").ClickAsync();
        await alma.LookAsync("api-key-asked");
        await alma.ExactButton("Revoke now: Scanner in the hall").ClickAsync();
        await Expect(alma.Page.GetByText("Revoked")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(scanner));
        await alma.LookAsync("api-keys");
    }

    [Fact]
    public async Task A_watched_folder_is_turned_on_and_says_what_came_and_what_cannot()
    {
        var folders = Path.Combine(Folder, "watched");
        var marsh = Directory.CreateDirectory(Path.Combine(folders, "marsh-daughters")).FullName;
        await StartAsync($"--DextSage:WatchedFolders={folders}");
        var alma = await SignInAsync("Alma Marsh");
        await alma.Menu("Business settings").ClickAsync();
        await alma.Menu("Watched folder").ClickAsync();
        await alma.SeesAsync("No file has come yet");
        await File.WriteAllBytesAsync(Path.Combine(marsh, "bill.pdf"), Paper, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(marsh, "note.txt"), "This is no PDF.", TestContext.Current.CancellationToken);
        await alma.ExactButton("Turn on").ClickAsync();

        // It is looked into every quarter of a minute, and a file is taken at the second look.
        await Expect(alma.Page.GetByText("is not a PDF")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(alma.Page.Locator("td a.item")).ToHaveCountAsync(1);
        await alma.LookAsync("watched-folder");
        Directory.Delete(marsh, recursive: true);
        await Expect(alma.Alert).ToContainTextAsync("There is no folder marsh-daughters", new() { Timeout = 40_000 });
        await alma.LookAsync("watched-folder-gone");
    }

    [Fact]
    public async Task A_photo_that_is_taken_with_a_telephone_arrives()
    {
        await StartAsync();
        var alma = await ComeAsync(onPhone: true);
        await alma.Page.GotoAsync("/");
        await alma.Button("Alma Marsh").TapAsync();
        await alma.IsAtAsync("Costs");

        var camera = await alma.Page.RunAndWaitForFileChooserAsync(() => alma.ExactButton("Take a photo").TapAsync());
        Assert.Equal("environment", await camera.Element.GetAttributeAsync("capture"));
        await camera.SetFilesAsync(new FilePayload { Name = "image.jpg", MimeType = "image/jpeg", Buffer = LargePapers.Photo(900, 1200, 80) });

        await alma.SeesAsync("1 item added");
        var photo = alma.Main.GetByRole(AriaRole.Link, new() { NameString = "Photo 20" }).Last;
        await photo.TapAsync();
        await Expect(alma.Page.Locator(".sheet canvas")).ToBeVisibleAsync();
        await alma.LookAsync("photo");
    }

    private static byte[] Paper => SampleDocuments.Draw(new DateOnly(2026, 3, 9)).First(s => s.FileName.StartsWith("northgate", StringComparison.Ordinal)).Content;

    private static async Task GoToKeysAsync(Visitor admin)
    {
        await admin.Menu("Business settings").ClickAsync();
        await admin.Menu("API keys").ClickAsync();
        await admin.IsAtAsync("API keys");
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient scanner)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Paper), "file", "bill.pdf" } };
        using var answer = await scanner.PostAsync(new Uri("/api/v1/items", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
