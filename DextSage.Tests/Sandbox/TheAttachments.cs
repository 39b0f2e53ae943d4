using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>Sage API 12.</summary>
public sealed class TheAttachments
{
    private const int Largest = 2_621_440;

    [Fact]
    public async Task A_file_of_the_largest_size_is_attached_listed_and_downloaded_byte_for_byte()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await BillIdAsync(api);
        var content = RandomNumberGenerator.GetBytes(Largest);

        var created = await api.CreateAsync("attachments", Attachment(bill, content));

        var id = (string)created["id"]!;
        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal(Largest, (int)created["file_size"]!);
        Assert.Equal($"/attachments/{id}/file", (string?)created["$file_path"]);
        Assert.Equal(bill, (string?)created["attachment_context"]!["id"]);

        var list = await api.ReadAsync($"attachments?attachment_context_type_id=PURCHASE_INVOICE&attachment_context_id={bill}&attributes=file_name,file_size");
        Assert.Equal(["id", "displayed_as", "$path", "file_size", "file_name"], list["$items"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(content, await DownloadAsync(api, id));
        Assert.Single((await api.ReadAsync("purchase_invoices?has_attachments=true"))["$items"]!.AsArray());
    }

    [Fact]
    public async Task A_byte_more_is_refused_and_leaves_nothing()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var bill = await BillIdAsync(api);

        var answer = await api.PostAsync("attachments", Attachment(bill, new byte[Largest + 1]));

        Assert.Equal("file", Assert.Single(await SandboxApi.RefusalAsync(answer, 422)).Source);
        Assert.Equal(0, (int)(await api.ReadAsync("attachments"))["$total"]!);
    }

