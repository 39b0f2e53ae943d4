namespace DextSage.Tests.Simulation.Checking;

/// <summary>What the checker goes by.</summary>
/// <param name="Log">What the wire carried; empty where nobody listened to it.</param>
internal sealed record Evidence(OurSide Ours, SageSide Theirs, List<Letter> Log);
