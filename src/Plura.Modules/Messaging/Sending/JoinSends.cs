using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>
/// What was sent to a contact that becomes one with another, or is about to be. Where both had the same address, what waits for the one
/// that goes is for the other's, unless that gets the same letter anyway: then its address is gone, and nobody gets it twice.
/// </summary>
internal sealed class JoinSends : IMergesContacts
{
    private const string Move = """
        with old as (select id, contact_point_id from messaging.send where tenant_id = $1 and contact_id = $2 for update),
        moved as (
            update messaging.send s
            set contact_id = $3,
                contact_point_id = case when n.id is null or exists (
                    select from messaging.send t
                    where t.tenant_id = $1 and t.origin = s.origin and t.origin_id = s.origin_id and t.contact_point_id = n.id) then s.contact_point_id else n.id end
            from old left join lateral (select ($4 ->> old.contact_point_id::text)::uuid as id) n on true
            where s.tenant_id = $1 and s.id = old.id)
        select coalesce(jsonb_agg(to_jsonb(old) order by id), '[]')::text from old
        """;

    private const string MoveBack = """
        update messaging.send s set contact_id = $2, contact_point_id = o.contact_point_id
        from jsonb_to_recordset($4) as o(id uuid, contact_point_id uuid)
        where s.tenant_id = $1 and s.contact_id = $3 and s.id = o.id
        """;

    public string Name => "messaging";

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["messaging.send.contact_id"] = null,
        ["messaging.send.contact_point_id"] = null,
    };

    public Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct) => connection.Ask(joined, Move, ct, JoinedRows.Points(joined));

    public Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct) => connection.Ask(joined, MoveBack, ct, JoinedRows.Json(moved));
}
