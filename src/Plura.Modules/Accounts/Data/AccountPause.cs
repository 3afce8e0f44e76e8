using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>An agency stopped an account's sending for a while: who, when, why, and who let it go on.</summary>
[SharedAcrossTenants("The agency's desk writes it and the account reads it; both stand outside any tenant's tables.")]
public sealed class AccountPause
{
    public const int LongestReason = 300;

    private AccountPause()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>What the account's people read.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset PausedAt { get; private set; }

    public Guid? PausedBy { get; private set; }

    public DateTimeOffset? ResumedAt { get; private set; }

    public Guid? ResumedBy { get; private set; }

    public static AccountPause Of(Guid accountId, string reason, Guid? by, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = accountId, Reason = reason, PausedAt = now, PausedBy = by };

    public void End(Guid? by, DateTimeOffset now) => (ResumedAt, ResumedBy) = (now, by);
}

public sealed class AccountPauseConfiguration : IEntityTypeConfiguration<AccountPause>
{
    public void Configure(EntityTypeBuilder<AccountPause> builder)
    {
        builder.ToTable("account_pause", "accounts");
        builder.Property(p => p.Id).ValueGeneratedNever();
        // One pause at a time.
        builder.HasIndex(p => p.AccountId).IsUnique().HasFilter("resumed_at is null");
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
