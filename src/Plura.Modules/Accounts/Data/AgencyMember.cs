using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Who runs an agency. It opens no account: inside one, only a membership or a grant of the account counts.</summary>
[SharedAcrossTenants("An agency stands above its accounts.")]
public sealed class AgencyMember
{
    public const string Owner = "owner";
    public const string Admin = "admin";

    private AgencyMember()
    {
    }

    public Guid AgencyId { get; private set; }

    public Guid UserId { get; private set; }

    public string Role { get; private set; } = "";

    public DateTimeOffset Since { get; private set; }

    public void Become(string role) => Role = role;

    public static AgencyMember Of(Guid agencyId, Guid userId, string role, DateTimeOffset now) =>
        new() { AgencyId = agencyId, UserId = userId, Role = role, Since = now };
}

public sealed class AgencyMemberConfiguration : IEntityTypeConfiguration<AgencyMember>
{
    public void Configure(EntityTypeBuilder<AgencyMember> builder)
    {
        builder.ToTable("agency_member", "accounts");
        builder.HasKey(m => new { m.AgencyId, m.UserId });
        builder.HasIndex(m => m.UserId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(m => m.AgencyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
