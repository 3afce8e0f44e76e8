using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A signed-in browser. The cookie holds only a reference; deleting the row ends the session at once.</summary>
[SharedAcrossTenants("A session begins before an account is chosen.")]
public sealed class Session
{
    private Session()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>SHA-256 of the 256-bit reference in the cookie.</summary>
    public byte[] KeyHash { get; private set; } = [];

    /// <summary>The protected authentication ticket.</summary>
    public byte[] Ticket { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>The absolute end, whatever happens in between.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public static Session Begin(Guid userId, byte[] keyHash, byte[] ticket, DateTimeOffset now, DateTimeOffset endsAt) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        KeyHash = keyHash,
        Ticket = ticket,
        CreatedAt = now,
        SeenAt = now,
        EndsAt = endsAt,
    };

    public void Renew(byte[] ticket, DateTimeOffset now) => (Ticket, SeenAt) = (ticket, now);
}

public sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session", "accounts");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => s.UserId);
        builder.HasIndex(s => s.EndsAt);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
