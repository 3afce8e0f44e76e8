using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>Somebody has a conversation before them at this minute.</summary>
public sealed class Presence : ITenantOwned
{
    /// <summary>Whoever was not heard of for so long looks no more: their page speaks three times as often.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(45);

    private Presence()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ConversationId { get; private set; }

    public Guid UserId { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    public bool Typing { get; private set; }
}

public sealed class PresenceConfiguration : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> builder)
    {
        builder.TenantTable("conversations", "presence");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(p => new { p.TenantId, p.ConversationId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => new { p.TenantId, p.ConversationId, p.UserId }).IsUnique().HasDatabaseName("presence_once");
    }
}
