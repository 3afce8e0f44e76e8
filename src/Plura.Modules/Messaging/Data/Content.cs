using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>A letter as it was when sending was asked for. A later edit makes another row.</summary>
[AppendOnly]
public sealed class Content : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Subject { get; private set; } = "";

    public string? Preview { get; private set; }

    public string Html { get; private set; } = "";

    public string FromName { get; private set; } = "";

    public string FromEmail { get; private set; } = "";

    public string? ReplyTo { get; private set; }

    public string Topic { get; private set; } = "";

    public string Category { get; private set; } = "";

    public DateTimeOffset WrittenAt { get; private set; }

    public static Content Of(LetterContent letter, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Subject = letter.Subject,
        Preview = letter.Preview,
        Html = letter.Html,
        FromName = letter.FromName,
        FromEmail = letter.FromEmail,
        ReplyTo = letter.ReplyTo,
        Topic = letter.Topic,
        Category = letter.Category,
        WrittenAt = now,
    };

    public LetterContent Letter() => new()
    {
        Subject = Subject,
        Preview = Preview,
        Html = Html,
        FromName = FromName,
        FromEmail = FromEmail,
        ReplyTo = ReplyTo,
        Topic = Topic,
        Category = Category,
    };
}

public sealed class ContentConfiguration : IEntityTypeConfiguration<Content>
{
    public void Configure(EntityTypeBuilder<Content> builder) => builder.TenantTable("messaging", "content");
}
