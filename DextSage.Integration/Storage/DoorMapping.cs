using System.Text.Json;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Importing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>By which ways paperwork comes in by itself, and what came.</summary>
internal sealed class DoorMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<WatchedFolder>, IEntityTypeConfiguration<ExportImport>, IEntityTypeConfiguration<ImportFile>, IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        // Over all businesses: which one it is follows from the key.
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => k.BusinessId);
    }

    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.HasIndex(d => new { d.BusinessId, d.Door, d.ApiKeyId, d.Key }).IsUnique().HasFilter("\"Key\" IS NOT NULL");
        delivery.Property(d => d.Report).HasConversion(report => Write(report!), text => Read(text));
    }

    public void Configure(EntityTypeBuilder<WatchedFolder> folder) => folder.HasKey(f => f.BusinessId);

    public void Configure(EntityTypeBuilder<ExportImport> import)
    {
        import.HasIndex(i => new { i.BusinessId, i.AskedAt });
        import.Property(i => i.Columns).HasConversion(
            columns => Write(columns!), text => ReadColumns(text),
            new ValueComparer<Dictionary<ExportColumn, int>?>((one, other) => ReferenceEquals(one, other), columns => columns == null ? 0 : columns.Count));
        import.Ignore(i => i.IsLive).Ignore(i => i.HasEnded);
    }

    public void Configure(EntityTypeBuilder<ImportFile> file)
    {
        file.Property(f => f.Id).ValueGeneratedNever();
        file.HasOne<ExportImport>().WithMany().HasForeignKey(f => f.ImportId);
    }

    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.HasKey(r => new { r.ImportId, r.Line });
        row.HasOne<ExportImport>().WithMany().HasForeignKey(r => r.ImportId);
    }

    private static string Write(Dictionary<ExportColumn, int> columns) => JsonSerializer.Serialize(columns);

    private static Dictionary<ExportColumn, int> ReadColumns(string text) => JsonSerializer.Deserialize<Dictionary<ExportColumn, int>>(text)!;

    private static string Write(ArrivalReport report) => JsonSerializer.Serialize(report);

    private static ArrivalReport Read(string text) => JsonSerializer.Deserialize<ArrivalReport>(text)!;
}
