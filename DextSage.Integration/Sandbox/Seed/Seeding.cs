using System.Globalization;

namespace DextSage.Integration.Sandbox;

/// <summary>Fills the books. What is there already stays as it is, so that it runs at every start.</summary>
internal static class Seeding
{
    /// <summary>To be raised with every change of the seed, so that files of an earlier one are filled up.</summary>
    private const int Version = 4;

    public static void Fill(Books books, SageSandboxOptions options) => books.Write(session =>
    {
        // What was filled by this same seed needs no second look.
        var mark = unchecked((((Version * 31 + options.LargeSuppliers) * 31 + options.LargeCustomers) * 31 + options.LargeExtraAccounts) * 31 + options.LargeProducts);
        if (Convert.ToInt32(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture) == mark) return;
        foreach (var business in Organisation.All)
        {
            var page = new SeedPage(session, business);
            BusinessSeed.Fill(page);
            StaticSeed.Fill(page);
            CurrencySeed.Fill(page);
            CurrencySeed.FillRates(page);
            TaxRateSeed.Fill(page);
            LedgerAccountSeed.Fill(page, options);
            BankAccountSeed.Fill(page);
            ContactSeed.Fill(page, options);
            CatalogSeed.Fill(page, options);
            if (business.Edition >= Edition.Standard) AnalysisSeed.Fill(page);
        }
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {mark}"));
    });
}

/// <summary>Where one business's first records are written.</summary>
internal sealed record SeedPage(BookSession Books, Organisation Business)
{
    public string Id(params string[] parts) => SeedId.Of([Business.Id, .. parts]);

    public void Add(string kind, System.Text.Json.Nodes.JsonObject body) =>
        Books.Add(Business.Id, kind, body.Text("id") ?? kind, body, body.Text("created_at") ?? BusinessSeed.Opened);
}
