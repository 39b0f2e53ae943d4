namespace DextSage.Integration.Intake.Structured;

/// <summary>Kinds of documents by UNTDID 1001.</summary>
internal static class TypeCodes
{
    /// <summary>The ones that EN 16931 counts as credit notes (BT-3).</summary>
    public static bool IsCreditNote(string? code) => code is "81" or "83" or "261" or "262" or "296" or "308" or "381" or "396" or "420" or "458" or "532";
}
