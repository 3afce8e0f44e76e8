using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Takes somebody out of the account: it closes to them at their next click. What was assigned to them stays so, unless somebody takes it over; whom they invited and who has not come yet comes no more.</summary>
public sealed record RemovePerson
{
    public Guid UserId { get; set; }

    /// <summary>Who takes over what was assigned to them.</summary>
    public Guid? HandTo { get; set; }
}

public sealed class RemovePersonHandler(PluraDb db, Tenant tenant, Standing standing, InviterStanding inviters, ILive live, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(RemovePerson command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await standing.Hold(tenant.Id, ct);
        var found = await standing.Changeable(tenant.Id, command.UserId, ct);
        if (found.Refusal is { } refusal)
            return refusal;
        if (await standing.IsLastOwner(found.Value, ct))
            return Standing.LastOwner;
        if (command.HandTo is { } next && (next == command.UserId || !await db.Memberships.AnyAsync(m => m.AccountId == tenant.Id && m.UserId == next, ct)))
            return Refusal.Invalid("person.hand_to", "Choose somebody else of this account to take over.", nameof(command.HandTo));
        db.Memberships.Remove(found.Value);
        await inviters.WithdrawWhatFell(command.UserId, membership: null, clock.GetUtcNow(), ct);
        db.Publish(new MemberRemoved(command.UserId, command.HandTo));
        audit.Note("account.remove_person", command.UserId);
        await db.SaveChangesAsync(ct);
        await live.Changed(Stay.Topic, ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
