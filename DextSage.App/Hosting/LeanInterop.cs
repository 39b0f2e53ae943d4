using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.JSInterop;

namespace DextSage.App.Hosting;

/// <summary>
/// Every circuit has JSON options of its own for what it says to JavaScript, and for each value that it sends, System.Text.Json describes there all interfaces
/// of its type, among them thirty operators of an integer. Nothing is ever read or written as one of those: without them a circuit holds 30 kB less.
/// </summary>
internal static class LeanInterop
{
    private static readonly IJsonTypeInfoResolver Described = new WithoutOperators(new DefaultJsonTypeInfoResolver());

    public static void AddLeanInterop(this IServiceCollection services)
    {
        var runtime = services.Last(s => s.ServiceType == typeof(IJSRuntime)).ImplementationType!;
        services.AddScoped(scope =>
        {
            var made = (JSRuntime)ActivatorUtilities.CreateInstance(scope, runtime);
            OptionsOf(made).TypeInfoResolver ??= Described;
            return (IJSRuntime)made;
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    private static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    private sealed class WithoutOperators(IJsonTypeInfoResolver others) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type is { IsInterface: true, Namespace: "System" or "System.Numerics" } ? null : others.GetTypeInfo(type, options);
    }
}
