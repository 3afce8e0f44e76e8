using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Ends a token at once: the next call with it is refused.</summary>
public sealed record RevokeToken
{
    public Guid Id { get; set; }
}

public sealed class RevokeTokenHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    internal static readonly Refusal Gone = Refusal.NotFound("token.unknown", "There is no such token any more.");

    public async Task<Result> Handle(RevokeToken command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.ApiTokens.Where(t => t.Id == command.Id && t.AccountId == tenant.Id && t.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, now), ct);
        if (ended == 0)
            return Gone;
        audit.Note("account.revoke_token", command.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
