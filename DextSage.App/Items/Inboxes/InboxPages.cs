using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

[Route("/b/{Slug}/costs")]
public sealed class CostsPage : InboxScreen
{
    protected override Workspace Workspace => Workspace.Costs;
}

[Route("/b/{Slug}/sales")]
public sealed class SalesPage : InboxScreen
{
    protected override Workspace Workspace => Workspace.Sales;
}
