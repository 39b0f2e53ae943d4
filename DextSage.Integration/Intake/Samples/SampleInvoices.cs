namespace DextSage.Integration.Intake.Samples;

/// <summary>
/// The five suppliers. Their names, addresses and numbers are made up: the postcodes' inward parts and the VAT numbers' check digits are
/// not ones that are given out, telephone numbers are from Ofcom's range for drama, and domains end in .example.
/// </summary>
internal static class SampleInvoices
{
    public static IEnumerable<SampleInvoice> Of(DateOnly today) =>
        [Northgate(today), Brightwater(today), Fenwick(today), Pelican(today), CastleStreet(today)];

    private static SampleInvoice Northgate(DateOnly today) => new(
        "northgate-stationers.pdf", SampleLayout.Classic, "Northgate Stationers Ltd", "Paper, print and office supplies since 1974",
        ["14 Northgate", "Halifax HX1 0ZZ"], "accounts@northgatestationers.example  ·  01632 960 114")
    {
        VatNumber = "GB 900 1001 00",
        Reference = "NS-20814",
        Date = today.AddDays(-6),
        DueDate = today.AddDays(24),
        Colour = (31, 58, 95),
        Lines =
        [
            new("A4 copier paper 80 gsm, box of 5 reams", 6, 18.45m),
            new("Lever arch files, black, pack of 10", 2, 21.90m),
            new("Gel pens, blue, box of 12", 4, 9.75m),
            new("Desk organiser, oak", 1, 34.00m),
        ],
    };

    private static SampleInvoice Brightwater(DateOnly today) => new(
        "brightwater-energy.pdf", SampleLayout.Band, "Brightwater Energy plc", "Electricity for business",
        ["Tidal House, 3 Quay Parade", "Bristol BS1 0ZZ"], "business@brightwaterenergy.example  ·  0808 157 0192")
    {
        VatNumber = "GB 900 1002 00",
        Reference = "BW7716203",
        Date = today.AddDays(-11),
        DueDate = today.AddDays(3),
        Colour = (0, 98, 114),
        Lines =
        [
            new("Electricity used, 1,284 kWh", 1, 314.58m),
            new("Standing charge, 30 days", 1, 18.60m),
        ],
    };

    private static SampleInvoice Fenwick(DateOnly today) => new(
        "fenwick-and-rowe.pdf", SampleLayout.Letter, "Fenwick & Rowe Solicitors", "Regulated advice for family businesses",
        ["Chancery Chambers, 9 Minster Yard", "York YO1 0ZZ"], "fees@fenwickrowe.example  ·  01632 960 377")
    {
        VatNumber = "GB 900 1003 00",
        Reference = "FR/2291",
        Date = today.AddDays(-15),
        DueDate = today.AddDays(-1),
        Colour = (74, 31, 43),
        Lines =
        [
            new("Review of the lease of 22 Mill Lane, 3 hours", 3, 185.00m),
            new("Letter to the landlord's agent", 1, 95.00m),
        ],
    };

    private static SampleInvoice Pelican(DateOnly today) => new(
        "pelican-couriers.pdf", SampleLayout.Panel, "Pelican Couriers Ltd", "Same day. Next day. Every day.",
        ["Unit 7, Beacon Trading Estate", "Leeds LS10 0ZZ"], "billing@pelicancouriers.example  ·  01632 960 845")
    {
        VatNumber = "GB 900 1004 00",
        Reference = "PC-118-0447",
        Date = today.AddDays(-3),
        DueDate = today.AddDays(11),
        Colour = (178, 73, 22),
        Lines =
        [
            new("Next day before noon, up to 10 kg", 14, 7.95m),
            new("Same day, Leeds to York", 2, 46.50m),
            new("Pallet collection and delivery", 1, 72.00m),
            new("Saturday surcharge", 3, 5.25m),
        ],
    };

    private static SampleInvoice CastleStreet(DateOnly today) => new(
        "castle-street-coffee.pdf", SampleLayout.Compact, "Castle Street Coffee Roasters Ltd", "Small batches, roasted on Tuesdays",
        ["31 Castle Street", "Lancaster LA1 0ZZ"], "hello@castlestreetcoffee.example  ·  01632 960 568")
    {
        VatNumber = "GB 900 1005 00",
        Reference = "4186",
        Date = today.AddDays(-2),
        DueDate = today.AddDays(28),
        Colour = (62, 47, 36),
        Lines =
        [
            new("Grinder service and new burrs", 1, 120.00m),
            new("Barista training, half a day", 1, 145.00m),
            new("Paper cups 12 oz, sleeve of 50", 8, 6.80m),
        ],
    };
}
