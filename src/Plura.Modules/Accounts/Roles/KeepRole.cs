using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Makes a role of the account's own, or changes one: whoever has it may do what it says from their next click on.</summary>
public sealed record KeepRole
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give the role a name."), StringLength(Role.LongestName, ErrorMessage = "A role's name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Names of permissions; opening the account always belongs to it.</summary>
    public List<string> Permissions { get; set => field = value ?? []; } = [];
}

public sealed class KeepRoleHandler(PluraDb db, RoleBook book, Actor actor, IAudit audit, TimeProvider clock)
{
    /// <summary>Without it nobody gets through the account's front door.</summary>
    public const string Always = "account.use";

    private const int Most = 50;

    public async Task<Result<Guid>> Handle(KeepRole command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var role = command.Id is { } id ? await db.Roles.SingleOrDefaultAsync(r => r.Id == id, ct) : null;
        if (command.Id is not null && role is null)
            return DeleteRoleHandler.Missing;
        if (RoleChoices.BuiltIn.Any(r => string.Equals(r.Name, command.Name, StringComparison.OrdinalIgnoreCase)) || await db.Roles.AnyAsync(r => r.Name == command.Name && r.Id != (command.Id ?? Guid.Empty), ct))
            return Refusal.Invalid("role.name_taken", "There is a role with this name already.", nameof(command.Name));
        if (role is null && await db.Roles.CountAsync(ct) >= Most)
            return Refusal.Limit("role.limit", $"An account has at most {Most} roles of its own.");

        var known = book.In(Area.Account).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (command.Permissions.Find(p => !known.Contains(p)) is not null)
            return Refusal.Invalid("role.permission", "One of these permissions does not exist. Load the page again.", nameof(command.Permissions));
        var before = role?.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (command.Permissions.Exists(p => !actor.May(p) && !before.Contains(p, StringComparer.Ordinal)))
            return Refusal.Invalid("role.too_much", "A role cannot be given more than you may yourself.", nameof(command.Permissions));
        // What whoever acts may not do themselves they can neither add nor take away: their page shows it, and it stays.
        var permissions = command.Permissions.Concat(before.Where(p => !actor.May(p))).Append(Always);
        if (role is null)
            db.Roles.Add(role = Role.Make(command.Name, permissions, clock.GetUtcNow()));
        else
            role.Change(command.Name, permissions);
        audit.Note("account.keep_role", role.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["permissions"] = role.Permissions });
        await db.SaveChangesAsync(ct);
        return role.Id;
    }
}

/// <summary>Takes a role away that nobody has.</summary>
public sealed record DeleteRole
{
    public Guid Id { get; set; }
}

public sealed class DeleteRoleHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public static readonly Refusal Missing = Refusal.NotFound("role.missing", "This role does not exist any more.");

    public async Task<Result> Handle(DeleteRole command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Roles.SingleOrDefaultAsync(r => r.Id == command.Id, ct) is not { } role)
            return Missing;
        var now = clock.GetUtcNow();
        if (await db.Memberships.AnyAsync(m => m.AccountId == tenant.Id && m.RoleId == command.Id, ct))
            return Refusal.Conflict("role.in_use", "Somebody has this role. Give them another one first.");
        if (await db.Invitations.AnyAsync(i => i.AccountId == tenant.Id && i.RoleId == command.Id && i.TakenAt == null && i.WithdrawnAt == null && i.ExpiresAt > now, ct))
            return Refusal.Conflict("role.invited", "Somebody is invited into this role. Withdraw the invitation first.");
        db.Roles.Remove(role);
        // The name is the setting's, and nobody can look it up any more.
        audit.Note("account.delete_role", role.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = role.Name });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
