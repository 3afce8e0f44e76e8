using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>
/// A part of how many sends of an origin count as one kind: the sum of an origin's rows is the number on the screen. Triggers on the
/// sends write it, in the transaction that moves them (<c>send_tally.sql</c>); nothing else does.
/// </summary>
public sealed class SendTally : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public string Origin { get; private set; } = "";

    public Guid OriginId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>A state of <see cref="SendStates"/>, or one of <see cref="SendMarks"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What explains the state, where a reason does; else empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Below zero where a statement took sends out of this kind.</summary>
    public int Number { get; private set; }
}

/// <summary>What is counted besides states.</summary>
public static class SendMarks
{
    public const string Opened = "opened";
    public const string Clicked = "clicked";
    public const string Unsubscribed = "unsubscribed";

    /// <summary>Opened by a machine and by no person.</summary>
    public const string RobotOpened = "robot_opened";

    public const string RobotClicked = "robot_clicked";
}

public sealed class SendTallyConfiguration : IEntityTypeConfiguration<SendTally>
{
    public void Configure(EntityTypeBuilder<SendTally> builder)
    {
        builder.TenantTable("messaging", "send_tally");
        // Always read by origin: one index serves as key and as the way in.
        builder.HasKey(t => new { t.TenantId, t.Origin, t.OriginId, t.Id });
    }
}
