using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using DextSage.Integration.Sage;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>Sage's answers as they might be tomorrow: with more in them, with less, with words that nobody knows yet, with numbers for strings.</summary>
public sealed class ShiftingSchema
{
    private static readonly SageTarget Target = new(Guid.Empty, SageRig.Business);

    /// <summary>A record of each list, all that is read of it filled, as Sage sends it.</summary>
    private static readonly ListOfSage[] Lists =
    [
        new("ledger accounts", """
            {"id":"a1","displayed_as":"Office costs (7500)","name":"Office costs","display_name":"Office costs","nominal_code":7500,"ledger_account_type":{"id":"OVERHEADS","displayed_as":"Overheads"},
             "visible_in_expenses":true,"visible_in_sales":false,"visible_in_other_payments":true,"visible_in_other_receipts":false,"visible_in_banking":true,"visible_in_journals":true,
             "tax_rate":{"id":"GB_STANDARD","displayed_as":"Standard 20.00%"},"fixed_tax_rate":false}
            """, client => PageAsync(client.LedgerAccountsAsync(Target, new(1), CancellationToken.None))),
        new("contacts", """
            {"id":"c1","displayed_as":"Acme (AC1)","name":"Acme","reference":"AC1","contact_types":[{"id":"VENDOR","displayed_as":"Supplier"}],"currency":{"id":"GBP","displayed_as":"Pound"},
             "default_purchase_ledger_account":{"id":"a1","displayed_as":"Office costs"},"default_sales_ledger_account":{"id":"a2","displayed_as":"Sales"},
             "default_sales_tax_rate":{"id":"GB_STANDARD","displayed_as":"Standard"},"credit_days":30,"credit_terms":"month_end_invoice","deleted_at":"2026-01-02T03:04:05Z"}
            """, client => PageAsync(client.ContactsAsync(Target, type: null, new(1), CancellationToken.None))),
        new("tax rates", """
            {"id":"GB_STANDARD","displayed_as":"Standard 20.00%","name":"Standard","percentage":20.0,"percentages":[{"percentage":17.5,"from_date":"2010-01-01","to_date":"2011-01-03"},{"percentage":20.0,"from_date":"2011-01-04","to_date":null}]}
            """, client => PageAsync(client.TaxRatesAsync(Target, new(1), CancellationToken.None))),
        new("bank accounts", """{"id":"b1","displayed_as":"Current (1200)","bank_account_type":{"id":"CHECKING","displayed_as":"Current"},"currency":{"id":"GBP","displayed_as":"Pound"}}""",
            client => PageAsync(client.BankAccountsAsync(Target, new(1), CancellationToken.None))),
        new("payment methods", """{"id":"CHEQUE","displayed_as":"Cheque"}""", client => PageAsync(client.PaymentMethodsAsync(Target, new(1), CancellationToken.None))),
        new("currencies", """{"id":"GBP","displayed_as":"Pound Sterling (GBP)"}""", client => PageAsync(client.CurrenciesAsync(Target, new(1), CancellationToken.None))),
        new("analysis types", """{"id":"t1","displayed_as":"Site","name":"Site","active_areas":["EXPENSES","SALES"],"analysis_type_level":{"identifier":"TRANSACTION"}}""",
            client => PageAsync(client.AnalysisTypesAsync(Target, new(1), CancellationToken.None))),
        new("analysis categories", """{"id":"k1","displayed_as":"Leeds","name":"Leeds","code":"LDS","analysis_type":{"id":"t1","displayed_as":"Site"}}""",
            client => PageAsync(client.AnalysisCategoriesAsync(Target, new(1), CancellationToken.None))),
        new("products", """
            {"id":"p1","displayed_as":"Paper (PAP)","item_code":"PAP","description":"Paper","sales_ledger_account":{"id":"a2","displayed_as":"Sales"},"purchase_ledger_account":{"id":"a1","displayed_as":"Office costs"},
             "active":true,"deleted_at":null}
            """, client => PageAsync(client.ProductsAsync(Target, new(1), CancellationToken.None))),
        new("services", """{"id":"s1","displayed_as":"Advice (ADV)","item_code":"ADV","description":"Advice","sales_ledger_account":{"id":"a2","displayed_as":"Sales"},"active":null}""",
            client => PageAsync(client.ServicesAsync(Target, new(1), CancellationToken.None))),
    ];

    private static readonly Gen<JsonNode> Novelty = Gen.OneOf<JsonNode>(
        Gen.String.Select(s => (JsonNode)JsonValue.Create(s)), Gen.Int.Select(i => (JsonNode)JsonValue.Create(i)), Gen.Bool.Select(b => (JsonNode)JsonValue.Create(b)),
        Gen.Int.Array[0, 3].Select(a => (JsonNode)new JsonArray([.. a.Select(i => (JsonNode)i)])),
        Gen.String.Select(s => (JsonNode)new JsonObject { ["id"] = s, ["deep"] = new JsonObject { ["er"] = new JsonArray(1, null, "x") } }));

    private static readonly Gen<ListOfSage> List = Gen.Int[0, Lists.Length - 1].Select(i => Lists[i]);

