using System.ComponentModel.DataAnnotations;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Gives somebody another role or another sight, from their next click on.</summary>
public sealed record ChangePerson
{
    public Guid UserId { get; set; }

    /// <summary>A built-in role's word, or the id of one of the account's own.</summary>
    [Required(ErrorMessage = "Choose a role.")]
    public string Role { get; set; } = "";

    [RegularExpression("all|team|mine", ErrorMessage = "Choose what they see.")]
    public string Sight { get; set; } = Sights.All;
}

public sealed class ChangePersonHandler(PluraDb db, Tenant tenant, RoleChoices roles, Standing standing, InviterStanding inviters, ILive live, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(ChangePerson command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await standing.Hold(tenant.Id, ct);
        var found = await standing.Changeable(tenant.Id, command.UserId, ct);
        if (found.Refusal is { } notYours)
            return notYours;
        var role = await roles.Give(command.Role, ct);
        if (role.Refusal is { } refusal)
            return refusal;
        if (role.Value.Role == Membership.Owner && command.Sight != Sights.All)
            return Refusal.Invalid("person.owner_sight", "An owner sees everything.", nameof(command.Sight));
        if (role.Value.Role != Membership.Owner && await standing.IsLastOwner(found.Value, ct))
            return Standing.LastOwner;
        found.Value.Become(role.Value.Role, role.Value.RoleId, command.Sight);
        await inviters.WithdrawWhatFell(command.UserId, found.Value, clock.GetUtcNow(), ct);
        audit.Note("account.change_person", command.UserId, new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = role.Value.Value, ["sight"] = command.Sight });
        await db.SaveChangesAsync(ct);
        await live.Changed(Stay.Topic, ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
