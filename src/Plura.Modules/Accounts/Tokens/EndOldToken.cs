using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Ends what a rotation replaced before its seven days are over.</summary>
public sealed record EndOldToken
{
    public Guid Id { get; set; }
}

public sealed class EndOldTokenHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(EndOldToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.ApiTokens.FirstOrDefaultAsync(t => t.Id == command.Id && t.AccountId == tenant.Id && t.RevokedAt == null, ct) is not { } token || !token.EndOld(clock.GetUtcNow()))
            return RevokeTokenHandler.Gone;
        audit.Note("account.end_old_token", token.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
