namespace DextSage.App.Hosting;

/// <summary>DextSage will not start, and says why in sentences for the person at the terminal.</summary>
public sealed class StartRefusedException(IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    public StartRefusedException(string reason) : this([reason]) { }

    public IReadOnlyList<string> Reasons { get; } = reasons;
}
