using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>What one person has begun to write in a conversation. It is theirs alone, sealed under the contact's key as what is sent.</summary>
public sealed class Draft : ITenantOwned
{
    private Draft()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ConversationId { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>The contact under whose key it is sealed.</summary>
    public Guid SubjectId { get; private set; }

    public byte[] Sealed { get; private set; } = [];

    /// <summary>When its first word was written: what others wrote since, its writer may not have read.</summary>
    public DateTimeOffset BegunAt { get; private set; }

    public DateTimeOffset KeptAt { get; private set; }
}

public sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.TenantTable("conversations", "draft");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(d => new { d.TenantId, d.ConversationId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.TenantId, d.ConversationId, d.UserId }).IsUnique().HasDatabaseName("draft_of_user");
    }
}