    [Theory]
    [InlineData("file", null, "file")]
    [InlineData("file", "***", "attachment[file]")]
    [InlineData("file_name", null, "file_name")]
    [InlineData("mime_type", null, "mime_type")]
    [InlineData("mime_type", "application/zip", "mime_type")]
    [InlineData("attachment_context_id", null, "attachment_context_id")]
    [InlineData("attachment_context_type_id", null, "attachment_context_type_id")]
    [InlineData("attachment_context_type_id", "DREAM", "")]
    [InlineData("attachment_context_id", "ffffffffffffffffffffffffffffffff", "")]
    public async Task An_attachment_that_lacks_something_is_refused(string field, string? value, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var body = Attachment(await BillIdAsync(api), [1, 2, 3]);
        if (value is null) body["attachment"]!.AsObject().Remove(field);
        else body["attachment"]![field] = value;

        Assert.Equal(source, Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("attachments", body), 422)).Source);
    }

    [Fact]
    public async Task A_list_needs_both_context_parameters_or_neither()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();

        await SandboxApi.RefusalAsync(await api.GetAsync("attachments?attachment_context_id=x"), 422);
        await SandboxApi.RefusalAsync(await api.GetAsync("attachments?attachment_context_type_id=PURCHASE_INVOICE"), 422);
        await api.ReadAsync("attachments");
    }

    [Fact]
    public async Task A_download_needs_the_octet_stream_Accept()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync("attachments", Attachment(await BillIdAsync(api), [1, 2, 3]));

        await SandboxApi.RefusalAsync(await api.GetAsync($"attachments/{(string)created["id"]!}/file"), 415);
    }

    [Fact]
    public async Task The_whole_file_travels_with_a_single_record_but_not_with_a_plain_list()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync("attachments", Attachment(await BillIdAsync(api), [1, 2, 3]));

        Assert.Equal("AQID", (string?)(await api.ReadAsync("attachments/" + (string)created["id"]!))["file"]);
        Assert.Equal("AQID", (string?)(await api.ReadAsync("attachments?attributes=all"))["$items"]![0]!["file"]);
        Assert.False((await api.ReadAsync("attachments?attributes=file_name"))["$items"]![0]!.AsObject().ContainsKey("file"));
    }

    [Fact]
    public async Task The_same_file_posted_twice_is_there_twice_because_attachments_have_no_idempotency()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var body = Attachment(await BillIdAsync(api), [1, 2, 3]);
        body["attachment"]!["idempotency_id"] = "3f1d5c0a9be24a6c8d7e1f2a3b4c5d6e";

        await api.CreateAsync("attachments", body);
        await api.CreateAsync("attachments", body);

        Assert.Equal(2, (int)(await api.ReadAsync("attachments"))["$total"]!);
    }

    [Fact]
    public async Task A_deleted_attachment_is_gone()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var id = (string)(await api.CreateAsync("attachments", Attachment(await BillIdAsync(api), [1, 2, 3])))["id"]!;

        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync("attachments/" + id)).StatusCode);

        Assert.Equal(0, (int)(await api.ReadAsync("attachments"))["$total"]!);
        Assert.Equal(1, (int)(await api.ReadAsync("attachments?deleted_since=2026-01-01"))["$total"]!);
        await SandboxApi.RefusalAsync(await api.DeleteAsync("attachments/" + id), 404);
    }

    [Theory]
    [InlineData("purchase_invoices", "PURCHASE_INVOICE")]
    [InlineData("purchase_credit_notes", "PURCHASE_CREDIT_NOTE")]
    [InlineData("other_payments", "OTHER_PAYMENT")]
    public async Task Each_target_of_Sage_s_list_takes_attachments_of_its_own(string path, string context)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var target = path == "other_payments"
            ? await api.CreateAsync(path, Till.WrapExpense(await api.ExpenseAsync()))
            : await api.CreateAsync(path, "Northgate Stationers Ltd");
        var id = (string)target["id"]!;

        var created = await api.CreateAsync("attachments", Attachment(id, [1, 2, 3], context: context));

        Assert.Equal((string)target["transaction"]!["id"]!, (string?)created["transaction"]!["id"]);
        Assert.Equal(1, (int)(await api.ReadAsync($"attachments?attachment_context_type_id={context}&attachment_context_id={id}"))["$total"]!);
        Assert.Equal(1, (int)(await api.ReadAsync(path + "?has_attachments=true"))["$total"]!);
        Assert.Equal("1", (string?)(await api.ReadAsync("transactions/" + (string)target["transaction"]!["id"]!))["number_of_attachments"]);
        var other = context == "OTHER_PAYMENT" ? "PURCHASE_INVOICE" : "OTHER_PAYMENT";
        Assert.Equal("RecordNotFound", Assert.Single(await SandboxApi.RefusalAsync(await api.PostAsync("attachments", Attachment(id, [1], context: other)), 422)).Code);
    }

    [Theory]
    [InlineData("sales_invoices", "SALES_INVOICE", "attachment_context_type_id")]
    [InlineData("sales_credit_notes", "SALES_CREDIT_NOTE", "")]
    [InlineData("purchase_quick_entries", "PURCHASE_QUICK_ENTRY", "")]
    [InlineData("sales_quick_entries", "SALES_QUICK_ENTRY", "")]
    public async Task What_is_not_in_Sage_s_list_takes_none(string path, string context, string source)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var api = await sandbox.ApiAsync();
        var created = await api.CreateAsync(path, Family.Wrap(path, await api.EntityAsync(path)));

        var answer = await api.PostAsync("attachments", Attachment((string)created["id"]!, [1, 2, 3], context: context));

        Assert.Equal(source, Assert.Single(await SandboxApi.RefusalAsync(answer, 422)).Source);
    }

    internal static JsonObject Attachment(string document, byte[] content, string name = "invoice.pdf", string type = "application/pdf", string context = "PURCHASE_INVOICE") => new()
    {
        ["attachment"] = new JsonObject
        {
            ["file"] = Convert.ToBase64String(content),
            ["file_name"] = name,
            ["mime_type"] = type,
            ["attachment_context_type_id"] = context,
            ["attachment_context_id"] = document,
        },
    };

    internal static async Task<string> BillIdAsync(SandboxApi api) =>
        (string)(await api.CreateAsync("purchase_invoices", SandboxApi.Wrap(await api.BillAsync())))["id"]!;

    private static async Task<byte[]> DownloadAsync(SandboxApi api, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"attachments/{id}/file");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/octet-stream"));
        var answer = await api.Http.SendAsync(request);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
