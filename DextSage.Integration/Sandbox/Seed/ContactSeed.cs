using System.Globalization;

namespace DextSage.Integration.Sandbox;

/// <summary>Suppliers, customers and Sage's own system contacts.</summary>
internal static class ContactSeed
{
    private const int FewSuppliers = 40, FewCustomers = 25;

    private static readonly string[] KnownSuppliers = ["Northgate Stationers Ltd", "Brightwater Energy plc", "Fenwick & Rowe Solicitors", "Pelican Couriers Ltd"];

    public static void Fill(SeedPage page, SageSandboxOptions options)
    {
        var isLarge = page.Business == Organisation.Marsh;
        Add(page, "HMRC Reclaimed", "VENDOR", "HMRC Rec", system: true);
        Add(page, "HMRC Payments", "VENDOR", "HMRC Pay", system: true);
        foreach (var name in KnownSuppliers) Add(page, name, "VENDOR");
        if (page.Business.MultiCurrency) Add(page, "Atelier Lumière SARL", "VENDOR", currency: "EUR");
        var suppliers = (isLarge ? options.LargeSuppliers : FewSuppliers) - KnownSuppliers.Length;
        foreach (var (name, number) in SeedNames.Suppliers().Take(Math.Max(0, suppliers)).Select((name, at) => (name, at + 1)))
            Add(page, name, "VENDOR", number % 3 == 0 ? Code(name, number) : null);
        foreach (var (name, number) in SeedNames.Customers().Take(isLarge ? options.LargeCustomers : FewCustomers).Select((name, at) => (name, at + 1)))
            Add(page, name, "CUSTOMER", number % 2 == 0 ? Code(name, number) : null);
    }

    private static void Add(SeedPage page, string name, string type, string? reference = null, string? currency = null, bool system = false)
    {
        currency ??= page.Business.BaseCurrency;
        var contact = ContactBody.New(page.Id("contact", type, name), name, type, reference, Reference.To("currencies", currency, CurrencySeed.Name(currency)), BusinessSeed.Opened);
        contact["system"] = system;
        contact["deletable"] = !system;
        page.Add("contacts", contact);
    }

    private static string Code(string name, int number) =>
        string.Concat(name.Where(char.IsAsciiLetter).Take(4)).ToUpperInvariant() + number.ToString("0000", CultureInfo.InvariantCulture);
}

/// <summary>Plausible names without end, always in the same order.</summary>
internal static class SeedNames
{
    private static readonly string[] Places =
    [
        "Alder", "Ashdown", "Beacon", "Birchwood", "Calder", "Camber", "Dunmore", "Eastgate", "Elmfield", "Fairway", "Glenside", "Greenhithe", "Harrow",
        "Hartley", "Ivybridge", "Juniper", "Kestrel", "Kingsway", "Langdale", "Linden", "Marlow", "Millbrook", "Newhaven", "Oakham", "Orchard", "Penrose",
        "Quayside", "Redcliffe", "Riverside", "Rowan", "Saltash", "Silverdale", "Southwark", "Thornbury", "Trent", "Upton", "Vale", "Westbury", "Willow", "Yarrow",
    ];

    private static readonly string[] Trades =
    [
        "Packaging Ltd", "Catering Supplies Ltd", "Print Works Ltd", "IT Services Ltd", "Plumbing & Heating Ltd", "Electrical Ltd", "Office Furniture Ltd",
        "Cleaning Services", "Logistics Ltd", "Timber Merchants", "Signs & Displays", "Security Ltd", "Telecoms plc", "Vehicle Hire Ltd", "Foods Ltd",
        "Engineering Ltd", "Textiles Ltd", "Recruitment Ltd", "Insurance Brokers", "Waste Management Ltd", "Garden Centre", "Coffee Roasters", "Tools & Fixings Ltd",
    ];

    private static readonly string[] FirstNames =
        ["Amelia", "Benjamin", "Chloe", "Daniel", "Erin", "Farah", "George", "Hannah", "Isaac", "Jessica", "Kieran", "Leila", "Marcus", "Niamh", "Oscar"];

    private static readonly string[] LastNames = ["Hughes", "Patel", "O'Brien", "Robinson", "Clarke", "Khan", "Turner", "Walsh", "Edwards", "Green", "Morris"];

    public static IEnumerable<string> Suppliers()
    {
        for (var round = 1; ; round++)
            // 40 places and 23 trades have no common factor, so both may step at once through every pair.
            for (var i = 0; i < Places.Length * Trades.Length; i++)
                yield return $"{Places[i % Places.Length]} {Trades[i % Trades.Length]}{(round == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({round})"))}";
    }

    public static IEnumerable<string> Customers()
    {
        for (var round = 1; ; round++)
            for (var i = 0; i < FirstNames.Length * LastNames.Length; i++)
                yield return $"{FirstNames[i % FirstNames.Length]} {LastNames[i % LastNames.Length]}{(round == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({round})"))}";
    }
}
