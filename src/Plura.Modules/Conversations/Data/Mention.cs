using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>Somebody was called by name in a note.</summary>
public sealed class Mention : ITenantOwned
{
    private Mention()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid MessageId { get; private set; }

    public Guid ConversationId { get; private set; }

    /// <summary>Who was called.</summary>
    public Guid UserId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static Mention Of(Message note, Guid user, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), MessageId = note.Id, ConversationId = note.ConversationId, UserId = user, At = now };
}

public sealed class MentionConfiguration : IEntityTypeConfiguration<Mention>
{
    public void Configure(EntityTypeBuilder<Mention> builder)
    {
        builder.TenantTable("conversations", "mention");
        builder.HasOne<Message>().WithMany().HasForeignKey(m => new { m.TenantId, m.MessageId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.TenantId, m.MessageId, m.UserId }).IsUnique().HasDatabaseName("mention_once");
        builder.HasIndex(m => new { m.TenantId, m.UserId, m.ConversationId }).HasDatabaseName("mention_of_user");
    }
}
