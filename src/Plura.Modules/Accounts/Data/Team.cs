using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>People of an account who work together. Whoever sees their team's work sees what is assigned to any of them.</summary>
public sealed class Team : ITenantOwned
{
    public const int LongestName = 60;

    private Team()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static Team Make(string name, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), Name = name, CreatedAt = now };

    public void Rename(string name) => Name = name;
}

public sealed class TeamMember : ITenantOwned
{
    private TeamMember()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid TeamId { get; private set; }

    public Guid UserId { get; private set; }

    public static TeamMember Of(Guid teamId, Guid userId) => new() { TeamId = teamId, UserId = userId };
}

public sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.TenantTable("accounts", "team");
        builder.HasIndex(t => new { t.TenantId, t.Name }).IsUnique();
    }
}

public sealed class TeamMemberConfiguration : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("team_member", "accounts");
        builder.HasKey(m => new { m.TenantId, m.TeamId, m.UserId });
        builder.HasIndex(m => new { m.TenantId, m.UserId });
        builder.HasOne<Team>().WithMany().HasForeignKey(m => new { m.TenantId, m.TeamId }).OnDelete(DeleteBehavior.Cascade);
        // Whoever leaves the account leaves its teams.
        builder.HasOne<Membership>().WithMany().HasForeignKey(m => new { m.TenantId, m.UserId }).OnDelete(DeleteBehavior.Cascade);
    }
}
