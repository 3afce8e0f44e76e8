using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

public sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    private const string Here = "contact_gone_at is null";

    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.TenantTable("conversations", "conversation");
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => new { c.TenantId, c.ContactId }).IsUnique().HasFilter("state <> 'closed'").HasDatabaseName("conversation_open_once");
        builder.HasIndex(c => new { c.TenantId, c.ContactId, c.CreatedAt }).HasDatabaseName("conversation_of_contact");
        // The list reads the first page of each of its views by one of these, however many conversations there are.
        builder.HasIndex(c => new { c.TenantId, c.State, c.LastMessageAt, c.Id }).IsDescending(false, false, true, true).HasFilter(Here).HasDatabaseName("conversation_list");
        builder.HasIndex(c => new { c.TenantId, c.AssigneeId, c.LastMessageAt, c.Id }).IsDescending(false, false, true, true).HasFilter($"state = 'open' and {Here}").HasDatabaseName("conversation_assigned");
        builder.HasIndex(c => new { c.TenantId, c.DueAt }).HasFilter($"due_at is not null and {Here}").HasDatabaseName("conversation_due");
        builder.HasIndex(c => new { c.TenantId, c.LastMessageAt, c.Id }, "conversation_unread").IsDescending(false, true, true).HasFilter($"unread and {Here}").HasDatabaseName("conversation_unread");
        builder.HasIndex(c => new { c.TenantId, c.LastMessageAt, c.Id }, "conversation_starred").IsDescending(false, true, true).HasFilter($"starred and {Here}").HasDatabaseName("conversation_starred");
    }
}

public sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.TenantTable("conversations", "message");
        builder.HasKey(m => new { m.TenantId, m.Id }).HasName("pk_conversation_message");   // Without a name it changes with whatever else is called message.
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => new { m.TenantId, m.ConversationId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.TenantId, m.ConversationId, m.OccurredAt, m.Id }).IsDescending(false, false, true, true).HasDatabaseName("message_thread");
        builder.HasIndex(m => new { m.TenantId, m.ExternalId }).IsUnique().HasFilter("external_id is not null").HasDatabaseName("message_once");
        builder.HasIndex(m => new { m.TenantId, m.SessionId, m.HandedAt }).HasFilter("session_id is not null").HasDatabaseName("message_chat");
    }
}
