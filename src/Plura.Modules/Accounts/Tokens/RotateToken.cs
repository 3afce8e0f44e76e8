using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whoever made a token gets a new one in its place; the old one works for seven days more. The answer is the only time the new one can be read.</summary>
public sealed record RotateToken
{
    public Guid Id { get; set; }
}

public sealed class RotateTokenHandler(PluraDb db, Tenant tenant, Actor actor, INotices notices, IAudit audit, TimeProvider clock)
{
    public async Task<Result<string>> Handle(RotateToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.ApiTokens.FirstOrDefaultAsync(t => t.Id == command.Id && t.AccountId == tenant.Id && t.RevokedAt == null, ct) is not { } token)
            return RevokeTokenHandler.Gone;
        // Whoever rotates holds the new one, and it acts in its maker's name also when the rotator is gone.
        if (!token.IsOf(actor))
            return Refusal.Forbidden("token.not_yours", token.MadeBy is null
                ? "This token was made by whoever runs this installation, so it is not yours to renew. Make one of your own, give it to the program, and revoke this one."
                : "Only whoever made this token can renew it, because it acts in their name. Make one of your own, give it to the program, and revoke this one.");
        var fresh = token.Rotate(clock.GetUtcNow());
        TokenNotices.Rotated(notices, token, actor);
        audit.Note("account.rotate_token", token.Id);
        await db.SaveChangesAsync(ct);
        return fresh;
    }
}
