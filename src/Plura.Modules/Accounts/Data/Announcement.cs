using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A sentence of the operator that people see as a line above their pages for a time.</summary>
[SharedAcrossTenants("Concerns the whole installation; nobody's data.")]
public sealed class Announcement
{
    public const string Everyone = "everyone";
    public const string Owners = "owners";
    public const string Agencies = "agencies";

    public const int LongestText = 400;

    private Announcement()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Plain text: nothing in it is a link or a tag.</summary>
    public string Text { get; private set; } = "";

    public string Audience { get; private set; } = "";

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public Guid? MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public static Announcement Make(string text, string audience, DateTimeOffset from, DateTimeOffset until, Guid? by, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Text = text, Audience = audience, From = from, Until = until, MadeBy = by, MadeAt = now };

    /// <summary>It is seen no longer, from now on.</summary>
    public void End(DateTimeOffset now)
    {
        if (Until > now)
            Until = now;
    }
}

public sealed class AnnouncementConfiguration : IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("announcement", "accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.Until);
    }
}

/// <summary>Somebody closed an announcement: they do not see it again, on any device.</summary>
[SharedAcrossTenants("About a person and no account.")]
public sealed class AnnouncementReading
{
    private AnnouncementReading()
    {
    }

    public Guid AnnouncementId { get; private set; }

    public Guid UserId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static AnnouncementReading Of(Guid announcement, Guid user, DateTimeOffset now) => new() { AnnouncementId = announcement, UserId = user, At = now };
}

public sealed class AnnouncementReadingConfiguration : IEntityTypeConfiguration<AnnouncementReading>
{
    public void Configure(EntityTypeBuilder<AnnouncementReading> builder)
    {
        builder.ToTable("announcement_reading", "accounts");
        builder.HasKey(r => new { r.AnnouncementId, r.UserId });
        builder.HasOne<Announcement>().WithMany().HasForeignKey(r => r.AnnouncementId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
