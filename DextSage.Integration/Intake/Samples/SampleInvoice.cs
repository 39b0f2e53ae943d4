namespace DextSage.Integration.Intake.Samples;

internal enum SampleLayout { Classic, Band, Letter, Panel, Compact }

internal sealed record SampleLine(string Description, int Quantity, decimal UnitPrice)
{
    public decimal Net => Quantity * UnitPrice;
}

/// <summary>A made-up supplier and one invoice of theirs. Only what is drawn.</summary>
internal sealed record SampleInvoice(string FileName, SampleLayout Layout, string Supplier, string Strapline, string[] Address, string Contact)
{
    public required string VatNumber { get; init; }

    public required string Reference { get; init; }

    public required DateOnly Date { get; init; }

    public required DateOnly DueDate { get; init; }

    /// <summary>In per cent.</summary>
    public decimal VatRate { get; init; } = 20m;

    public required IReadOnlyList<SampleLine> Lines { get; init; }

    public required (byte Red, byte Green, byte Blue) Colour { get; init; }

    public decimal Net => Lines.Sum(line => line.Net);

    public decimal Vat => Math.Round(Net * VatRate / 100m, 2, MidpointRounding.AwayFromZero);

    public decimal Total => Net + Vat;
}
