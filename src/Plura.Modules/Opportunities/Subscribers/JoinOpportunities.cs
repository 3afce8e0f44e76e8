using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Opportunities;

/// <summary>The opportunities of a contact that became one with another.</summary>
internal sealed class JoinOpportunities : IMergesContacts
{
    // Its version stays: nothing that people edit of it changes.
    private const string Move = """
        with moved as (update opportunities.opportunity set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning id)
        select coalesce(jsonb_agg(id order by id), '[]')::text from moved
        """;

    private const string MoveBack = """
        update opportunities.opportunity set contact_id = $2
        where tenant_id = $1 and contact_id = $3 and id in (select value::uuid from jsonb_array_elements_text($4))
        """;

    public string Name => "opportunities";

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal) { ["opportunities.opportunity.contact_id"] = null };

    public Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct) => connection.Ask(joined, Move, ct);

    public Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct) => connection.Ask(joined, MoveBack, ct, JoinedRows.Json(moved));
}
