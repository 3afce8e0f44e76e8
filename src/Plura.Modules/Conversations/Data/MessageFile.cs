using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>A file that came or goes with a message. Its name stands sealed in the message's text, its bytes sealed on disk.</summary>
public sealed class MessageFile : ITenantOwned
{
    private MessageFile()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid MessageId { get; private set; }

    /// <summary>Under whose key its bytes are sealed.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Which of the names in the message's text is its own, from zero.</summary>
    public int Place { get; private set; }

    /// <summary>Bytes, before sealing.</summary>
    public long Size { get; private set; }

    /// <summary>Under which name it lies on disk; null where it was not kept.</summary>
    public string? StoredAs { get; private set; }

    /// <summary>Why it was not kept: <c>kind</c>, <c>disguised</c>, <c>size</c>; null where it was.</summary>
    public string? Refused { get; private set; }

    public static MessageFile Kept(Guid id, Message message, int place, long size, string storedAs) => new() { Id = id, MessageId = message.Id, SubjectId = message.SubjectId, Place = place, Size = size, StoredAs = storedAs };

    public static MessageFile NotKept(Guid id, Message message, int place, long size, string why) => new() { Id = id, MessageId = message.Id, SubjectId = message.SubjectId, Place = place, Size = size, Refused = why };
}

public sealed class MessageFileConfiguration : IEntityTypeConfiguration<MessageFile>
{
    public void Configure(EntityTypeBuilder<MessageFile> builder)
    {
        builder.TenantTable("conversations", "message_file");
        builder.HasOne<Message>().WithMany().HasForeignKey(f => new { f.TenantId, f.MessageId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.TenantId, f.MessageId, f.Place }).IsUnique().HasDatabaseName("message_file_place");
    }
}
