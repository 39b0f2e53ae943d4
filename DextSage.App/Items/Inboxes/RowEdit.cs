using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>An edit of one field, made in a row of an inbox.</summary>
public sealed record RowEdit(InboxRow Row, InboxColumn Column, ItemEdit Edit);
