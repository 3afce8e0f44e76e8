using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// Whoever runs the installation stopped an account's sending, or the installation held it by itself because of signals: since when, why, and
/// what a person decided about it. The agency's own <see cref="AccountPause"/> is another thing, and neither lifts the other.
/// </summary>
[SharedAcrossTenants("The operator's desk writes it and the account reads it; both stand outside any tenant's tables.")]
public sealed class AccountStop
{
    /// <summary>Set by signals: messages wait, and go when it is released.</summary>
    public const string Held = "held";

    /// <summary>Set by a person: messages are withheld.</summary>
    public const string Stopped = "stopped";

    public const int LongestReason = 500;

    private AccountStop()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary><see cref="Held"/> or <see cref="Stopped"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The codes of the signals, blank-separated; <c>operator</c> where a person stopped it.</summary>
    public string Codes { get; private set; } = "";

    /// <summary>What the account's people read.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>Who stopped it; null where the installation did by itself.</summary>
    public Guid? By { get; private set; }

    /// <summary>A person looked at it and left it as it is.</summary>
    public DateTimeOffset? KeptAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who decided last.</summary>
    public Guid? DecidedBy { get; private set; }

    /// <summary>What they wrote to the account's owners.</summary>
    public string? Sentence { get; private set; }

    /// <summary>Counts decisions and appeals: of two who decide at once, one is told.</summary>
    public int Version { get; private set; }

    public bool Open => EndedAt is null;

    public static AccountStop Hold(Guid account, IEnumerable<string> codes, string reason, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = account, Kind = Held, Codes = string.Join(' ', codes), Reason = reason, At = now, Version = 1 };

    public static AccountStop Of(Guid account, string reason, Guid? by, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = account, Kind = Stopped, Codes = "operator", Reason = reason, At = now, By = by, Version = 1 };

    public void Keep(string sentence, Guid? by, DateTimeOffset now) => (KeptAt, Sentence, DecidedBy, Version) = (now, sentence, by, Version + 1);

    public void End(string sentence, Guid? by, DateTimeOffset now) => (EndedAt, Sentence, DecidedBy, Version) = (now, sentence, by, Version + 1);

    /// <summary>The account's people answered: whoever decides must have read it.</summary>
    public void Answered() => Version++;
}

public sealed class AccountStopConfiguration : IEntityTypeConfiguration<AccountStop>
{
    public void Configure(EntityTypeBuilder<AccountStop> builder)
    {
        builder.ToTable("account_stop", "accounts");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
        // One at a time.
        builder.HasIndex(s => s.AccountId).IsUnique().HasFilter("ended_at is null");
        builder.HasIndex(s => s.At);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What the account's people answered to a stop.</summary>
[SharedAcrossTenants("The account writes it and the operator's desk reads it.")]
public sealed class AccountAppeal
{
    public const int LongestText = 2000;

    private AccountAppeal()
    {
    }

    public Guid Id { get; private set; }

    public Guid StopId { get; private set; }

    public Guid UserId { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static AccountAppeal To(Guid stop, Guid user, string text, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), StopId = stop, UserId = user, Text = text, At = now };
}

public sealed class AccountAppealConfiguration : IEntityTypeConfiguration<AccountAppeal>
{
    public void Configure(EntityTypeBuilder<AccountAppeal> builder)
    {
        builder.ToTable("account_appeal", "accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.StopId);
        builder.HasOne<AccountStop>().WithMany().HasForeignKey(a => a.StopId).OnDelete(DeleteBehavior.Cascade);
    }
}
