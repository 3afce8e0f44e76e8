using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>As <see cref="AuditEntry"/>, for what happens outside any account: signing in, the agency's and the operator's desk.</summary>
[SharedAcrossTenants("Acts of the installation itself, before or outside any account. Ids and counts only.")]
[AppendOnly]
public sealed class OperatorAuditEntry
{
    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string ActorKind { get; private set; } = "";

    public Guid? ActorId { get; private set; }

    public string Act { get; private set; } = "";

    public Guid? About { get; private set; }

    public string? AboutKind { get; private set; }

    public string? Network { get; private set; }

    public Guid? SessionId { get; private set; }

    public string Outcome { get; private set; } = "";

    public string Facts { get; private set; } = "{}";

    public static OperatorAuditEntry Of(AuditDraft draft) => new()
    {
        Id = draft.Id,
        At = draft.At,
        ActorKind = draft.ActorKind,
        ActorId = draft.ActorId,
        Act = draft.Act,
        About = draft.About,
        AboutKind = draft.AboutKind,
        Network = draft.Network,
        SessionId = draft.SessionId,
        Outcome = draft.Outcome,
        Facts = draft.Facts,
    };
}

public sealed class OperatorAuditEntryConfiguration : IEntityTypeConfiguration<OperatorAuditEntry>
{
    public void Configure(EntityTypeBuilder<OperatorAuditEntry> builder)
    {
        builder.ToTable("operator_audit_entry", "privacy");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Facts).HasColumnType("jsonb");
        builder.Property(e => e.Outcome).HasDefaultValue("done");
        builder.HasIndex(e => e.At);
    }
}
