namespace DextSage.Integration.People;

public enum Role { Admin, Bookkeeper, Standard }

/// <summary>What a service may be asked to do. Asked where the work is done, each time it is done.</summary>
public enum Permission
{
    /// <summary>See the business at all: its items (a Standard user: their own), its lists, its banners.</summary>
    View,
    EditItems,
    PublishItems,
    /// <summary>Delete for ever what lies in the bin.</summary>
    DeleteForEver,
    /// <summary>See the pages of the lists, and reload them.</summary>
    SeeLists,
    /// <summary>Hide and show entries; keep the lists that are our own.</summary>
    ManageLists,
    /// <summary>See the rules.</summary>
    SeeRules,
    /// <summary>Keep the rules, apply them, and say whether they may publish.</summary>
    ManageRules,
    /// <summary>See the Connections pages.</summary>
    SeeConnections,
    /// <summary>Connect, choose an organisation, reconnect, refresh from the Manage menu.</summary>
    ManageConnections,
    /// <summary>Make and revoke API keys, and choose the watched folder.</summary>
    ManageDoors,
}

/// <summary>Who may do what (design: "People").</summary>
public static class Permissions
{
    public static bool Allows(this Membership member, Permission permission) => permission switch
    {
        Permission.View or Permission.EditItems => true,
        Permission.PublishItems => member.Role is Role.Admin or Role.Bookkeeper || member.MayPublish,
        Permission.SeeLists or Permission.SeeRules or Permission.DeleteForEver => member.Role is Role.Admin or Role.Bookkeeper,
        Permission.ManageLists or Permission.ManageRules or Permission.SeeConnections or Permission.ManageConnections or Permission.ManageDoors => member.Role is Role.Admin,
        _ => false,
    };

    /// <summary>Whether this member sees every item of the business, or only those they own.</summary>
    public static bool SeesAllItems(this Membership member) => member.Role is Role.Admin or Role.Bookkeeper;
}
