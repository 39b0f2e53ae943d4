namespace DextSage.App.Items.Bulk;

/// <summary>A row is ticked or not any more.</summary>
/// <param name="AsRange">With all between it and the last one: Shift was held.</param>
public readonly record struct Tick(bool On, bool AsRange);
