using System.Runtime.CompilerServices;

namespace DextSage.Tests.Simulation;

/// <summary>
/// Waits until nothing can go on by itself. The simulation's process has one thread in its pool: whoever queues behind all others comes when they have come to
/// rest, and the order in which they run is the same each time.
/// </summary>
internal static class Quiet
{
    /// <summary>What a process needs in its environment for that; read before the runtime starts.</summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_PROCESSOR_COUNT"] = "1",
        ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        // Less often, and all at once.
        ["DOTNET_GCgen0size"] = "0x4000000",
        ["DOTNET_TieredPGO"] = "0",
    };

    public static bool IsPossible
    {
        get
        {
            ThreadPool.GetMaxThreads(out var workers, out _);
            return workers == 1;
        }
    }

    public static async Task ComeAsync()
    {
        do await new BehindAllOthers();
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    private readonly struct BehindAllOthers : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public BehindAllOthers GetAwaiter() => this;

        public void GetResult() { }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static then => then(), continuation, preferLocal: false);
    }
}
