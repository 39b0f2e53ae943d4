using DextSage.Integration.Connections;
using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>The address of an item's page, to be written down in Sage.</summary>
public sealed class ItemLinks(SageRedirect redirect)
{
    public Uri To(string business, Workspace workspace, string code) =>
        new(redirect.Address, $"/b/{business}/{(workspace is Workspace.Sales ? "sales" : "costs")}/{code}");
}
