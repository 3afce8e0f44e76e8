using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging.Data;

/// <summary>A letter, a text message or the frame of an answer in a chat, as it was when sending was asked for. A later edit makes another row.</summary>
[AppendOnly]
public sealed class Content : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>See <see cref="Channels"/>.</summary>
    public string Channel { get; private set; } = Channels.Email;

    /// <summary>What a text message says; null for a letter.</summary>
    public string? Text { get; private set; }

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

    /// <param name="text">The text message.</param>
    /// <param name="from">The number that it leaves from; empty where the account has none.</param>
    /// <param name="now">When it was written.</param>
    public static Content Of(TextContent text, string from, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Channel = Channels.Sms,
        Text = text.Text,
        FromEmail = from,
        Topic = text.Topic,
        Category = text.Category,
        WrittenAt = now,
    };

    /// <summary>An answer in a web chat; what it says stands elsewhere.</summary>
    public static Content OfChat(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Channel = Channels.Chat,
        Subject = "An answer in the web chat",
        Topic = Topics.All,
        Category = Categories.Transactional,
        WrittenAt = now,
    };

    public TextContent Message() => new() { Text = Text ?? "", Topic = Topic, Category = Category };

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
    public void Configure(EntityTypeBuilder<Content> builder) =>
        builder.TenantTable("messaging", "content").Property(c => c.Channel).HasDefaultValue(Channels.Email);
}
