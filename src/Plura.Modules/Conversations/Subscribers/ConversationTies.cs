using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Conversations;

/// <summary>With whom something was written is somebody: taking an import back keeps them.</summary>
internal sealed class ConversationTies : IContactTies
{
    public async Task Tie(NpgsqlConnection connection, Guid tenant, Guid first, Guid last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into contact_tie select distinct contact_id from conversations.conversation where tenant_id = $1 and contact_id between $2 and $3", connection);
        foreach (var id in (Guid[])[tenant, first, last])
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteNonQueryAsync(ct);
    }
}
