using DextSage.Integration.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>Rules, and what is published by them.</summary>
internal sealed class RuleMapping : IEntityTypeConfiguration<Rule>, IEntityTypeConfiguration<AutoPublishSettings>, IEntityTypeConfiguration<AutoPublication>
{
    public void Configure(EntityTypeBuilder<Rule> rule)
    {
        rule.HasIndex(r => new { r.BusinessId, r.Kind, r.Position });
        // One rule for each supplier, customer, payment method and person.
        rule.HasIndex(r => new { r.BusinessId, r.Kind, r.SubjectId }).IsUnique();
        rule.Property(r => r.Conditions).HasConversion<AsJson<RuleConditions>>(AsJson<RuleConditions>.Comparer);
        rule.Property(r => r.Actions).HasConversion<AsJson<RuleActions>>(AsJson<RuleActions>.Comparer);
        rule.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<AutoPublishSettings> settings) => settings.HasKey(s => s.BusinessId);

    public void Configure(EntityTypeBuilder<AutoPublication> publication)
    {
        // No foreign keys: why an item was or was not published stays told.
        publication.HasIndex(p => new { p.BusinessId, p.Status, p.DueAt });
        publication.HasIndex(p => new { p.ItemId, p.DecidedAt });
    }
}
