using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Who may change whose place in an account, and that an owner always stays.</summary>
public sealed class Standing(PluraDb db, RoleChoices roles, Actor actor)
{
    public static readonly Refusal Missing = Refusal.NotFound("person.missing", "This person does not belong to the account any more.");
    public static readonly Refusal LastOwner = Refusal.Conflict("person.last_owner", "An account needs an owner, and this is the only one. Make somebody else an owner first.");
    private static readonly Refusal Yourself = Refusal.Conflict("person.yourself", "This is you. Somebody else who manages people can change your role; to go, leave the account under “Your accounts”.");
    private static readonly Refusal MoreThanYou = Refusal.Conflict("person.more_than_you", "This person may do more than you may yourself. Ask an owner.");

    /// <summary>Until the transaction ends nobody else changes who owns the account: two owners who remove each other must not leave none.</summary>
    public Task Hold(Guid accountId, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select from accounts.account where id = {accountId} for update", ct);

    /// <summary>The membership, where whoever acts may change it.</summary>
    public async Task<Result<Membership>> Changeable(Guid accountId, Guid userId, CancellationToken ct)
    {
        if (await db.Memberships.SingleOrDefaultAsync(m => m.AccountId == accountId && m.UserId == userId, ct) is not { } membership)
            return Missing;
        if (actor.Kind == ActorKind.User && actor.Id == userId)
            return Yourself;
        return await roles.Below(await roles.Of(membership.Role, membership.RoleId, ct), ct) ? membership : MoreThanYou;
    }

    public async Task<bool> IsLastOwner(Membership membership, CancellationToken ct) => membership.Role == Membership.Owner
        && !await db.Memberships.AnyAsync(m => m.AccountId == membership.AccountId && m.Role == Membership.Owner && m.UserId != membership.UserId, ct);
}
