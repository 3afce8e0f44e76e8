using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// One notice on its way to one person by one way, and for push to one device. There is at most one such row, and a try is written down before it is made: what
/// a fallen machine was sending is <see cref="NoticeStates.Unknown"/>, and not sent a second time.
/// </summary>
public sealed class NoticeDelivery : ITenantOwned
{
    private NoticeDelivery()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid NoticeId { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>See <see cref="NoticeRoutes"/>.</summary>
    public string Route { get; private set; } = "";

    /// <summary>The device that it is pushed to; empty for letters.</summary>
    public Guid SubscriptionId { get; private set; }

    /// <summary>Not before then.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>See <see cref="NoticeStates"/>.</summary>
    public string State { get; private set; } = NoticeStates.Waiting;

    public int Tries { get; private set; }

    /// <summary>When it became what it is.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The letter of the day in which it stands.</summary>
    public Guid? DigestId { get; private set; }

    public static NoticeDelivery Of(Guid notice, Guid user, string route, Guid subscription, DateTimeOffset dueAt, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), NoticeId = notice, UserId = user, Route = route, SubscriptionId = subscription, DueAt = dueAt, At = now };

    public void Try(DateTimeOffset now) => (State, Tries, At) = (NoticeStates.Trying, Tries + 1, now);

    public void End(string state, DateTimeOffset now) => (State, At) = (state, now);

    public void Wait(DateTimeOffset until, DateTimeOffset now) => (State, DueAt, At) = (NoticeStates.Waiting, until, now);

    public void Gather(Guid digest) => DigestId = digest;
}

/// <summary>By which way a notice goes. Stored as text.</summary>
public static class NoticeRoutes
{
    public const string Mail = "mail";
    public const string Digest = "digest";
    public const string Push = "push";
}

/// <summary>What became of a notice on its way. Stored as text.</summary>
public static class NoticeStates
{
    public const string Waiting = "waiting";
    public const string Trying = "trying";
    public const string Sent = "sent";

    /// <summary>Read, seen to, or not theirs any more before it went.</summary>
    public const string Spared = "spared";

    /// <summary>The device is not there any more.</summary>
    public const string Gone = "gone";
    public const string Failed = "failed";
    public const string Unknown = "unknown";
}

public sealed class NoticeDeliveryConfiguration : IEntityTypeConfiguration<NoticeDelivery>
{
    public void Configure(EntityTypeBuilder<NoticeDelivery> builder)
    {
        builder.TenantTable("accounts", "notice_delivery");
        builder.HasIndex(d => new { d.TenantId, d.NoticeId, d.UserId, d.Route, d.SubscriptionId }).IsUnique().HasDatabaseName("notice_delivery_once");
        builder.HasIndex(d => new { d.TenantId, d.UserId, d.DueAt }).HasFilter("state = 'waiting' and route = 'digest'").HasDatabaseName("notice_delivery_digest");
        builder.HasOne<Notice>().WithMany().HasForeignKey(d => new { d.TenantId, d.NoticeId }).OnDelete(DeleteBehavior.Cascade);
    }
}
