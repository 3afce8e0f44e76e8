using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Privacy.Data;

/// <summary>Who did what to which thing inside an account. Facts are counts and names of settings, never personal data.</summary>
[AppendOnly]
public sealed class AuditEntry : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string ActorKind { get; private set; } = "";

    public Guid? ActorId { get; private set; }

    public string Act { get; private set; } = "";

    public Guid? About { get; private set; }

    public string Facts { get; private set; } = "{}";

    public static AuditEntry Of(Guid id, DateTimeOffset at, Actor actor, string act, Guid? about, string facts) => new()
    {
        Id = id,
        At = at,
        ActorKind = actor.Kind.ToString().ToLowerInvariant(),
        ActorId = actor.Id,
        Act = act,
        About = about,
        Facts = facts,
    };
}

public sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.TenantTable("privacy", "audit_entry");
        builder.Property(e => e.Facts).HasColumnType("jsonb");
        builder.HasIndex(e => new { e.TenantId, e.At, e.Id });
    }
}

/// <summary>The same for what happens outside any account: signing in, the operator's desk.</summary>
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

    public string Facts { get; private set; } = "{}";

    public static OperatorAuditEntry Of(Guid id, DateTimeOffset at, Actor actor, string act, Guid? about, string facts) => new()
    {
        Id = id,
        At = at,
        ActorKind = actor.Kind.ToString().ToLowerInvariant(),
        ActorId = actor.Id,
        Act = act,
        About = about,
        Facts = facts,
    };
}

public sealed class OperatorAuditEntryConfiguration : IEntityTypeConfiguration<OperatorAuditEntry>
{
    public void Configure(EntityTypeBuilder<OperatorAuditEntry> builder)
    {
        builder.ToTable("operator_audit_entry", "privacy");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Facts).HasColumnType("jsonb");
    }
}
