using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Somebody came in by a grant, or left: the account reads here who of its agency was inside, and when.</summary>
[AppendOnly]
public sealed class SupportVisit : ITenantOwned
{
    public const string Enter = "enter";
    public const string Leave = "leave";

    /// <summary>After this the person comes in anew, which is written down anew; a session lives no longer either.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private SupportVisit()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid GrantId { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary><see cref="Enter"/> or <see cref="Leave"/>.</summary>
    public string Act { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static SupportVisit Of(Guid grantId, Guid userId, string act, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), GrantId = grantId, UserId = userId, Act = act, At = now };
}

public sealed class SupportVisitConfiguration : IEntityTypeConfiguration<SupportVisit>
{
    public void Configure(EntityTypeBuilder<SupportVisit> builder)
    {
        builder.TenantTable("accounts", "support_visit");
        builder.HasIndex(v => new { v.TenantId, v.GrantId, v.At });
        builder.HasOne<SupportGrant>().WithMany().HasForeignKey(v => new { v.TenantId, v.GrantId }).OnDelete(DeleteBehavior.Restrict);
    }
}
