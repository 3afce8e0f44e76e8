using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A new token in the place of one in use; the old one works for seven days more. The answer is the only time the new one can be read.</summary>
public sealed record RotateToken
{
    public Guid Id { get; set; }
}

public sealed class RotateTokenHandler(PluraDb db, Tenant tenant, Actor actor, RoleBook roles, INotices notices, IAudit audit, TimeProvider clock)
{
    public async Task<Result<string>> Handle(RotateToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.ApiTokens.FirstOrDefaultAsync(t => t.Id == command.Id && t.AccountId == tenant.Id && t.RevokedAt == null, ct) is not { } token)
            return RevokeTokenHandler.Gone;
        // Whoever rotates holds the new one: they must be able to do themselves what it can.
        var needs = token.Scopes == CreateTokenHandler.All ? roles.In(Area.Account).Select(p => p.Name) : token.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!needs.All(actor.May))
            return Refusal.Forbidden("token.more_than_you", "This token may do more than you. Somebody who may do it all can rotate it.");
        var fresh = token.Rotate(clock.GetUtcNow());
        TokenNotices.Rotated(notices, token, actor);
        audit.Note("account.rotate_token", token.Id);
        await db.SaveChangesAsync(ct);
        return fresh;
    }
}
