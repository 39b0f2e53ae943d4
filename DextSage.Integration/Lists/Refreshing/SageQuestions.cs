using DextSage.Integration.Sage;

namespace DextSage.Integration.Lists;

/// <summary>A row as it came in: an entry, or the id of one that Sage says was deleted.</summary>
internal readonly record struct Arrival(ListKind List, string SageId, ListEntry? Entry);

/// <summary>A page, turned into entries.</summary>
internal sealed record ArrivedPage(int? Total, DateTimeOffset? At, int Bytes, IReadOnlyList<Arrival> Rows);

/// <summary>One question to Sage that is answered in pages, and the lists that its answers are for.</summary>
internal sealed record Question(
    string Name, IReadOnlyList<ListKind> Lists, bool IsWhole, Func<SagePageRequest, CancellationToken, Task<SageAnswer<ArrivedPage>>> FetchAsync)
{
    public SageReading Reading { get; init; } = new();

    /// <summary>Of a list that was counted already.</summary>
    public bool IsSecondLook { get; init; }

    /// <summary>What Sage has deleted: asked last, for a run that does not get that far retires nothing.</summary>
    public bool TellsDeletions { get; init; }
}

/// <summary>What a run asks of Sage: each list whole, or its changes alone where Sage tells them (Sage API 4.3).</summary>
internal sealed class SageQuestions(ISageClient sage, SageTarget target, ListMapping map)
{
    /// <summary>Lists of which Sage tells the changes. What was deleted is asked for of contacts alone: the others are not so long that a whole comparison a day costs much.</summary>
    public static bool TellsChanges(ListKind list) => list is ListKind.Suppliers or ListKind.Customers or ListKind.Categories or ListKind.Products or ListKind.Services or ListKind.AnalysisCategories;

    /// <summary>Two lists, one of Sage's: their changes come with one question for both, and their deletions with another.</summary>
    public static IReadOnlyList<ListKind> Contacts { get; } = [ListKind.Suppliers, ListKind.Customers];

    public IEnumerable<Question> Of(IReadOnlyCollection<ListProgress> lists)
    {
        foreach (var list in lists.OrderBy(l => l.List))
        {
            if (list.Since is not { } since) yield return Whole(list.List, list.List.ToString());
            else if (list.List is ListKind.Suppliers) yield return Contact("changed", page => page with { ChangedSince = since });
            else if (list.List is ListKind.Customers) yield return Contact("deleted", page => page with { DeletedSince = since }) with { TellsDeletions = true };
            else yield return Whole(list.List, $"{list.List} changed", since);
        }
    }

    /// <param name="name">Under which its pages are kept.</param>
    public Question Whole(ListKind list, string name, DateTimeOffset? since = null)
    {
        return list switch
        {
            ListKind.TaxRates => Ask((page, cancel) => sage.TaxRatesAsync(target, page, cancel), map.TaxRate),
            ListKind.Categories => Ask((page, cancel) => sage.LedgerAccountsAsync(target, page, cancel), map.Category),
            ListKind.Suppliers => Ask((page, cancel) => sage.ContactsAsync(target, SageContactType.Vendor, page, cancel), map.Supplier),
            ListKind.Customers => Ask((page, cancel) => sage.ContactsAsync(target, SageContactType.Customer, page, cancel), map.Customer),
            ListKind.Products => Ask((page, cancel) => sage.ProductsAsync(target, page, cancel), map.Product),
            ListKind.Services => Ask((page, cancel) => sage.ServicesAsync(target, page, cancel), map.Service),
            ListKind.BankAccounts => Ask((page, cancel) => sage.BankAccountsAsync(target, page, cancel), map.BankAccount),
            ListKind.PaymentMethods => Ask((page, cancel) => sage.PaymentMethodsAsync(target, page, cancel), map.PaymentMethod),
            ListKind.AnalysisTypes => Ask((page, cancel) => sage.AnalysisTypesAsync(target, page, cancel), map.AnalysisType),
            ListKind.AnalysisCategories => Ask((page, cancel) => sage.AnalysisCategoriesAsync(target, page, cancel), map.AnalysisCategory),
            ListKind.Currencies => Ask((page, cancel) => sage.CurrenciesAsync(target, page, cancel), map.Currency),
            _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
        };

        Question Ask<T>(Func<SagePageRequest, CancellationToken, Task<SageAnswer<SagePage<T>>>> fetch, Func<T, ListEntry> toEntry) where T : class, ISageRecord =>
            new(name, [list], since is null, async (page, cancel) =>
                Arrived(await fetch(page with { ChangedSince = since, IsRepeatedByCaller = true }, cancel), row => new Arrival(list, row.Id!, toEntry(row))));
    }

    /// <summary>Sage's own name of a list, for looking up one record of it.</summary>
    public static string PathOf(ListKind list) => list switch
    {
        ListKind.TaxRates => "tax_rates",
        ListKind.Categories => "ledger_accounts",
        ListKind.Suppliers or ListKind.Customers => "contacts",
        ListKind.Products => "products",
        ListKind.Services => "services",
        ListKind.BankAccounts => "bank_accounts",
        ListKind.PaymentMethods => "payment_methods",
        ListKind.AnalysisTypes => "analysis_types",
        ListKind.AnalysisCategories => "analysis_type_categories",
        ListKind.Currencies => "currencies",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };

    private Question Contact(string what, Func<SagePageRequest, SagePageRequest> narrow) =>
        new($"Contacts {what}", Contacts, IsWhole: false, async (page, cancel) =>
            Arrived(Told(await sage.ContactsAsync(target, type: null, narrow(page with { IsRepeatedByCaller = true }), cancel)), ContactArrival));

    // Without its type, a customer would become a supplier.
    private static SageAnswer<SagePage<SageContact>> Told(SageAnswer<SagePage<SageContact>> answer) =>
        answer.Value?.Items.All(contact => contact.ContactTypes is [_, ..]) == false
            ? SageAnswer<SagePage<SageContact>>.Failed(new() { Kind = SageFailureKind.Garbled, RequestId = answer.RequestId })
            : answer;

    private Arrival ContactArrival(SageContact contact)
    {
        var isCustomer = contact.ContactTypes?.Any(t => t.Id == "CUSTOMER") == true;
        var list = isCustomer ? ListKind.Customers : ListKind.Suppliers;
        return new(list, contact.Id!, contact.DeletedAt is not null ? null : isCustomer ? map.Customer(contact) : map.Supplier(contact));
    }

    private static SageAnswer<ArrivedPage> Arrived<T>(SageAnswer<SagePage<T>> answer, Func<T, Arrival> toArrival) where T : class, ISageRecord =>
        answer.Select(page => new ArrivedPage(page.Total, page.At, page.Bytes, [.. page.Items.Select(toArrival)]));
}
