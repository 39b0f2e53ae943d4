using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Supplier and customer rules from a file of suppliers or customers, as Dext makes them.</summary>
internal sealed class ContactRules(TimeProvider time) : IContactRules
{
    public async Task<IContactRuleWriter> OpenAsync(DextSageDb db, Guid by, ListKind list, CancellationToken cancellationToken)
    {
        var kind = list is ListKind.Customers ? RuleKind.Customer : RuleKind.Supplier;
        var known = await db.Rules.AsTracking().Where(r => r.Kind == kind && r.SubjectId != null).ToDictionaryAsync(r => r.SubjectId!.Value, cancellationToken);
        return new Writer(db, by, kind, known, time.GetUtcNow());
    }

    private sealed class Writer(DextSageDb db, Guid by, RuleKind kind, Dictionary<Guid, Rule> known, DateTimeOffset now) : IContactRuleWriter
    {
        public bool Set(Guid contact, string name, string? currency, Guid? category)
        {
            var rule = known.GetValueOrDefault(contact);
            var said = rule?.Actions ?? new RuleActions();
            var actions = said with { Currency = currency ?? said.Currency, CategoryId = category ?? said.CategoryId };
            if (actions == said) return false;
            if (rule is null) db.Add(known[contact] = rule = new Rule { BusinessId = db.BusinessId, Kind = kind, SubjectId = contact, Name = name, CreatedAt = now });
            rule.Actions = actions;
            (rule.UpdatedAt, rule.PersonId, rule.Version) = (now, by, rule.Version + 1);
            return true;
        }
    }
}
