using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

internal sealed class WarmUpStandings(PluraDb db, WarmUps warmUps, TimeProvider clock) : IWarmUp
{
    public async Task<WarmUpStanding?> Standing(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            if (await warmUps.Of(connection, db.Tenant.Id, clock.GetUtcNow(), ct) is not { } limit)
                return null;
            var (allowed, _) = await WarmUpSql.Count(connection, db.Tenant.Id, limit.Day, locked: false, ct);
            return new WarmUpStanding(limit.Limit, Math.Max(0, limit.Limit - allowed), limit.Coming.Count > 0 ? limit.Coming[0] : null);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}

/// <summary>The operator let an account go on, or vouches for it: this process looks anew.</summary>
[Work("The daily limit of an account is looked at again")]
public sealed class WhenVouchedFor(Tenant tenant, WarmUps warmUps) : ISubscriber<AccountReleased>
{
    public Task When(AccountReleased news, CancellationToken ct)
    {
        warmUps.Forget(tenant.Id);
        return Task.CompletedTask;
    }
}
