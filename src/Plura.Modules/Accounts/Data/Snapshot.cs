using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>An account's set-up as it was at a time, kept by the account itself. The document is the file that people download.</summary>
public sealed class AccountSnapshot : ITenantOwned
{
    private AccountSnapshot()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Document { get; private set; } = "";

    public DateTimeOffset SavedAt { get; private set; }

    public Guid? SavedBy { get; private set; }

    public static AccountSnapshot Of(string name, string document, Guid? by, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), Name = name, Document = document, SavedAt = now, SavedBy = by };
}

/// <summary>The same, kept by an agency to stamp it on its accounts.</summary>
[SharedAcrossTenants("It belongs to an agency, which stands outside any account; it holds nobody's data.")]
public sealed class AgencySnapshot
{
    private AgencySnapshot()
    {
    }

    public Guid Id { get; private set; }

    public Guid AgencyId { get; private set; }

    public string Name { get; private set; } = "";

    public string Document { get; private set; } = "";

    public DateTimeOffset SavedAt { get; private set; }

    public Guid? SavedBy { get; private set; }

    public static AgencySnapshot Of(Guid agencyId, string name, string document, Guid? by, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), AgencyId = agencyId, Name = name, Document = document, SavedAt = now, SavedBy = by };
}

public sealed class SnapshotConfiguration : IEntityTypeConfiguration<AccountSnapshot>, IEntityTypeConfiguration<AgencySnapshot>
{
    public void Configure(EntityTypeBuilder<AccountSnapshot> builder) => builder.TenantTable("accounts", "account_snapshot");

    public void Configure(EntityTypeBuilder<AgencySnapshot> builder)
    {
        builder.ToTable("agency_snapshot", "accounts");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => new { s.AgencyId, s.SavedAt });
        builder.HasOne<Agency>().WithMany().HasForeignKey(s => s.AgencyId).OnDelete(DeleteBehavior.Cascade);
    }
}
