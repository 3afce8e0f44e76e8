using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Makes a team, or changes its name and who is in it.</summary>
public sealed record KeepTeam
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give the team a name."), StringLength(Team.LongestName, ErrorMessage = "A team's name has at most 60 characters.")]
    public string Name { get; set; } = "";

    public List<Guid> Members { get; set => field = value ?? []; } = [];
}

public sealed class KeepTeamHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    private const int Most = 200;

    public async Task<Result<Guid>> Handle(KeepTeam command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var team = command.Id is { } id ? await db.Teams.SingleOrDefaultAsync(t => t.Id == id, ct) : null;
        if (command.Id is not null && team is null)
            return DeleteTeamHandler.Missing;
        if (await db.Teams.AnyAsync(t => t.Name == command.Name && t.Id != (command.Id ?? Guid.Empty), ct))
            return Refusal.Invalid("team.name_taken", "There is a team with this name already.", nameof(command.Name));
        if (team is null && await db.Teams.CountAsync(ct) >= Most)
            return Refusal.Limit("team.limit", $"An account has at most {Most} teams.");
        var wanted = command.Members.Distinct().ToList();
        if (await db.Memberships.CountAsync(m => m.AccountId == tenant.Id && wanted.Contains(m.UserId), ct) != wanted.Count)
            return Refusal.Invalid("team.person", "One of these people does not belong to the account any more. Load the page again.", nameof(command.Members));

        if (team is null)
            db.Teams.Add(team = Team.Make(command.Name, clock.GetUtcNow()));
        else
            team.Rename(command.Name);
        var members = await db.TeamMembers.Where(m => m.TeamId == team.Id).ToListAsync(ct);
        db.TeamMembers.RemoveRange(members.Where(m => !wanted.Contains(m.UserId)));
        db.TeamMembers.AddRange(wanted.Where(w => members.TrueForAll(m => m.UserId != w)).Select(w => TeamMember.Of(team.Id, w)));
        audit.Note("account.keep_team", team.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["people"] = wanted.Count.ToString(CultureInfo.InvariantCulture) });
        await db.SaveChangesAsync(ct);
        return team.Id;
    }
}

/// <summary>Ends a team; its people stay.</summary>
public sealed record DeleteTeam
{
    public Guid Id { get; set; }
}

public sealed class DeleteTeamHandler(PluraDb db, IAudit audit)
{
    public static readonly Refusal Missing = Refusal.NotFound("team.missing", "This team does not exist any more.");

    public async Task<Result> Handle(DeleteTeam command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Teams.SingleOrDefaultAsync(t => t.Id == command.Id, ct) is not { } team)
            return Missing;
        db.Teams.Remove(team);
        // The name is the setting's, and nobody can look it up any more.
        audit.Note("account.delete_team", team.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = team.Name });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
