namespace DextSage.Integration.Sandbox;

/// <summary>Sage's editions, weakest first (Sage API 1).</summary>
internal enum Edition { Start, Standard, Plus }

/// <summary>A business of the sandbox.</summary>
internal sealed record Organisation(string Name, string Country, Edition Edition, bool VatRegistered, bool MultiCurrency)
{
    public string Id { get; } = SeedId.Of("business", Name);
    public string BaseCurrency => Country == "IE" ? "EUR" : "GBP";
    public string SubscriptionId => Edition switch { Edition.Start => "START", Edition.Standard => "ACCOUNTING_10", _ => "ACCOUNTING" };

    public static readonly Organisation Marsh = new("Marsh & Daughters Ltd", "GB", Edition.Plus, VatRegistered: true, MultiCurrency: true);
    public static readonly Organisation Bakery = new("Harbour Street Bakery", "GB", Edition.Standard, VatRegistered: true, MultiCurrency: false);
    public static readonly Organisation Tidewater = new("Tidewater Crafts", "GB", Edition.Start, VatRegistered: true, MultiCurrency: false);
    public static readonly Organisation Liffey = new("Liffey Trading Ltd", "IE", Edition.Plus, VatRegistered: true, MultiCurrency: true);
    public static readonly Organisation Trust = new("Corner Community Trust", "GB", Edition.Plus, VatRegistered: false, MultiCurrency: false);
    public static readonly Organisation Blackrock = new("Blackrock Designs Ltd", "GB", Edition.Standard, VatRegistered: true, MultiCurrency: false);

    public static readonly IReadOnlyList<Organisation> All = [Marsh, Bakery, Tidewater, Liffey, Trust, Blackrock];
}

/// <summary>Somebody with a sandbox login. The first business is the lead business.</summary>
internal sealed record Person(string FirstName, string LastName, string Initials, string About, IReadOnlyList<Organisation> Businesses)
{
    public string Id { get; } = SeedId.Guid("person", FirstName);
    public string Name => $"{FirstName} {LastName}";
    public string Email => $"{FirstName.ToLowerInvariant()}@sandbox.test";
    public Organisation LeadBusiness => Businesses[0];

    /// <summary>Levels by area for an invited person (Sage API 7, roles); null for an owner, who may do everything.</summary>
    public Rights? Invited { get; init; }

    /// <summary>Whether the roles named are this person's: any area, or all of them, at any of its levels.</summary>
    public bool May(Organisation business, string roles) =>
        Businesses.Contains(business) && (Invited is null || roles.Length == 0 || Invited.Have(roles));

    public static readonly IReadOnlyList<Person> All =
    [
        new("Olivia", "Marsh", "OM", "Owner of five organisations",
            [Organisation.Marsh, Organisation.Bakery, Organisation.Tidewater, Organisation.Liffey, Organisation.Trust]),
        new("Ravi", "Shah", "RS", "Bookkeeper, invited to two of them without access to settings", [Organisation.Marsh, Organisation.Bakery])
        {
            Invited = new Rights(new Dictionary<string, char> { ["Purchases"] = 'F', ["Contacts"] = 'F', ["Bank"] = 'R' }),
        },
        new("Una", "Byrne", "UB", "Owner of one organisation", [Organisation.Blackrock]),
    ];

    public static Person? With(string? id) => All.FirstOrDefault(person => person.Id == id);
}

/// <summary>An invited person's levels: F full, R restricted, O read only; an area that is missing is "No access".</summary>
internal sealed record Rights(IReadOnlyDictionary<string, char> Levels)
{
    public bool Have(string roles)
    {
        const string all = "ALL OF ";
        return roles.StartsWith(all, StringComparison.Ordinal) ? Split(roles[all.Length..]).All(Has) : Split(roles).Any(Has);
    }

    private static string[] Split(string roles) => roles.Split(';', StringSplitOptions.TrimEntries);

    private bool Has(string role) => role.Split(':') is [var area, var levels] && Levels.TryGetValue(area, out var level) && levels.Contains(level);
}
