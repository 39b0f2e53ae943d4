using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Items.Exports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>Runs over many items, what they were for and what they came to; and exports.</summary>
internal sealed class BulkMapping : IEntityTypeConfiguration<BulkRun>, IEntityTypeConfiguration<BulkSelection>, IEntityTypeConfiguration<BulkResult>, IEntityTypeConfiguration<ItemExport>
{
    public void Configure(EntityTypeBuilder<BulkRun> run) => run.HasIndex(r => new { r.BusinessId, r.AskedAt });

    public void Configure(EntityTypeBuilder<BulkSelection> selection)
    {
        selection.HasKey(s => s.RunId);
        selection.HasOne<BulkRun>().WithOne().HasForeignKey<BulkSelection>(s => s.RunId);
    }

    public void Configure(EntityTypeBuilder<BulkResult> result)
    {
        // Names and ids, and nothing that points to the item: what was done to it stays told when it is gone.
        result.HasKey(r => new { r.RunId, r.Position });
        result.HasOne<BulkRun>().WithMany().HasForeignKey(r => r.RunId);
    }

    public void Configure(EntityTypeBuilder<ItemExport> export) => export.HasIndex(e => new { e.BusinessId, e.AskedAt });
}
