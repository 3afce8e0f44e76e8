using Npgsql;
using NpgsqlTypes;
using Plura.Automations.Contracts;

namespace Plura.Automations;

/// <summary>Runs of contacts that become one, and part again.</summary>
internal sealed class ContactRuns(TimeProvider clock) : IContactRuns
{
    // Entries go on from the winner's: their numbers are unique by contact.
    private const string Move = """
        with stopped as (
            update automations.run r set state = 'stopped', reason = 'merged', step_id = null, wake_at = null, awaits = null, since = $4
            where r.tenant_id = $1 and r.contact_id = $2 and r.state = 'going'
              and exists (select from automations.run w where w.tenant_id = $1 and w.contact_id = $3 and w.automation_id = r.automation_id and w.state = 'going')
        )
        select 1
        """;

    private const string Rename = """
        with heard as (update automations.happening set contact_id = $3 where tenant_id = $1 and contact_id = $2),
        moved as (
            update automations.run r set contact_id = $3,
                entry = r.entry + coalesce((select max(w.entry) from automations.run w where w.tenant_id = $1 and w.contact_id = $3 and w.automation_id = r.automation_id), 0)
            where r.tenant_id = $1 and r.contact_id = $2
            returning r.id)
        select coalesce(jsonb_agg(id order by id), '[]')::text from moved
        """;

    private const string Back = """
        update automations.run r set contact_id = $2, entry = n.entry
        from (select id, row_number() over (partition by automation_id order by entry)::int as entry from automations.run
              where tenant_id = $1 and contact_id = $3 and id in (select value::uuid from jsonb_array_elements_text($4))) n
        where r.tenant_id = $1 and r.id = n.id
        """;

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["automations.run.contact_id"] = null,
        ["automations.happening.contact_id"] = null,
    };

    public async Task<string> Join(NpgsqlConnection connection, Guid tenant, Guid loser, Guid winner, CancellationToken ct)
    {
        await Ask(connection, Move, [tenant, loser, winner], new() { Value = clock.GetUtcNow() }, ct);
        return await Ask(connection, Rename, [tenant, loser, winner], null, ct) ?? "[]";
    }

    public Task Part(NpgsqlConnection connection, Guid tenant, Guid loser, Guid winner, string moved, CancellationToken ct) =>
        Ask(connection, Back, [tenant, loser, winner], new() { Value = moved, NpgsqlDbType = NpgsqlDbType.Jsonb }, ct);

    private static async Task<string?> Ask(NpgsqlConnection connection, string sql, Guid[] ids, NpgsqlParameter? more, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var id in ids)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        if (more is not null)
            command.Parameters.Add(more);
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
