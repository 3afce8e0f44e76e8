using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>The app on a person's phone that makes codes. The row is there only once a first code proved that both hold the same key.</summary>
[SharedAcrossTenants("Belongs to the person, and is asked for before an account is chosen.")]
public sealed class Authenticator
{
    private Authenticator()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary>The shared key, sealed under the installation's root key.</summary>
    public byte[] SealedKey { get; private set; } = [];

    /// <summary>The newest 30-second step whose code was taken: it and all before it are spent.</summary>
    public long LastStep { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Authenticator Of(Guid userId, byte[] sealedKey, long step, DateTimeOffset now) => new() { UserId = userId, SealedKey = sealedKey, LastStep = step, CreatedAt = now };
}

public sealed class AuthenticatorConfiguration : IEntityTypeConfiguration<Authenticator>
{
    public void Configure(EntityTypeBuilder<Authenticator> builder)
    {
        builder.ToTable("authenticator", "accounts");
        builder.HasKey(a => a.UserId);
        builder.Property(a => a.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithOne().HasForeignKey<Authenticator>(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
