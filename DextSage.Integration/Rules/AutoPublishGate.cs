using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Whether an item may be published without a person, as it stands now. Whatever is not known to be right keeps it back.</summary>
internal static class AutoPublishGate
{
    /// <summary>Null where it may, or why not, as a sentence.</summary>
    public static async Task<string?> RefusalAsync(DextSageDb db, Item item, AutoPublishSettings settings, RuleBook book, CancellationToken cancellationToken)
    {
        if (item.Status is not ItemStatus.Ready and not ItemStatus.ToReview) return "It was published already, or is being.";
        if (item.Place is not Place.Inbox) return "It is not in the inbox any more.";
        if (item.FlaggedBy is { } flag) return $"It is flagged: {flag}.";
        if (item.Failure is not null) return "Sage has refused it before.";
        if (item.Document is null) return "It has no document.";
        var context = await (await ReviewContext.ReadAsync(db, cancellationToken)).WithTwinsAsync(db, [item], cancellationToken);
        if (ItemReview.Issues(ItemUnderReview.Of(item, context)) is [var issue, ..]) return issue.Sentence;
        if (context.TwinsOf(item).Count > 0) return "It looks like another item.";
        if (Amount(item, context, settings) is { } amount) return amount;
        return await OfRuleAsync(db, item, book, cancellationToken);
    }

    private static string? Amount(Item item, ReviewContext context, AutoPublishSettings settings)
    {
        var total = item.Currency == context.BaseCurrency ? item.Total : item.BaseTotal;
        if (item.Currency is null || total is null) return "What it comes to in the base currency is not known.";
        return total > settings.Limit ? $"Its total of {RuleSentences.Money(total.Value)} {context.BaseCurrency} is above the limit of {RuleSentences.Money(settings.Limit)}." : null;
    }

    private static async Task<string?> OfRuleAsync(DextSageDb db, Item item, RuleBook book, CancellationToken cancellationToken)
    {
        var facts = (await RuleFactsReader.ReadAsync(db, [item], book.LooksAtText, cancellationToken))[0];
        var outcome = book.Decide(facts);
        // What keeps it back may also be about what other rules have made of it.
        var asItStands = book.Decide(facts with
        {
            Type = item.Type, SupplierId = item.SupplierId, CustomerId = item.CustomerId, PaymentMethodId = item.PaymentMethodId, Currency = item.Currency,
            Kept = new HashSet<ItemField>(facts.Kept) { ItemField.Supplier, ItemField.Customer, ItemField.PaymentMethod },
        });
        foreach (var said in new[] { outcome, asItStands })
        {
            if (said is { AutoPublish: AutoPublish.Never, PublishedBy: { } by }) return $"{by.Words} keeps it back.";
            if (said.Proposals.FirstOrDefault(p => p.Field is ItemField.Flag) is { } flag) return $"{flag.By.Words} flags it.";
        }

        if (outcome is not { AutoPublish: AutoPublish.Always, PublishedBy: { } rule }) return "No rule publishes it any more.";
        var rules = outcome.Proposals.Select(p => p.By.RuleId).Append(rule.RuleId).Distinct().ToArray();
        var names = await RulePointers.NamesAsync(db, await db.Rules.AsNoTracking().Where(r => EF.Parameter(rules).Contains(r.Id)).ToListAsync(cancellationToken), cancellationToken);
        return names.Gone.Count > 0 ? "A rule that applies to it points to something that is on no list any more." : null;
    }
}
