namespace DextSage.Tests.Simulation;

/// <summary>All chance of a schedule comes from its seed.</summary>
internal sealed class Dice(int seed)
{
    // Of the runtime's own generators the seeded one is the same on every machine and in every version.
    private readonly Random random = new(seed);

    public double NextDouble() => random.NextDouble();

    public int Below(int bound) => random.Next(bound);

    public int From(int least, int most) => random.Next(least, most + 1);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The place of one of them, by weight.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var at = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
        {
            if (at < weights[i]) return i;
            at -= weights[i];
        }

        return weights.Count - 1;
    }
}
