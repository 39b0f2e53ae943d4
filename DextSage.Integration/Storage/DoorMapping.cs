using System.Text.Json;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DextSage.Integration.Storage;

/// <summary>By which ways paperwork comes in by itself, and what came.</summary>
internal sealed class DoorMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<Delivery>
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

    private static string Write(ArrivalReport report) => JsonSerializer.Serialize(report);

    private static ArrivalReport Read(string text) => JsonSerializer.Deserialize<ArrivalReport>(text)!;
}
