using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>Somebody was asked how it was, and what they answered. Whoever has the token is them; here stands only its hash.</summary>
public sealed class Rating : ITenantOwned
{
    private Rating()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ConversationId { get; private set; }

    /// <summary>Under whose key the comment is sealed.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>SHA-256 of the token, in hexadecimal digits.</summary>
    public string TokenHash { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>From one to five; null until they answer.</summary>
    public int? Score { get; private set; }

    /// <summary>What they wrote with it, as ciphertext; null for nothing.</summary>
    public byte[]? Sealed { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public static Rating Asked(Guid id, Conversation conversation, string tokenHash, DateTimeOffset now) => new() { Id = id, ConversationId = conversation.Id, SubjectId = conversation.ContactId, TokenHash = tokenHash, AskedAt = now };

    public void Answer(int score, byte[]? comment, DateTimeOffset now) => (Score, Sealed, AnsweredAt) = (score, comment ?? Sealed, now);
}

public sealed class RatingConfiguration : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> builder)
    {
        builder.TenantTable("conversations", "rating");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(r => new { r.TenantId, r.ConversationId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.TenantId, r.TokenHash }).IsUnique().HasDatabaseName("rating_token");
        builder.HasIndex(r => new { r.TenantId, r.AskedAt }).HasDatabaseName("rating_asked");
    }
}
