using System.Collections.Concurrent;
using Npgsql;
using Plura.Accounts.Contracts;

namespace Plura.Accounts;

/// <summary>
/// Every account of the demo's agency: visitors are its owner and may open more. Known by the owner's address, which nobody can change,
/// because nobody knows its password; an account never changes its agency, so an answer stays true.
/// </summary>
internal sealed class DemoAccounts(NpgsqlDataSource database) : IDemoAccounts
{
    private readonly ConcurrentDictionary<Guid, bool> known = new();

    public ValueTask<bool> Has(Guid account, CancellationToken ct) => known.TryGetValue(account, out var demo) ? ValueTask.FromResult(demo) : Look(account, ct);

    private async ValueTask<bool> Look(Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select exists (
                select from accounts.account a
                join accounts.agency_member m on m.agency_id = a.agency_id
                join accounts."user" u on u.id = m.user_id
                where a.id = $1 and u.email = $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = account });
        command.Parameters.Add(new NpgsqlParameter { Value = DemoAccount.OwnerEmail });
        return known[account] = await command.ExecuteScalarAsync(ct) is true;
    }
}
