using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A browser to which a person has notifications pushed. It hangs on their sign-in there: where that was ended, nothing is shown any more.</summary>
[SharedAcrossTenants("Belongs to the person and their browser; what is pushed comes from any of their accounts.")]
public sealed class PushSubscription
{
    private PushSubscription()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public Guid SessionId { get; private set; }

    /// <summary>By which the same browser is known again: a keyed hash of its address at the push service.</summary>
    public byte[] AddressHash { get; private set; } = [];

    /// <summary>That address and the browser's keys, sealed under the installation's root key.</summary>
    public byte[] Sealed { get; private set; } = [];

    /// <summary>Browser and system in coarse words.</summary>
    public string Device { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public static PushSubscription Of(Guid id, Session session, byte[] addressHash, byte[] @sealed, DateTimeOffset now) =>
        new() { Id = id, UserId = session.UserId, SessionId = session.Id, AddressHash = addressHash, Sealed = @sealed, Device = session.Device, CreatedAt = now };

    /// <summary>The same person signed in again by the same browser.</summary>
    public void MoveTo(Session session) => (SessionId, Device) = (session.Id, session.Device);

    /// <summary>The browser has new keys at the same address.</summary>
    public void Renew(Session session, byte[] @sealed)
    {
        MoveTo(session);
        Sealed = @sealed;
    }

    public void Sent(DateTimeOffset now) => SentAt = now;
}

public sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> builder)
    {
        builder.ToTable("push_subscription", "accounts");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => s.AddressHash).IsUnique().HasDatabaseName("push_subscription_once");
        builder.HasIndex(s => s.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
