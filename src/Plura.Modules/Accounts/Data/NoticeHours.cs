using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>When one person may be disturbed, when their letter of the day comes, and how much a notification on a screen says. Without a row what stands here holds.</summary>
[SharedAcrossTenants("A person's nights are the same in all their accounts.")]
public sealed class NoticeHours
{
    public static readonly TimeOnly UsualDigest = new(8, 0);

    private NoticeHours()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary>In the person's time zone; null where there are no quiet hours.</summary>
    public TimeOnly? QuietFrom { get; private set; }

    public TimeOnly? QuietUntil { get; private set; }

    public TimeOnly DigestAt { get; private set; } = UsualDigest;

    /// <summary>Whether a notification on a screen, which others may see too, names people.</summary>
    public bool Names { get; private set; } = true;

    public static NoticeHours Of(Guid userId) => new() { UserId = userId };

    public void Become(TimeOnly? quietFrom, TimeOnly? quietUntil, TimeOnly digestAt, bool names) =>
        (QuietFrom, QuietUntil, DigestAt, Names) = (quietFrom, quietUntil, digestAt, names);

    /// <summary>The earliest moment from now at which the person may be disturbed: now itself outside the quiet hours.</summary>
    public DateTimeOffset Awake(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (QuietFrom is not { } from || QuietUntil is not { } until || from == until)
            return now;
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        // Over midnight the night ends on the next day; IsBetween knows both kinds.
        if (!time.IsBetween(from, until))
            return now;
        var day = DateOnly.FromDateTime(local.DateTime);
        return zone.MomentOf(time < until ? day : day.AddDays(1), until);
    }

    /// <summary>The next time of the letter of the day, later than now.</summary>
    public DateTimeOffset NextDigest(DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var today = zone.MomentOf(day, DigestAt);
        return today > now ? today : zone.MomentOf(day.AddDays(1), DigestAt);
    }
}

public sealed class NoticeHoursConfiguration : IEntityTypeConfiguration<NoticeHours>
{
    public void Configure(EntityTypeBuilder<NoticeHours> builder)
    {
        builder.ToTable("notice_hours", "accounts");
        builder.HasKey(h => h.UserId);
        builder.Property(h => h.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithOne().HasForeignKey<NoticeHours>(h => h.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
