using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A browser by which somebody has signed in before. Its cookie is a random number, kept here only as a hash.</summary>
[SharedAcrossTenants("Known at the sign-in, before an account is chosen.")]
public sealed class KnownDevice
{
    /// <summary>How long a device that is not used stays known; the cookie lives as long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private KnownDevice()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>SHA-256 of the 256 random bits in the cookie.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset Since { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>Wrong passwords and codes from this browser; see <see cref="Accounts.Tries"/>.</summary>
    public int WrongTries { get; private set; }

    public DateTimeOffset? RestsUntil { get; private set; }

    public static KnownDevice Of(Guid userId, string cookie, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, Hash = HashOf(cookie), Since = now, SeenAt = now };

    public void Seen(DateTimeOffset now) => SeenAt = now;

    public static byte[] HashOf(string cookie) => SHA256.HashData(Encoding.UTF8.GetBytes(cookie));
}

public sealed class KnownDeviceConfiguration : IEntityTypeConfiguration<KnownDevice>
{
    public void Configure(EntityTypeBuilder<KnownDevice> builder)
    {
        builder.ToTable("known_device", "accounts");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.HasIndex(d => new { d.UserId, d.Hash }).IsUnique();
        builder.HasIndex(d => d.SeenAt);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
