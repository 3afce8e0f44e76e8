using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Something the account's people should know: shown in the app to each until they have read it.</summary>
public sealed class Notice : ITenantOwned
{
    private Notice()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>The subject of its mail; null for the text itself.</summary>
    public string? Title { get; private set; }

    /// <summary>Where it leads, relative to the account.</summary>
    public string? Link { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The only person whom it concerns; null for everybody in the account.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>What it is about, as some <see cref="INameThings"/> knows it; its name stands nowhere here, and <c>{about}</c> in the text.</summary>
    public string? Thing { get; private set; }

    public Guid? ThingId { get; private set; }

    /// <summary>When what it tells of had been seen to: nobody needs to read it any more.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    public static Notice Of(string kind, string text, string? link, string? title, DateTimeOffset now, Guid? userId = null) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, Text = text, Link = link, Title = title, At = now, UserId = userId };

    public static Notice Of(NoticeAbout about, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = about.Kind, Text = about.Text, Thing = about.Thing, ThingId = about.Id, At = now, UserId = about.User };
}

/// <summary>One person has read a notice: it leaves their page, and nobody else's.</summary>
public sealed class NoticeReading : ITenantOwned
{
    private NoticeReading()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid NoticeId { get; private set; }

    public Guid UserId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static NoticeReading Of(Guid noticeId, Guid userId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), NoticeId = noticeId, UserId = userId, At = now };
}

/// <summary>How one person wants one kind of news from one account. Without a row, the kind's own default holds.</summary>
public sealed class NoticeChoice : ITenantOwned
{
    private NoticeChoice()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string Kind { get; private set; } = "";

    public bool InApp { get; private set; }

    /// <summary>By mail, at once.</summary>
    public bool ByMail { get; private set; }

    /// <summary>In the one letter of the day.</summary>
    public bool InDigest { get; private set; }

    /// <summary>On the devices on which they turned notifications on.</summary>
    public bool ByPush { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public NoticeWays Ways => new(InApp, ByMail, InDigest, ByPush);

    public static NoticeChoice Of(Guid userId, string kind, NoticeWays ways, DateTimeOffset now)
    {
        var choice = new NoticeChoice { Id = Guid.CreateVersion7(now), UserId = userId, Kind = kind, Since = now };
        choice.Take(ways);
        return choice;
    }

    public void Become(NoticeWays ways, DateTimeOffset now)
    {
        if (Ways == ways)
            return;
        Take(ways);
        Since = now;
    }

    private void Take(NoticeWays ways) => (InApp, ByMail, InDigest, ByPush) = (ways.InApp, ways.ByMail, ways.InDigest, ways.ByPush);
}

/// <summary>The ways by which one person gets one kind of news.</summary>
public sealed record NoticeWays(bool InApp, bool ByMail, bool InDigest, bool ByPush);

public sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.TenantTable("accounts", "notice");
        builder.HasIndex(n => new { n.TenantId, n.At });
        builder.HasIndex(n => new { n.TenantId, n.ThingId }).HasFilter("thing_id is not null and settled_at is null").HasDatabaseName("notice_open_about");
    }
}

public sealed class NoticeReadingConfiguration : IEntityTypeConfiguration<NoticeReading>
{
    public void Configure(EntityTypeBuilder<NoticeReading> builder)
    {
        builder.TenantTable("accounts", "notice_reading");
        builder.HasIndex(r => new { r.TenantId, r.NoticeId, r.UserId }).IsUnique();
        builder.HasOne<Notice>().WithMany().HasForeignKey(r => new { r.TenantId, r.NoticeId }).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class NoticeChoiceConfiguration : IEntityTypeConfiguration<NoticeChoice>
{
    public void Configure(EntityTypeBuilder<NoticeChoice> builder)
    {
        builder.TenantTable("accounts", "notice_choice");
        builder.HasIndex(c => new { c.TenantId, c.UserId, c.Kind }).IsUnique();
    }
}
