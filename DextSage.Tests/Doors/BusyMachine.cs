using DextSage.Integration.Intake.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Doors;

/// <summary>A machine that can be so busy that nothing which a worker is asked comes in time, and a clock that can be put forward.</summary>
internal sealed class BusyMachine : TimeProvider
{
    // Nothing else waits for so long: it tells the worker's patience from other timers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(57.25);

    public bool IsBusy { get; set; }
    public TimeSpan Ahead { get; set; }

    public void UseIn(IServiceCollection services) => services.AddSingleton<TimeProvider>(this).AddSingleton(new PaperWorkerLimits { Patience = Patience, PatienceToConvert = Patience });

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (IsBusy && dueTime == Patience) callback(state);
        return timer;
    }
}
