namespace DextSage.Tests.Benches;

/// <summary>How a process that a benchmark starts is told what to do: a line each on its standard input, each answered with a line.</summary>
internal static class Orders
{
    public const string Failed = "failed";

    /// <summary>Until nobody is there to give any.</summary>
    public static async Task TakeAsync(Func<string[], Task<string>> obeyAsync)
    {
        await Console.Out.WriteLineAsync(Twin.Ready);
        while (await Console.In.ReadLineAsync() is { } order) await Console.Out.WriteLineAsync(await TryAsync(order));

        async Task<string> TryAsync(string order)
        {
            try
            {
                return await obeyAsync(order.Split(' '));
            }
            catch (Exception e)
            {
                return $"{Failed} {e.ToString().ReplaceLineEndings(" | ")}";
            }
        }
    }
}
