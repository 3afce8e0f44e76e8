using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>
/// One visitor of a website who chats. Whoever has its token is the visitor; here stands only the token's hash. Until somebody says who they are,
/// its id is whom the conversation is with, and under whose key the words are sealed.
/// </summary>
public sealed class ChatSession : ITenantOwned
{
    /// <summary>Whoever was not heard of for so long has left: two heartbeats of a stream may be lost.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(60);

    private ChatSession()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the token, in hexadecimal digits.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>The host of the website: <c>bakery.example</c>.</summary>
    public string Website { get; private set; } = "";

    /// <summary>Where its messages stand; null before the first.</summary>
    public Guid? ConversationId { get; private set; }

    /// <summary>The conversation in which it began, before it was known with whom: links to it lead on.</summary>
    public Guid? BegunIn { get; private set; }

    /// <summary>The contact's address to which answers go when they have left; null until they gave one.</summary>
    public Guid? AnswerPointId { get; private set; }

    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>When something was heard of them last.</summary>
    public DateTimeOffset HereAt { get; private set; }

    /// <summary>When their last stream ended; null while one is open.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    public static ChatSession Begin(string tokenHash, string website, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        TokenHash = tokenHash,
        Website = website,
        BegunAt = now,
        HereAt = now,
        LeftAt = now,
    };

    /// <summary>Since when they are away; null while they are here.</summary>
    public DateTimeOffset? AwaySince(DateTimeOffset now) => LeftAt ?? (now - HereAt >= GoneAfter ? HereAt : null);

    /// <summary>Away for so long that nobody waits for them any more.</summary>
    public bool Gone(DateTimeOffset now) => AwaySince(now) is { } since && now - since >= GoneAfter;

    public void WriteIn(Guid conversation) => ConversationId = conversation;

    /// <summary>They said who they are; from now on their messages stand in that contact's conversation.</summary>
    public void Introduce(Guid conversation, Guid answerPoint) => (BegunIn, ConversationId, AnswerPointId) = (ConversationId, conversation, answerPoint);
}

public sealed class ChatSessionConfiguration : IEntityTypeConfiguration<ChatSession>
{
    public void Configure(EntityTypeBuilder<ChatSession> builder)
    {
        builder.TenantTable("conversations", "chat_session");
        builder.HasIndex(s => new { s.TenantId, s.TokenHash }).IsUnique().HasDatabaseName("chat_session_token");
        builder.HasIndex(s => new { s.TenantId, s.ConversationId }).HasDatabaseName("chat_session_conversation");
        builder.HasIndex(s => new { s.TenantId, s.BegunIn }).HasFilter("begun_in is not null").HasDatabaseName("chat_session_begun_in");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(s => new { s.TenantId, s.ConversationId }).OnDelete(DeleteBehavior.Cascade);
    }
}
