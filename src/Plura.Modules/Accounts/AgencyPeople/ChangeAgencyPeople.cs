using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Lets somebody whom one works with stand at the agency's desk, or gives who stands there another role.</summary>
public sealed record PutAtDesk
{
    public Guid UserId { get; set; }

    [Required(ErrorMessage = "Choose what they may do."), RegularExpression("^(owner|admin)$", ErrorMessage = "Choose what they may do.")]
    public string Role { get; set; } = AgencyMember.Admin;
}

/// <summary>Somebody leaves the agency's desk: it closes to them at their next click. Their places inside accounts stay.</summary>
public sealed record TakeFromDesk
{
    public Guid UserId { get; set; }
}

public sealed class ChangeAgencyPeopleHandler(PluraDb db, CurrentAgency agency, AgencyPeople people, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Unknown = Refusal.Invalid("agency.person", "Choose somebody from the list: people of an account of this agency that you own.", nameof(PutAtDesk.UserId));
    private static readonly Refusal LastOwner = Refusal.Conflict("agency.last_owner", "An agency needs an owner, and this is the only one. Make somebody else an owner first.");

    public async Task<Result> Handle(PutAtDesk command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Hold(ct);
        if (await Find(command.UserId, ct) is not { } there)
        {
            if (!(await people.Candidates(ct)).Any(c => c.UserId == command.UserId))
                return Unknown;
            db.AgencyMembers.Add(AgencyMember.Of(agency.Id, command.UserId, command.Role, clock.GetUtcNow()));
        }
        else if (there.Role != command.Role)
        {
            if (await IsLastOwner(there, ct))
                return LastOwner;
            there.Become(command.Role);
        }

        audit.Note("agency.put_at_desk", command.UserId, new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = command.Role });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    public async Task<Result> Handle(TakeFromDesk command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Hold(ct);
        if (await Find(command.UserId, ct) is not { } there)
            return Refusal.NotFound("agency.gone", "This person does not stand at the desk any more.");
        if (await IsLastOwner(there, ct))
            return LastOwner;
        db.AgencyMembers.Remove(there);
        audit.Note("agency.take_from_desk", command.UserId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>Two owners who remove each other at once must not leave none.</summary>
    private Task Hold(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select from accounts.agency where id = {agency.Id} for update", ct);

    private Task<AgencyMember?> Find(Guid user, CancellationToken ct)
    {
        var mine = agency.Id;
        return db.AgencyMembers.FirstOrDefaultAsync(m => m.AgencyId == mine && m.UserId == user, ct);
    }

    private async Task<bool> IsLastOwner(AgencyMember member, CancellationToken ct) => member.Role == AgencyMember.Owner
        && !await db.AgencyMembers.AnyAsync(m => m.AgencyId == member.AgencyId && m.Role == AgencyMember.Owner && m.UserId != member.UserId, ct);
}
