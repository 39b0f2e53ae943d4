using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Simulation;

/// <summary>A mistake that is planted to see it caught. It is made from outside, on the way to the wire, to the database, or among the services: the code under test knows nothing of it.</summary>
internal sealed record Sabotage(string Name, string About)
{
    public static readonly Sabotage None = new("", "");

    public Func<IEnumerable<IInterceptor>> Interceptors { get; init; } = () => [];
    public Func<DelegatingHandler?> Handler { get; init; } = () => null;
    public Action<IServiceCollection> Furnish { get; init; } = _ => { };

    public bool Is(string name) => Name == name;
}
