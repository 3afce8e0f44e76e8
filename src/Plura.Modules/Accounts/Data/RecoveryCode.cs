using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Opens the second door once, where the phone is lost. Only a keyed hash is kept.</summary>
[SharedAcrossTenants("Belongs to the person, and is asked for before an account is chosen.")]
public sealed class RecoveryCode
{
    private RecoveryCode()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static RecoveryCode Of(Guid userId, byte[] hash, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), UserId = userId, Hash = hash, CreatedAt = now };
}

public sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_code", "accounts");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => new { c.UserId, c.Hash }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
