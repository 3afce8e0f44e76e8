using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>That two conversations of one contact became one: what is needed to part them again.</summary>
public sealed class ConversationMerge : ITenantOwned
{
    private ConversationMerge()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>The conversation that stayed.</summary>
    public Guid ConversationId { get; private set; }

    /// <summary>The one whose messages came along.</summary>
    public Guid OtherId { get; private set; }

    /// <summary>The messages that came along.</summary>
    public List<Guid> Messages { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public static ConversationMerge Of(Guid conversation, Guid other, IReadOnlyList<Guid> messages, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ConversationId = conversation, OtherId = other, Messages = [.. messages], At = now };

    public void Undo(DateTimeOffset now) => UndoneAt = now;
}

public sealed class ConversationMergeConfiguration : IEntityTypeConfiguration<ConversationMerge>
{
    public void Configure(EntityTypeBuilder<ConversationMerge> builder)
    {
        builder.TenantTable("conversations", "conversation_merge");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => new { m.TenantId, m.ConversationId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_conversation_merge_into");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => new { m.TenantId, m.OtherId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_conversation_merge_other");
        builder.HasIndex(m => new { m.TenantId, m.ConversationId }).HasDatabaseName("conversation_merge_into");
        builder.HasIndex(m => new { m.TenantId, m.OtherId }).HasDatabaseName("conversation_merge_other");
    }
}