    /// <summary>New members anywhere, and any scalar written the other way: the record is the one that it was.</summary>
    [Fact]
    public async Task What_is_new_is_ignored_and_a_number_for_a_string_or_a_string_for_a_number_is_the_same_value()
    {
        using var rig = new SageRig();
        await Gen.Select(List, Gen.Select(Gen.Int[0, 20], Novelty).Array[0, 6], Gen.Bool.Array[40]).SampleAsync(async (list, news, swaps) =>
        {
            var changed = JsonNode.Parse(list.Record)!.AsObject();
            var swap = 0;
            SwapScalars(changed, () => swaps[swap++ % swaps.Length]);
            foreach (var (at, novelty) in news) Objects(changed).ElementAt(at % Objects(changed).Count())[$"new_{at}"] = novelty.DeepClone();

            var before = await AskAsync(rig, list, JsonNode.Parse(list.Record)!);
            var after = await AskAsync(rig, list, changed);
            Assert.Null(after.Failure);
            Assert.Equal(Text(before.Value), Text(after.Value));
        }, iter: 400, threads: 1);
    }

    /// <summary>A member dropped, made null, or of a shape that it cannot have. Dropped or null it is unknown; unreadable, the page is: one clear failure, never an exception and never a guess.</summary>
    [Fact]
    public async Task What_is_gone_is_unknown_and_what_cannot_be_read_is_one_clear_failure()
    {
        using var rig = new SageRig();
        await Gen.Select(List, Gen.Int[0, 30], Gen.Int[0, 2], Novelty).SampleAsync(async (list, at, deed, novelty) =>
        {
            var changed = JsonNode.Parse(list.Record)!.AsObject();
            var place = Members(changed).ElementAt(at % Members(changed).Count());
            if (deed == 0) place.Of.Remove(place.Name);
            else place.Of[place.Name] = deed == 1 ? null : novelty.DeepClone();

            var (value, failure) = await AskAsync(rig, list, changed);
            var isTheId = place.Of == changed && place.Name == "id";
            return failure switch
            {
                null => value is not null && !(isTheId && deed < 2) && !(deed == 0 && IsNeeded(list, place.Name)),
                { Kind: SageFailureKind.Garbled } => deed == 2 || isTheId || (deed == 0 && IsNeeded(list, place.Name)),
                _ => false,
            };
        }, iter: 600, threads: 1);
    }

    [Fact]
    public async Task A_word_that_nobody_knows_yet_is_kept_as_it_is()
    {
        using var rig = new SageRig();
        foreach (var list in Lists)
        {
            var changed = JsonNode.Parse(list.Record)!.AsObject();
            foreach (var one in Objects(changed).Skip(1))
                foreach (var word in (string[])["id", "identifier"])
                    if (one.ContainsKey(word)) one[word] = "ON_THE_MOON";
            if (changed.ContainsKey("active_areas")) changed["active_areas"] = new JsonArray("ON_THE_MOON");
            var (value, failure) = await AskAsync(rig, list, changed);

            Assert.Null(failure);
            if (changed.ToJsonString().Contains("ON_THE_MOON", StringComparison.Ordinal)) Assert.Contains("ON_THE_MOON", Text(value), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"$total":1}""")]
    [InlineData("""{"$total":1,"$items":null}""")]
    [InlineData("""{"$total":1,"$items":{}}""")]
    [InlineData("""{"$total":1,"$items":[null]}""")]
    [InlineData("""{"$total":1,"$items":["a1"]}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""[]""")]
    [InlineData("\"$items\"")]
    public async Task A_page_without_its_items_is_no_empty_list(string body)
    {
        using var rig = new SageRig();
        rig.Sage.Answers(200, body);
        foreach (var list in Lists) Assert.Equal(SageFailureKind.Garbled, (await list.AskAsync(rig.Client)).Failure?.Kind);
    }

    private static Task<(object? Value, SageFailure? Failure)> AskAsync(SageRig rig, ListOfSage list, JsonNode record)
    {
        rig.Sage.Answers(200, new JsonObject { ["$total"] = 1, ["$page"] = 1, ["$items"] = new JsonArray(record.DeepClone()) }.ToJsonString());
        return list.AskAsync(rig.Client);
    }

    private static async Task<(object? Value, SageFailure? Failure)> PageAsync<T>(Task<SageAnswer<SagePage<T>>> asked) where T : class, ISageRecord
    {
        var answer = await asked;
        return (answer.Value?.Items[0], answer.Failure);
    }

    /// <summary>What every entry of a list would be wrong without.</summary>
    private static bool IsNeeded(ListOfSage list, string member) =>
        (list.Name, member) is ("ledger accounts", "visible_in_expenses") or ("contacts", "name") or ("tax rates", "percentage") or ("analysis categories", "analysis_type");

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => Objects(member.Value)).Prepend(one),
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<(JsonObject Of, string Name)> Members(JsonObject record) => Objects(record).SelectMany(one => one.Select(member => (one, member.Key)));

    /// <summary>Numbers and truths as strings, and strings that are numbers as such.</summary>
    private static void SwapScalars(JsonObject record, Func<bool> isSwapped)
    {
        foreach (var (one, name) in Members(record).ToList())
            if (one[name] is JsonValue value && isSwapped())
                one[name] = value.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => JsonValue.Create(value.ToJsonString()),
                    _ when int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
                    _ => value.DeepClone(),
                };
    }

    /// <summary>All that was read, lists within it spelt out.</summary>
    private static string Text(object? value) => value switch
    {
        null => "-",
        string text => text,
        IEnumerable many => "[" + string.Join(", ", many.Cast<object?>().Select(Text)) + "]",
        IFormattable or bool or Enum => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => "{" + string.Join(", ", value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => $"{p.Name}: {Text(p.GetValue(value))}")) + "}",
    };

    private sealed record ListOfSage(string Name, string Record, Func<ISageClient, Task<(object? Value, SageFailure? Failure)>> AskAsync)
    {
        public override string ToString() => Name;
    }
}
