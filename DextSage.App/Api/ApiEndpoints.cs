using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DextSage.App.Items;
using DextSage.App.Shared;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DextSage.App.Api;

/// <summary>The door for scanners and scripts: a file in, its items out.</summary>
internal static class ApiEndpoints
{
    /// <summary>Bytes: the largest file, and room for what is said about it.</summary>
    public const long LargestBody = Arrivals.LargestFile + 64 * 1024;

    private const int LongestIdempotencyKey = 200;
    private const int UsualLimit = 50;
    private const int LargestLimit = 100;

    public static void AddApi(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new ApiLimits());
        services.AddApiDocument();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapApiDocument();
        var items = app.MapGroup(Urls.ApiItems).AllowAnonymous().DisableAntiforgery().AddEndpointFilter<ApiGate>();
        items.MapPost("", SendAsync).DescribeSend();
        items.MapGet("", ListAsync).DescribeList();
        items.MapGet("{id}", FindAsync).DescribeFind();
        app.Map($"{Urls.Api}/{{**rest}}", (HttpRequest request) => ApiProblems.Answer(ApiProblems.NothingHere(request))).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> SendAsync(HttpContext context, DeliveryDesk desk, ApiItems items, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (UploadEndpoints.Boundary(request) is not { } boundary) return ApiProblems.Answer(ApiProblems.NoForm());
        if (request.ContentLength > LargestBody) return ApiProblems.Answer(ApiProblems.Unreadable(StatusCodes.Status413PayloadTooLarge));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;
        string? key = request.Headers["Idempotency-Key"];
        if (key?.Length is 0 or > LongestIdempotencyKey) return ApiProblems.Answer(ApiProblems.BadField("Idempotency-Key", $"An Idempotency-Key has 1 to {LongestIdempotencyKey} characters."));

        using var folder = new UploadFolder();
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<DroppedFile>? files;
        try
        {
            files = await folder.TakeAsync(new MultipartReader(boundary, request.Body), cancellationToken, fields);
        }
        catch (InvalidDataException)
        {
            return ApiProblems.Answer(ApiProblems.Unreadable(StatusCodes.Status400BadRequest));
        }
        if (files is not [var file]) return ApiProblems.Answer(ApiProblems.NotOneFile(files?.Count ?? UploadBatch.MostFiles));

        var caller = ApiGate.CallerOf(context);
        var (order, problem) = await OrderAsync(caller, key, file, fields, items, cancellationToken);
        if (order is null) return ApiProblems.Answer(problem!);
        return await desk.TakeAsync(caller.Caller, order, cancellationToken) switch
        {
            { End: DeliveryEnd.OtherContent } => ApiProblems.Answer(ApiProblems.OtherContent()),
            { End: DeliveryEnd.InProgress } => ApiGate.Later(context, ApiProblems.InProgress(), seconds: 2),
            { End: DeliveryEnd.Busy } => ApiGate.Later(context, ApiProblems.Busy(), seconds: 60),
            var done => Done(context, done),
        };
    }

    private static async Task<(DeliveryOrder?, ApiProblem?)> OrderAsync(
        ApiCaller caller, string? key, DroppedFile file, Dictionary<string, string> fields, ApiItems items, CancellationToken cancellationToken)
    {
        var (type, owner, note) = (Said("type"), Said("owner"), Said("note"));
        if (type is not null && UrlWords.Known<Workspace>(type) is null) return (null, ApiProblems.BadField("type", "The type is “costs” or “sales”."));
        if (note?.Length > ItemLimits.Note) return (null, ApiProblems.BadField("note", string.Create(CultureInfo.InvariantCulture, $"A note has {ItemLimits.Note:N0} characters at most.")));
        Guid? ownerId = null;
        if (owner is not null && (ownerId = await items.MemberAsync(caller, owner, cancellationToken)) is null)
            return (null, ApiProblems.BadField("owner", "No member of this business has this e-mail address."));
        return (new DeliveryOrder(
            DeliveryDoor.Api, caller.KeyId, key, await FingerprintAsync(file, [type, owner, note], cancellationToken), file,
            UrlWords.Known<Workspace>(type) ?? Workspace.Costs, ownerId, note, caller.KeyName), null);

        string? Said(string field) => fields.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text ? text : null;
    }

    // Of what was sent and what was said about it, not of its name: senders make names up anew.
    private static async Task<string> FingerprintAsync(DroppedFile file, string?[] said, CancellationToken cancellationToken)
    {
        await using var content = file.Open();
        var whole = await SHA256.HashDataAsync(content, cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData([.. whole, .. Encoding.UTF8.GetBytes(string.Join('\0', said))]));
    }

    private static IResult Done(HttpContext context, DeliveryResult done)
    {
        if (done.IsRepeated) context.Response.Headers["Idempotency-Replayed"] = "true";
        var report = done.Report!;
        if (report.Refusal is not null) return ApiProblems.Answer(ApiProblems.Refused(report));
        return report.Codes.Count == 0 ? TypedResults.Ok(ApiDelivery.Of(report))
            : TypedResults.Created(report.Codes.Count == 1 ? Urls.ApiItem(report.Codes[0]) : Urls.ApiItems, ApiDelivery.Of(report));
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiItems items, string? status, string? since, string? after, string? limit, CancellationToken cancellationToken)
    {
        var wanted = UrlWords.Known<ItemStatus>(status);
        if (status is not null && wanted is null) return ApiProblems.Answer(ApiProblems.BadField("status", "The status is processing, toreview, ready, publishing or published."));
        DateTimeOffset? from = DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
        if (since is not null && from is null) return ApiProblems.Answer(ApiProblems.BadField("since", "Since is a moment such as 2026-11-30T09:00:00Z."));
        var most = UsualLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > LargestLimit))
            return ApiProblems.Answer(ApiProblems.BadField("limit", $"The limit is a number from 1 to {LargestLimit}."));
        var page = await items.PageAsync(ApiGate.CallerOf(context), new ApiItemQuery(wanted, from, after, most), cancellationToken);
        return page is null
            ? ApiProblems.Answer(ApiProblems.BadField("after", "This key has no item of this id to go on after."))
            : TypedResults.Ok(new ApiItemList([.. page.Items.Select(ApiItem.Of)], page.HasMore ? Next(page.Items[^1].Id, status, since, limit) : null));
    }

    private static string Next(string after, string? status, string? since, string? limit) =>
        QueryHelpers.AddQueryString(Urls.ApiItems, new Dictionary<string, string?>(StringComparer.Ordinal) { ["status"] = status, ["since"] = since, ["limit"] = limit, ["after"] = after });

    private static async Task<IResult> FindAsync(HttpContext context, ApiItems items, string id, CancellationToken cancellationToken) =>
        await items.FindAsync(ApiGate.CallerOf(context), id.ToUpperInvariant(), cancellationToken) is { } item ? TypedResults.Ok(ApiItem.Of(item)) : ApiProblems.Answer(ApiProblems.NoItem());
}
