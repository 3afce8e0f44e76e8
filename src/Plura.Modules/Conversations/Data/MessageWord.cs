using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>That a message has a word, by its keyed hash. It goes with the message.</summary>
public sealed class MessageWord : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Word { get; private set; }

    public Guid MessageId { get; private set; }

    public static MessageWord New(Guid message, Guid word) => new() { MessageId = message, Word = word };
}

public sealed class MessageWordConfiguration : IEntityTypeConfiguration<MessageWord>
{
    public void Configure(EntityTypeBuilder<MessageWord> builder)
    {
        builder.ToTable("message_word", "conversations");
        builder.HasKey(w => new { w.TenantId, w.Word, w.MessageId });
        builder.HasOne<Message>().WithMany().HasForeignKey(w => new { w.TenantId, w.MessageId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(w => new { w.TenantId, w.MessageId }).HasDatabaseName("message_word_of_message");
    }
}
