using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Notes what the agency's desk does to an account where both can read it: in the installation's log and in the account's own. For the
/// latter the scope enters the account, so it stands at the end of a handler, before its SaveChanges: both entries commit with the act.
/// </summary>
public sealed class BothLogs(IAudit audit, Tenant tenant)
{
    public void Note(string act, Guid account, IReadOnlyDictionary<string, string>? facts = null)
    {
        audit.Note(act, account, facts);
        tenant.Enter(account);
        audit.Note(act, account, facts);
    }

    /// <summary>In a transaction that was begun outside the account its connection is open already, and does not know the account yet.</summary>
    public static async Task Enter(PluraDb db, Guid account, CancellationToken ct)
    {
        await using var enter = TenantConnections.Set((NpgsqlConnection)db.Database.GetDbConnection(), account);
        await enter.ExecuteNonQueryAsync(ct);
    }
}
