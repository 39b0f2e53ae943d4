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
        return new Writer(db, new RuleWriter(db, by, time.GetUtcNow()), kind, known);
    }

    private sealed class Writer(DextSageDb db, RuleWriter writer, RuleKind kind, Dictionary<Guid, Rule> known) : IContactRuleWriter
    {
        public bool Set(Guid contact, string name, string? currency, Guid? category)
        {
            var rule = known.GetValueOrDefault(contact);
            var said = rule?.Actions ?? new RuleActions();
            var actions = said with { Currency = currency ?? said.Currency, CategoryId = category ?? said.CategoryId };
            if (actions == said) return false;
            if (rule is null) db.Add(known[contact] = rule = writer.New(kind, contact, name));
            writer.Write(rule, actions);
            return true;
        }
    }
}
