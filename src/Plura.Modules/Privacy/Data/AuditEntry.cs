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

    public string? AboutKind { get; private set; }

    /// <summary>Cut so that it points at no single line; null for what the product does by itself.</summary>
    public string? Network { get; private set; }

    /// <summary>The signed-in browser; null for tokens, visitors and the product.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary><c>done</c> or <c>refused</c>.</summary>
    public string Outcome { get; private set; } = "";

    public string Facts { get; private set; } = "{}";

    public static AuditEntry Of(AuditDraft draft) => new()
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

/// <summary>An entry before it is known into which of the two logs it goes.</summary>
public sealed record AuditDraft(
    Guid Id, DateTimeOffset At, string ActorKind, Guid? ActorId, string Act, Guid? About, string? AboutKind, string? Network, Guid? SessionId, string Outcome, string Facts);

public sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.TenantTable("privacy", "audit_entry");
        builder.Property(e => e.Facts).HasColumnType("jsonb");
        builder.Property(e => e.Outcome).HasDefaultValue("done");
        builder.HasIndex(e => new { e.TenantId, e.At, e.Id });
        builder.HasIndex(e => new { e.TenantId, e.About, e.At });
        builder.HasIndex(e => new { e.TenantId, e.ActorId, e.At });
        // For the one question that crosses accounts: who has entries that are not sealed yet.
        builder.HasIndex(e => e.At);
    }
}
