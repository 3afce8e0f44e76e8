using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Somebody asked to sign in by another address from now on: when, from which to which, and what became of it.</summary>
[SharedAcrossTenants("Belongs to the person, and its links work without a sign-in.")]
public sealed class EmailChange
{
    /// <summary>How long the new address can be confirmed.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromHours(24);

    /// <summary>How long the old address can stop it, or undo it.</summary>
    public static readonly TimeSpan Stoppable = TimeSpan.FromDays(7);

    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private EmailChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string OldEmail { get; private set; } = "";

    public string NewEmail { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Since when the browser that asked is known, where we know it.</summary>
    public DateTimeOffset? DeviceSince { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The old address stopped it, or its owner asked for another change instead.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>
    /// From when on what was added to the person's sign-in is to be mistrusted, if somebody else asked for this: from the first sign-in by that
    /// browser, where it was not long ago, because whoever comes to take over adds a key first.
    /// </summary>
    public DateTimeOffset Suspect => DeviceSince is { } since && since > AskedAt - Stoppable ? since : AskedAt;

    public static EmailChange Ask(Guid userId, string oldEmail, string newEmail, DateTimeOffset now, DateTimeOffset? deviceSince = null) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, OldEmail = oldEmail, NewEmail = newEmail, AskedAt = now, DeviceSince = deviceSince };

    public bool CanBeConfirmed(DateTimeOffset now) => ConfirmedAt is null && StoppedAt is null && now < AskedAt + Good;

    public bool CanBeStopped(DateTimeOffset now) => StoppedAt is null && now < AskedAt + Stoppable;

    public void Confirm(DateTimeOffset now) => ConfirmedAt = now;

    public void Stop(DateTimeOffset now) => StoppedAt = now;
}

public sealed class EmailChangeConfiguration : IEntityTypeConfiguration<EmailChange>
{
    public void Configure(EntityTypeBuilder<EmailChange> builder)
    {
        builder.ToTable("email_change", "accounts");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Ignore(c => c.Suspect);
        builder.HasIndex(c => c.UserId);
        builder.HasIndex(c => c.AskedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
