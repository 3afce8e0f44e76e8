using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person goes from an account of their own will.</summary>
public sealed record LeaveAccount
{
    public Guid AccountId { get; set; }
}

public sealed class LeaveAccountHandler(PluraDb db, Tenant tenant, Actor actor, Standing standing, InviterStanding inviters, ILive live, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Gone = Refusal.NotFound("account.not_yours", "You do not belong to this account any more.");

    public async Task<Result> Handle(LeaveAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = actor.Id!.Value;
        if (!await db.Memberships.AnyAsync(m => m.AccountId == command.AccountId && m.UserId == user, ct))
            return Gone;
        // Entered before the transaction opens its connection: the entry of the audit belongs to the account.
        tenant.Enter(command.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await standing.Hold(tenant.Id, ct);
        if (await db.Memberships.SingleOrDefaultAsync(m => m.AccountId == tenant.Id && m.UserId == user, ct) is not { } membership)
            return Gone;
        // A closed account needs nobody any more: it waits for its day by itself.
        if (!await db.Accounts.AnyAsync(a => a.Id == command.AccountId && a.ReadableUntil != null, ct) && await standing.IsLastOwner(membership, ct))
            return Refusal.Conflict("person.last_owner", "You are the account's only owner. Make somebody else an owner first.");
        db.Memberships.Remove(membership);
        await inviters.WithdrawWhatFell(user, membership: null, clock.GetUtcNow(), ct);
        db.Publish(new MemberRemoved(user, null));
        audit.Note("account.leave", user);
        await db.SaveChangesAsync(ct);
        await live.Changed(Stay.Topic, ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
