using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

public sealed record PersonLine(Guid UserId, string Name, string Email, RoleChoice Role, string Sight, DateTimeOffset Since, IReadOnlyList<string> Teams);

public sealed record InvitationLine(Guid Id, string Email, string Role, string Sight, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool Expired);

/// <summary>Who belongs to the account, and who was asked to.</summary>
public sealed class PeopleBook(PluraDb db, Tenant tenant, RoleChoices roles, TimeProvider clock)
{
    public static readonly IReadOnlyList<Choice> SightChoices =
    [
        new(Sights.All, "Everything", "All contacts of the account."),
        new(Sights.Team, "Their teams' contacts", "What is assigned to them or to somebody in one of their teams."),
        new(Sights.Mine, "Only their own contacts", "What is assigned to them. Campaigns and imports concern everybody, so they are closed."),
    ];

    public static string SightName(string sight) => SightChoices.First(c => c.Value == sight).Text;

    public async Task<IReadOnlyList<PersonLine>> Members(CancellationToken ct)
    {
        var choices = (await roles.All(ct)).ToDictionary(r => (r.Role, r.RoleId));
        var rows = await db.Memberships.Where(m => m.AccountId == tenant.Id)
            .Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { u.Id, u.Name, u.Email, m.Role, m.RoleId, m.Sight, m.Since })
            .OrderBy(m => m.Name).ThenBy(m => m.Id).ToListAsync(ct);
        var teams = (await db.TeamMembers.Join(db.Teams, m => m.TeamId, t => t.Id, (m, t) => new { m.UserId, t.Name }).OrderBy(t => t.Name).ToListAsync(ct)).ToLookup(t => t.UserId, t => t.Name);
        return [.. rows.Select(m => new PersonLine(m.Id, m.Name, m.Email!, choices[(m.Role, m.RoleId)], m.Sight, m.Since, [.. teams[m.Id]]))];
    }

    public async Task<IReadOnlyList<InvitationLine>> Invited(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var names = (await roles.All(ct)).ToDictionary(r => (r.Role, r.RoleId), r => r.Name);
        var rows = await db.Invitations.AsNoTracking().Where(i => i.AccountId == tenant.Id && i.TakenAt == null && i.WithdrawnAt == null).OrderByDescending(i => i.CreatedAt).Take(200).ToListAsync(ct);
        return [.. rows.Select(i => new InvitationLine(i.Id, i.Email, names.GetValueOrDefault((i.Role, i.RoleId), "A role that is gone"), i.Sight, i.SentAt, i.ExpiresAt, i.ExpiresAt <= now))];
    }
}
