using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// Somebody asked for a link to choose a new password. A row is written for an unknown address too, so that asking costs the same work;
/// the address itself is kept only as a keyed hash, to slow down who asks again and again.
/// </summary>
[SharedAcrossTenants("Asked for without a sign-in.")]
public sealed class PasswordReset
{
    public static readonly TimeSpan Good = TimeSpan.FromHours(1);
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private PasswordReset()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Null where nobody has the address.</summary>
    public Guid? UserId { get; private set; }

    public byte[] AddressHash { get; private set; } = [];

    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static PasswordReset Ask(Guid? userId, byte[] addressHash, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, AddressHash = addressHash, AskedAt = now };

    public bool IsGood(DateTimeOffset now) => UserId is not null && UsedAt is null && now < AskedAt + Good;

    public void Use(DateTimeOffset now) => UsedAt = now;
}

public sealed class PasswordResetConfiguration : IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<PasswordReset> builder)
    {
        builder.ToTable("password_reset", "accounts");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => new { r.AddressHash, r.AskedAt });
        builder.HasIndex(r => r.AskedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
