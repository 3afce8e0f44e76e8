using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Puts an app out of the account at once: each of its calls looks at the connection first.</summary>
public sealed record DisconnectApp
{
    public Guid Id { get; set; }
}

public sealed class DisconnectAppHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(DisconnectApp command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var account = tenant.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.AppConnections.FirstOrDefaultAsync(c => c.Id == command.Id && c.AccountId == account && c.EndedAt == null, ct) is not { } connection)
            return Refusal.NotFound("app.not_connected", "This app is not connected any more.");
        connection.End(clock.GetUtcNow());
        await db.AppTokens.Where(t => t.Authorization!.Id == command.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, OpenIddictConstants.Statuses.Revoked), ct);
        audit.Note("account.disconnect_app", connection.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
