using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// The account lets its agency, or the operator, in for a time. Without one that is open now nobody gets in who is not a member;
/// it is never changed, only ended by a <see cref="SupportGrantEnd"/> or by the clock.
/// </summary>
[AppendOnly]
public sealed class SupportGrant : ITenantOwned
{
    /// <summary>Looking, as read-only people do.</summary>
    public const string Look = "look";

    /// <summary>The daily work, as members do it.</summary>
    public const string Work = "work";

    public const int LongestReason = 300;

    private SupportGrant()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>The agency that is let in; null for the operator's people.</summary>
    public Guid? AgencyId { get; private set; }

    /// <summary><see cref="Look"/> or <see cref="Work"/>.</summary>
    public string May { get; private set; } = Look;

    public string Reason { get; private set; } = "";

    public Guid GrantedBy { get; private set; }

    public DateTimeOffset GrantedAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public static SupportGrant Give(Guid? agencyId, string may, string reason, Guid by, DateTimeOffset now, DateTimeOffset endsAt) =>
        new() { Id = Guid.CreateVersion7(now), AgencyId = agencyId, May = may, Reason = reason, GrantedBy = by, GrantedAt = now, EndsAt = endsAt };
}

public sealed class SupportGrantConfiguration : IEntityTypeConfiguration<SupportGrant>
{
    public void Configure(EntityTypeBuilder<SupportGrant> builder)
    {
        builder.TenantTable("accounts", "support_grant");
        builder.HasIndex(g => new { g.TenantId, g.EndsAt });
        builder.HasIndex(g => new { g.AgencyId, g.EndsAt });
    }
}

/// <summary>Somebody of the account ended a grant before its time.</summary>
[AppendOnly]
public sealed class SupportGrantEnd : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid GrantId { get; private set; }

    public Guid EndedBy { get; private set; }

    public DateTimeOffset EndedAt { get; private set; }

    public static SupportGrantEnd Of(Guid grantId, Guid by, DateTimeOffset now) => new() { GrantId = grantId, EndedBy = by, EndedAt = now };
}

public sealed class SupportGrantEndConfiguration : IEntityTypeConfiguration<SupportGrantEnd>
{
    public void Configure(EntityTypeBuilder<SupportGrantEnd> builder)
    {
        builder.TenantTable("accounts", "support_grant_end", nameof(SupportGrantEnd.GrantId));
        builder.HasOne<SupportGrant>().WithMany().HasForeignKey(e => new { e.TenantId, e.GrantId }).OnDelete(DeleteBehavior.Restrict);
    }
}
