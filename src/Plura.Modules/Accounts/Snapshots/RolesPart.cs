using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

public sealed record RoleSetUp
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }
}

/// <summary>Roles that the account made; who has them stays behind.</summary>
internal sealed class RolesPart(PluraDb db, KeepRoleHandler keep) : SnapshotPart<RoleSetUp>
{
    public override string Name => "roles";

    public override string Title => "Roles";

    public override int Order => 10;

    public override string Permission => "account.roles";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Role)];

    protected override string NameOf(RoleSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, RoleSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.Roles.AsNoTracking().ToListAsync(ct)).OrderBy(r => r.Name, StringComparer.Ordinal)
            .Select(r => ((Guid?)r.Id, new RoleSetUp { Name = r.Name, Permissions = r.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries) }))];

    protected override async Task<Refusal?> Put(RoleSetUp wanted, Guid? here, CancellationToken ct) =>
        (await keep.Handle(new KeepRole { Id = here, Name = wanted.Name, Permissions = [.. wanted.Permissions] }, ct)).Refusal;
}

public sealed record TeamSetUp
{
    public required string Name { get; init; }
}

/// <summary>Teams by name; who is in them stays behind.</summary>
internal sealed class TeamsPart(PluraDb db, KeepTeamHandler keep) : SnapshotPart<TeamSetUp>
{
    public override string Name => "teams";

    public override string Title => "Teams";

    public override int Order => 11;

    public override string Permission => "account.people";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Team)];

    protected override string NameOf(TeamSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, TeamSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.Teams.AsNoTracking().ToListAsync(ct)).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => ((Guid?)t.Id, new TeamSetUp { Name = t.Name }))];

    protected override async Task<Refusal?> Put(TeamSetUp wanted, Guid? here, CancellationToken ct)
    {
        // Whoever is in it stays in it: only the name is set.
        List<Guid> members = here is { } id ? await db.TeamMembers.Where(m => m.TeamId == id).Select(m => m.UserId).ToListAsync(ct) : [];
        return (await keep.Handle(new KeepTeam { Id = here, Name = wanted.Name, Members = members }, ct)).Refusal;
    }
}
