using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>A template as it is offered. Entries that have since gone from the lists are left out of it.</summary>
public sealed record SplitTemplateView(SplitBasis Basis, IReadOnlyList<SplitPartView> Parts);

public sealed record SplitPartView(string? Description, EntryName? Category, EntryName? TaxRate, decimal Share);

/// <summary>The split templates of suppliers.</summary>
public sealed class SplitTemplates(BusinessStore store, BusinessSignal signal, TimeProvider time)
{
    public async Task<SplitTemplateView?> FindAsync(Caller caller, Guid supplierId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await db.SplitTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.SupplierId == supplierId, cancellationToken) is not { } template) return null;
        var categories = template.Parts.Select(p => p.CategoryId).ToList();
        var rates = template.Parts.Select(p => p.TaxRateId).ToList();
        var names = await db.Categories.Where(c => categories.Contains(c.Id) && c.RetiredAt == null).Select(c => new EntryName(c.Id, c.DisplayName)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var rateNames = await db.TaxRates.Where(r => rates.Contains(r.Id) && r.RetiredAt == null).Select(r => new EntryName(r.Id, r.DisplayName)).ToDictionaryAsync(r => r.Id, cancellationToken);
        return new SplitTemplateView(template.Basis, [.. template.Parts.Select(p => new SplitPartView(
            p.Description, names.GetValueOrDefault(p.CategoryId ?? Guid.Empty), rateNames.GetValueOrDefault(p.TaxRateId ?? Guid.Empty), p.Share))]);
    }

    /// <summary>Keeps a split as the supplier's, instead of an earlier one. Null, or why not.</summary>
    public async Task<string?> KeepAsync(Caller caller, Guid supplierId, SplitBasis basis, IReadOnlyList<SplitPart> parts, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (LineSplit.Problem(total: 1, basis, parts) is { } problem) return problem;
        if (parts.FirstOrDefault(p => p.Description?.Length > ItemLimits.Description) is not null) return $"A line's description has at most {ItemLimits.Description} characters.";
        if (!await db.Suppliers.AnyAsync(s => s.Id == supplierId, cancellationToken)) return "That supplier is not on the list any more.";
        var template = await db.SplitTemplates.AsTracking().SingleOrDefaultAsync(t => t.SupplierId == supplierId, cancellationToken);
        if (template is null) db.Add(template = new SplitTemplate { BusinessId = caller.BusinessId, SupplierId = supplierId });
        (template.Basis, template.Parts, template.PersonId, template.KeptAt) = (basis, [.. parts], caller.PersonId, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    public async Task ForgetAsync(Caller caller, Guid supplierId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        await scope.Db.SplitTemplates.Where(t => t.SupplierId == supplierId).ExecuteDeleteAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
    }
}
