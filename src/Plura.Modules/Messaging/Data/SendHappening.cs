using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>Something that happened to a send: accepted, deferred, bounced, opened, clicked, unsubscribed, resolved by a person.</summary>
[AppendOnly]
public sealed class SendHappening : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SendId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Kind { get; private set; } = "";

    public string? Detail { get; private set; }

    /// <summary>Why we think that no person did it, or null.</summary>
    public string? Robot { get; private set; }

    public static SendHappening New(Guid sendId, DateTimeOffset at, string kind, string? detail = null, string? robot = null) => new()
    {
        Id = Guid.CreateVersion7(at),
        SendId = sendId,
        At = at,
        Kind = kind,
        Detail = detail,
        Robot = robot,
    };
}

public sealed class SendHappeningConfiguration : IEntityTypeConfiguration<SendHappening>
{
    public void Configure(EntityTypeBuilder<SendHappening> builder)
    {
        builder.TenantTable("messaging", "send_event");
        builder.HasIndex(e => new { e.TenantId, e.SendId, e.At }).HasDatabaseName("send_event_of_send");
    }
}
