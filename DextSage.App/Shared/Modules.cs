using Microsoft.JSInterop;

namespace DextSage.App.Shared;

internal static class Modules
{
    /// <summary>What a function of one of our modules gives back: see js/modules.js.</summary>
    public static ValueTask<IJSObjectReference> CallAsync(this IJSRuntime js, string module, string function, params object?[] values) =>
        js.InvokeAsync<IJSObjectReference>("dextSageCall", [module, function, .. values]);
}
