namespace DextSage.App.Items;

/// <summary>What a person chose who wanted to correct what is in Sage.</summary>
public enum CorrectChoice { Leave, Correct, Withdraw }
