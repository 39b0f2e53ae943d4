using System.Net.Http;
using DextSage.App.Hosting;
using Microsoft.OpenApi;

namespace DextSage.App.Api;

/// <summary>What the API says of itself, as OpenAPI, made from the endpoints.</summary>
internal static class ApiDocument
{
    private const string Version = "v1";
    private const string KeyScheme = "key";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Version, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Urls.ApiItems.TrimStart('/'), StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "DextSage", Version = Version,
                Description = "Sends files into a business, and tells what became of them. The business follows from the key, which an Admin makes in Business settings, API keys.",
            };
            document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<HostSettings>().Origin }];
            document.Components ??= new OpenApiComponents();
            document.AddComponent<IOpenApiSecurityScheme>(KeyScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, which begins with dextsage_." });
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi("/api/{documentName}/openapi.json").AllowAnonymous();

    public static RouteHandlerBuilder DescribeSend(this RouteHandlerBuilder endpoint) => endpoint
        .WithName("sendFile").WithSummary("Sends a file")
        .WithDescription("A PDF, JPEG, PNG or electronic invoice becomes an item; a Dext export (CSV) becomes an item a row. With an Idempotency-Key, the same request can be repeated for as long as it takes: nothing is added twice, and the answer is the first one's, with the header Idempotency-Replayed.")
        .Produces<ApiDelivery>(201).Produces<ApiDelivery>(200).Fails(400, 401, 409, 413, 422, 429, 503)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Schema = Text(200),
                Description = "Your own name for this delivery, such as a GUID: the same again is the same delivery. The same with another file is refused.",
            });
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["multipart/form-data"] = new() { Schema = Form() } },
            };
            return Task.CompletedTask;
        });

    public static RouteHandlerBuilder DescribeList(this RouteHandlerBuilder endpoint) => endpoint
        .WithName("listItems").WithSummary("Lists items, newest first")
        .WithDescription("What came in through the API, or every item where the key was made to see all. status: processing, toreview, ready, publishing or published. since: changed then or later. limit: 1 to 100, usually 50. after: the id of the last item of the page before; the answer's next has it.")
        .Produces<ApiItemList>(200).Fails(401, 422, 429);

    public static RouteHandlerBuilder DescribeFind(this RouteHandlerBuilder endpoint) => endpoint
        .WithName("getItem").WithSummary("Tells how an item stands").WithDescription("Its status, what was read from it, and its number in Sage once it is published.")
        .Produces<ApiItem>(200).Fails(401, 404, 429);

    private static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ApiProblem>(status, ApiProblems.ContentType);
        return endpoint;
    }

    private static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The file, with its name." },
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["costs", "sales"], Description = "Where it goes; costs where it is left out." },
            ["owner"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "email", Description = "The e-mail address of the member whose paper it is; the key's person where it is left out." },
            ["note"] = Text(1000),
        },
    };

    private static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MaxLength = longest };
}
