using CsCheck;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>What a reading has seen, in little room.</summary>
public sealed class SeenKeysTests
{
    [Fact]
    public void It_knows_what_a_set_of_the_runtime_knows()
    {
        Gen.Select(Gen.ULong[1, ulong.MaxValue].Array[0, 2000], Gen.Int[0, 3000]).Sample((keys, expected) =>
        {
            var seen = new SeenKeys();
            seen.Expect(expected);
            var known = new HashSet<ulong>();
            // Each twice, and the ones at both ends, which share a place.
            foreach (var key in keys.Concat(keys).Concat([1ul, 2ul, ulong.MaxValue, ulong.MaxValue - 1])) Assert.Equal(known.Add(key), seen.Add(key));
            Assert.Equal(known.Count, seen.Count);
            Assert.All(known, key => Assert.True(seen.Contains(key)));
            Assert.Equal(known.Contains(3), seen.Contains(3));
        }, iter: 200);
    }
}
