using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// An account was closed: who, when, until when it can be read, and when everything in it is deleted. It outlives the account, as the
/// proof that the deletion happened; so it holds ids, times and counts, and nobody's name.
/// </summary>
[SharedAcrossTenants("The worker that deletes finds it without entering an account, and it is all that stays of one.")]
public sealed class AccountClosure
{
    /// <summary>How long the account's people can still look, take their data out and open it again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>The owners are reminded this long before that ends.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromDays(7);

    /// <summary>Months after closing at which an owner may have everything deleted; the last is what the policy promises at most. Zero is when the grace ends.</summary>
    public static readonly IReadOnlyList<int> Choices = [0, 6, 12, LongestMonths];

    public const int LongestMonths = 24;

    private AccountClosure()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public DateTimeOffset ClosedAt { get; private set; }

    public Guid? ClosedBy { get; private set; }

    public DateTimeOffset ReadableUntil { get; private set; }

    /// <summary>When everything is deleted; at most 24 calendar months after closing.</summary>
    public DateTimeOffset PurgeAt { get; private set; }

    public DateTimeOffset? ReopenedAt { get; private set; }

    public Guid? ReopenedBy { get; private set; }

    /// <summary>When the owners were reminded that the grace ends.</summary>
    public DateTimeOffset? WarnedAt { get; private set; }

    /// <summary>When the last row was gone.</summary>
    public DateTimeOffset? PurgedAt { get; private set; }

    /// <summary>How many rows were deleted so far; PostgreSQL counts them in the same transaction.</summary>
    public long RowsGone { get; private set; }

    public static AccountClosure Of(Guid accountId, int keepMonths, Guid? by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        ClosedAt = now,
        ClosedBy = by,
        ReadableUntil = now + Grace,
        PurgeAt = PurgeDay(now, keepMonths),
    };

    /// <summary>Calendar months, so that 31 August is 31 August two years later; never before the grace ends.</summary>
    public static DateTimeOffset PurgeDay(DateTimeOffset closedAt, int keepMonths)
    {
        var (months, grace) = (closedAt.ToUniversalTime().AddMonths(keepMonths), closedAt.ToUniversalTime() + Grace);
        return months > grace ? months : grace;
    }

    public void Reopen(Guid? by, DateTimeOffset now) => (ReopenedAt, ReopenedBy) = (now, by);

    public void Warn(DateTimeOffset now) => WarnedAt = now;

    public void Purge(DateTimeOffset now) => PurgedAt = now;
}

public sealed class AccountClosureConfiguration : IEntityTypeConfiguration<AccountClosure>
{
    public void Configure(EntityTypeBuilder<AccountClosure> builder)
    {
        builder.ToTable("account_closure", "accounts", t =>
        {
            // Tables with this word are left alone by platform.purge_rows.
            t.HasComment("kept: the proof that the account was deleted, without anybody's data");
            t.HasCheckConstraint("account_closure_times", "readable_until > closed_at and purge_at >= readable_until and purge_at <= closed_at + interval '25 months'");
        });
        builder.Property(c => c.Id).ValueGeneratedNever();
        // One open closure an account; those that were taken back stay as its history.
        builder.HasIndex(c => c.AccountId).IsUnique().HasFilter("reopened_at is null");
        builder.HasIndex(c => c.PurgeAt).HasFilter("reopened_at is null and purged_at is null").HasDatabaseName("account_closure_due");
    }
}
