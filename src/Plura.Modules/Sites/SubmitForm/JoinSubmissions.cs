using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Sites;

/// <summary>The forms that a contact filled in, when it becomes one with another; an address that waits to be confirmed still can be.</summary>
internal sealed class JoinSubmissions : IMergesContacts
{
    private const string Move = """
        with old as (select id, waits_for from sites.form_submission where tenant_id = $1 and contact_id = $2 for update),
        moved as (
            update sites.form_submission s set contact_id = $3, waits_for = coalesce(($4 ->> s.waits_for::text)::uuid, s.waits_for)
            from old where s.tenant_id = $1 and s.id = old.id)
        select coalesce(jsonb_agg(to_jsonb(old) order by id), '[]')::text from old
        """;

    private const string MoveBack = """
        update sites.form_submission s set contact_id = $2, waits_for = o.waits_for
        from jsonb_to_recordset($4) as o(id uuid, waits_for uuid)
        where s.tenant_id = $1 and s.contact_id = $3 and s.id = o.id
        """;

    public string Name => "sites";

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["sites.form_submission.contact_id"] = null,
        ["sites.form_submission.waits_for"] = null,
    };

    public Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct) => connection.Ask(joined, Move, ct, JoinedRows.Points(joined));

    public Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct) => connection.Ask(joined, MoveBack, ct, JoinedRows.Json(moved));
}
