using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Who belongs to which account, in which role, and how much of it they see.</summary>
[SharedAcrossTenants("The door looks up the membership before it enters the account.")]
public sealed class Membership
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Member = "member";
    public const string ReadOnly = "read_only";

    /// <summary>A role that the account made: <see cref="RoleId"/> says which.</summary>
    public const string Custom = "custom";

    private Membership()
    {
    }

    public Guid AccountId { get; private set; }

    public Guid UserId { get; private set; }

    public string Role { get; private set; } = "";

    /// <summary>The account's own role; null for a built-in one.</summary>
    public Guid? RoleId { get; private set; }

    /// <summary>See <see cref="Sights"/>.</summary>
    public string Sight { get; private set; } = Sights.All;

    public DateTimeOffset Since { get; private set; }

    public static Membership Of(Guid accountId, Guid userId, string role, DateTimeOffset now, Guid? roleId = null, string sight = Sights.All) =>
        new() { AccountId = accountId, UserId = userId, Role = role, RoleId = roleId, Sight = sight, Since = now };

    /// <summary>From the next click on the person may do what this role says.</summary>
    public void Become(string role, Guid? roleId, string sight) => (Role, RoleId, Sight) = (role, roleId, sight);
}

/// <summary>How much of an account's people and work somebody sees.</summary>
public static class Sights
{
    public const string All = "all";

    /// <summary>What is assigned to them or to somebody in one of their teams.</summary>
    public const string Team = "team";

    /// <summary>Only what is assigned to them.</summary>
    public const string Mine = "mine";
}

public sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("membership", "accounts");
        builder.HasKey(m => new { m.AccountId, m.UserId });
        builder.Property(m => m.Sight).HasDefaultValue(Sights.All);
        builder.HasIndex(m => m.UserId);
        builder.HasIndex(m => new { m.AccountId, m.RoleId });
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        // A role that people have cannot go: they are given another one first.
        builder.HasOne<Role>().WithMany().HasForeignKey(m => new { m.AccountId, m.RoleId }).OnDelete(DeleteBehavior.Restrict);
    }
}
