using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Who belongs to which account, and in which role.</summary>
[SharedAcrossTenants("The door looks up the membership before it enters the account.")]
public sealed class Membership
{
    public const string Owner = "owner";

    private Membership()
    {
    }

    public Guid AccountId { get; private set; }

    public Guid UserId { get; private set; }

    public string Role { get; private set; } = "";

    public DateTimeOffset Since { get; private set; }

    public static Membership Of(Guid accountId, Guid userId, string role, DateTimeOffset now) =>
        new() { AccountId = accountId, UserId = userId, Role = role, Since = now };
}

public sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("membership", "accounts");
        builder.HasKey(m => new { m.AccountId, m.UserId });
        builder.HasIndex(m => m.UserId);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
