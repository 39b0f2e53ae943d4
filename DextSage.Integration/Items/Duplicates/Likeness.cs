namespace DextSage.Integration.Items;

/// <summary>In which ways two items look like the same paper.</summary>
[Flags]
public enum Likeness
{
    None = 0,

    /// <summary>Byte for byte the same file.</summary>
    File = 1,

    /// <summary>The same supplier or customer, reference and total.</summary>
    Reference = 2,

    /// <summary>The same supplier or customer, date and total.</summary>
    Date = 4,
}
