using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The account's own roles.</summary>
public sealed class RoleNames(PluraDb db) : INameThings
{
    public string Kind => "role";

    public string Gone => "a role that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Roles.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Name }).ToDictionaryAsync(r => r.Id, r => new NamedThing(r.Name, $"settings/roles?role={r.Id}"), ct);
}

public sealed class TeamNames(PluraDb db) : INameThings
{
    public string Kind => "team";

    public string Gone => "a team that is gone";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Teams.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }).ToDictionaryAsync(t => t.Id, t => new NamedThing(t.Name, $"settings/teams?team={t.Id}"), ct);
}

/// <summary>Whom an invitation asked in, by the address that it went to.</summary>
public sealed class InvitationNames(PluraDb db) : INameThings
{
    public string Kind => "invitation";

    public string Gone => "somebody";

    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Invitations.Where(i => i.AccountId == db.Tenant.Id && ids.Contains(i.Id)).Select(i => new { i.Id, i.Email }).ToDictionaryAsync(i => i.Id, i => new NamedThing(i.Email), ct);
}
