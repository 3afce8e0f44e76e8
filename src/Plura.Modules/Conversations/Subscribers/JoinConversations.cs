using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Conversations;

/// <summary>The conversations of a contact that became one with another. Of two that are open, the one that comes along is closed: there is one place to go on.</summary>
internal sealed class JoinConversations : IMergesContacts
{
    private const string Move = """
        with mine as (select id, state, snoozed_until from conversations.conversation where tenant_id = $1 and contact_id = $2 for update),
        busy as (select exists (select from conversations.conversation where tenant_id = $1 and contact_id = $3 and state <> 'closed') as yes),
        moved as (
            update conversations.conversation c
            set contact_id = $3, version = c.version + 1,
                state = case when busy.yes then 'closed' else c.state end,
                snoozed_until = case when busy.yes then null else c.snoozed_until end
            from mine cross join busy
            where c.tenant_id = $1 and c.id = mine.id)
        select coalesce(jsonb_agg(to_jsonb(mine) order by id), '[]')::text from mine
        """;

    private const string MoveBack = """
        update conversations.conversation c
        set contact_id = $2, version = c.version + 1,
            state = case when c.state = 'closed' then o.state else c.state end,
            snoozed_until = case when c.state = 'closed' then o.snoozed_until else c.snoozed_until end
        from jsonb_to_recordset($4) as o(id uuid, state text, snoozed_until timestamptz)
        where c.tenant_id = $1 and c.contact_id = $3 and c.id = o.id
        """;

    public string Name => "conversations";

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["conversations.conversation.contact_id"] = null,
        ["conversations.chat_session.answer_point_id"] = "the address itself goes along, under its id",
        ["conversations.message_file.subject_id"] = "under whose key its bytes were sealed: under another they would not open",
        ["conversations.rating.subject_id"] = "under whose key the comment was sealed: under another it would not open",
        ["conversations.draft.subject_id"] = "under whose key its words were sealed: under another they would not open",
        ["conversations.message.subject_id"] = "under whose key its words were sealed: under another they would not open",
    };

    public Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct) => connection.Ask(joined, Move, ct);

    public Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct) => connection.Ask(joined, MoveBack, ct, JoinedRows.Json(moved));
}
