using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>Who was sent something, or is about to be: "why did this person get it" must still have an answer.</summary>
internal sealed class SentTies : IContactTies
{
    public async Task Tie(NpgsqlConnection connection, Guid tenant, Guid first, Guid last, CancellationToken ct)
    {
        await using var command = connection.Command(
            "insert into contact_tie select distinct contact_id from messaging.send where tenant_id = $1 and contact_id between $2 and $3",
            Sql.Of(tenant), Sql.Of(first), Sql.Of(last));
        await command.ExecuteNonQueryAsync(ct);
    }
}
