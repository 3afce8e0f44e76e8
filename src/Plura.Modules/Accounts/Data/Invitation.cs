using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Somebody is asked into an account, by a link that only the hash of is kept and only their address may take.</summary>
[SharedAcrossTenants("The link is opened before the person belongs to the account.")]
public sealed class Invitation
{
    public const string Waiting = "waiting";
    public const string Taken = "taken";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";

    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    /// <summary>How long it is known after it ran out: it may still be sent again, and its link says in words what became of it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private Invitation()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>In lower case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>As a membership's: <see cref="Membership.Role"/>.</summary>
    public string Role { get; private set; } = "";

    public Guid? RoleId { get; private set; }

    public string Sight { get; private set; } = Sights.All;

    /// <summary>Ids of the teams they join, separated by blanks; one that has gone since is left out.</summary>
    public string Teams { get; private set; } = "";

    public Guid? InvitedBy { get; private set; }

    /// <summary>How often it was sent: each sending has a link of its own, and only the last one is good.</summary>
    public int Round { get; private set; }

    /// <summary>SHA-256 of the link's 256-bit token.</summary>
    public byte[] LinkHash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? TakenAt { get; private set; }

    public Guid? TakenBy { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public static Invitation To(Guid accountId, string email, string role, Guid? roleId, string sight, IEnumerable<Guid> teams, Guid? by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        Email = email,
        Role = role,
        RoleId = roleId,
        Sight = sight,
        Teams = string.Join(' ', teams),
        InvitedBy = by,
        CreatedAt = now,
    };

    public IEnumerable<Guid> TeamIds() => Teams.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse);

    public string State(DateTimeOffset now) =>
        TakenAt is not null ? Taken : WithdrawnAt is not null ? Withdrawn : ExpiresAt <= now ? Expired : Waiting;

    /// <summary>Sends it, once more where it was sent before: the link of before is no longer good.</summary>
    public void Send(Func<Invitation, byte[]> hashOfLink, DateTimeOffset now)
    {
        Round++;
        (SentAt, ExpiresAt) = (now, now + GoodFor);
        LinkHash = hashOfLink(this);
    }

    /// <summary>Somebody asks again: from now on it stands by what they may do.</summary>
    public void AskedBy(Guid? by) => InvitedBy = by;

    public void Take(Guid userId, DateTimeOffset now) => (TakenBy, TakenAt) = (userId, now);

    public void Withdraw(DateTimeOffset now) => WithdrawnAt = now;
}

public sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitation", "accounts");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasIndex(i => i.LinkHash).IsUnique();
        builder.HasIndex(i => new { i.AccountId, i.CreatedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
