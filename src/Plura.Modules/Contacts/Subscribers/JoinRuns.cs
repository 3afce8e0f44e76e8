using Npgsql;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>Where a contact that became one with another stands in automations. Automations does not know of contacts, so this is said here.</summary>
internal sealed class JoinRuns(IContactRuns runs) : IMergesContacts
{
    public string Name => "automations";

    public IReadOnlyDictionary<string, string?> Columns => runs.Columns;

    public Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct) => runs.Join(connection, joined.Tenant, joined.Loser, joined.Winner, ct);

    public Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct) => runs.Part(connection, joined.Tenant, joined.Loser, joined.Winner, moved, ct);
}
