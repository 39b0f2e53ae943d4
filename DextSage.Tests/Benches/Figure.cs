using System.Globalization;

namespace DextSage.Tests.Benches;

/// <summary>A measured figure and the bound it is held against.</summary>
/// <param name="AtMost">True when less is better.</param>
internal readonly record struct Figure(string Name, double Value, double Target, bool AtMost = true)
{
    public bool IsOk => AtMost ? Value <= Target : Value >= Target;

    /// <summary>"refresh/floor 1.62 2 ok".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:0.###} {Target:0.###} {(IsOk ? "ok" : "short")}");
}
