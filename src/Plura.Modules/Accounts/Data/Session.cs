using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A signed-in browser. The cookie holds only a reference; an ended row lets nobody in, and is kept for 30 days so that its owner can look back.</summary>
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

    /// <summary>Browser and system in coarse words (<c>Chrome on Windows</c>); what the browser says of itself is not kept.</summary>
    public string Device { get; private set; } = "";

    /// <summary>The network it came from: an IPv4 address without its last number, an IPv6 address's first 48 bits. Never a whole address.</summary>
    public string? Network { get; private set; }

    /// <summary>The person asked to stay signed in on this device.</summary>
    public bool Stays { get; private set; }

    /// <summary>Wrong passwords and codes where the person was asked once more; see <see cref="Accounts.Tries"/>.</summary>
    public int WrongTries { get; private set; }

    public DateTimeOffset? RestsUntil { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>See <see cref="SessionEnds"/>; null while it is open, and where it ended by its time.</summary>
    public string? EndedBy { get; private set; }

    public static Session Begin(Guid userId, byte[] keyHash, string device, string? network, bool stays, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        KeyHash = keyHash,
        Device = device,
        Network = network,
        Stays = stays,
        CreatedAt = now,
        SeenAt = now,
        EndsAt = now + (stays ? SessionTimes.LongestStay : SessionTimes.Longest),
    };

    public void Renew(byte[] ticket, DateTimeOffset now) => (Ticket, SeenAt) = (ticket, now);

    /// <summary>Somebody else signed in by the same browser: what follows is theirs.</summary>
    public void PassTo(Guid userId, DateTimeOffset now) => (UserId, CreatedAt) = (userId, now);

    /// <summary>Ends it at once, with whatever it could do.</summary>
    public void End(string by, DateTimeOffset now)
    {
        if (EndedAt is null)
            (EndedAt, EndedBy, Ticket) = (now, by, []);
    }
}

/// <summary>How long a session lives; the numbers stand in SECURITY.md too.</summary>
public static class SessionTimes
{
    /// <summary>Without a click.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>Whatever happens in between.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Where the person asked to stay signed in on the device.</summary>
    public static readonly TimeSpan LongestStay = TimeSpan.FromDays(30);

    /// <summary>How long an ended session is kept for its owner to look back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
}

/// <summary>Why a session ended.</summary>
public static class SessionEnds
{
    public const string SignedOut = "signed_out";
    public const string Idle = "idle";

    /// <summary>Its owner ended it from the page of sessions.</summary>
    public const string Owner = "owner";
    public const string Password = "password";
    public const string Email = "email";

    /// <summary>Its owner said that it was somebody else.</summary>
    public const string NotMe = "not_me";
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
