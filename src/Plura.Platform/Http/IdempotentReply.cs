using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plura.Platform;

/// <summary>What a POST with an Idempotency-Key was answered, so that the same call again gets the same answer and does nothing.</summary>
public sealed class IdempotentReply : ITenantOwned
{
    private IdempotentReply()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>A hash of the caller and the key that they sent.</summary>
    public string Key { get; private set; } = "";

    /// <summary>SHA-256 of method, path and body: the same key for another call is a mistake of the caller.</summary>
    public byte[] Call { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    /// <summary>Zero while the first call is still being answered.</summary>
    public int Status { get; private set; }

    public string? ContentType { get; private set; }

    public byte[] Body { get; private set; } = [];

    public static IdempotentReply Begin(string key, byte[] call, DateTimeOffset now) => new() { Key = key, Call = call, At = now };

    public void Answered(int status, string? contentType, byte[] body) => (Status, ContentType, Body) = (status, contentType, body);
}

public sealed class IdempotentReplyConfiguration : IEntityTypeConfiguration<IdempotentReply>
{
    public void Configure(EntityTypeBuilder<IdempotentReply> builder)
    {
        builder.TenantTable("platform", "idempotent_reply", nameof(IdempotentReply.Key));
        builder.HasIndex(r => new { r.TenantId, r.At });
    }
}
