namespace DextSage.Integration.Intake.Shrinking;

/// <summary>One try at making a document smaller.</summary>
/// <param name="LongSide">The most pixels that the longer side of a picture keeps.</param>
/// <param name="Quality">Of the JPEGs that its pictures become, 1 to 100.</param>
internal sealed record ShrinkRung(int LongSide, int Quality)
{
    /// <summary>Pixels that a picture's shorter side keeps where it has them: a long till receipt stays legible.</summary>
    private const int ShortSide = 800;

    /// <summary>What is narrower is no page, but a strip of one: a scanner that cuts pages leaves such.</summary>
    private const int Strip = 400;

    /// <summary>
    /// From the top down: first coarser, then smaller. The longer side of an A4 page has 3508 pixels at 300 dpi, 1754 at 150, and 1200 at 103, below which
    /// small print is lost.
    /// </summary>
    public static readonly IReadOnlyList<ShrinkRung> Ladder =
    [
        new(5000, 85), new(5000, 75), new(3508, 75), new(2480, 70), new(2480, 55), new(1754, 60), new(1754, 45), new(1400, 45), new(1200, 40),
    ];

    /// <summary>By how much a picture is scaled, at most 1.</summary>
    /// <param name="isWhole">False for one of the pictures of a PDF, which may be a part of a page.</param>
    public double Scale(int width, int height, bool isWhole)
    {
        var shorter = Math.Min(width, height);
        var scale = (double)LongSide / Math.Max(width, height);
        return Math.Min(1, isWhole || shorter >= Strip ? Math.Max(scale, (double)ShortSide / shorter) : scale);
    }
}
