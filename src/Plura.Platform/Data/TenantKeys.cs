using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plura.Platform;

public static class TenantKeys
{
    /// <summary>
    /// Maps a tenant's table: its name, and the key <c>(tenant_id, id)</c>. Foreign-key checks bypass row security, so a plain
    /// key would let a row point into another account.
    /// </summary>
    public static EntityTypeBuilder<T> TenantTable<T>(this EntityTypeBuilder<T> builder, string schema, string table, string id = "Id")
        where T : class, ITenantOwned
    {
        builder.ToTable(table, schema);
        builder.HasKey(nameof(ITenantOwned.TenantId), id);
        builder.Property(id).ValueGeneratedNever();
        builder.Property(row => row.TenantId).ValueGeneratedNever();
        return builder;
    }
}
