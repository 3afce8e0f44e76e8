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

    public static Notice Of(string kind, string text, string? link, string? title, DateTimeOffset now, Guid? userId = null) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, Text = text, Link = link, Title = title, At = now, UserId = userId };
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

    public bool ByMail { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public static NoticeChoice Of(Guid userId, string kind, bool inApp, bool byMail, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, Kind = kind, InApp = inApp, ByMail = byMail, Since = now };

    public void Become(bool inApp, bool byMail, DateTimeOffset now)
    {
        if ((InApp, ByMail) != (inApp, byMail))
            (InApp, ByMail, Since) = (inApp, byMail, now);
    }
}

public sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.TenantTable("accounts", "notice");
        builder.HasIndex(n => new { n.TenantId, n.At });
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
