using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Plura.Messaging;

/// <summary>
/// Receiving domains that asked for patience. The table is shared by all nodes and accounts; a node keeps a copy that each claim
/// refreshes. A domain is known by a hash of its name.
/// </summary>
public sealed class Destinations(NpgsqlDataSource database)
{
    /// <summary>So many refusals in a row make everybody wait for this domain.</summary>
    public const int Patience = 5;

    private readonly ConcurrentDictionary<Guid, (int Failures, DateTimeOffset WaitUntil)> known = new();

    /// <param name="address">Who gets it.</param>
    /// <param name="marketing">A stream of its own: a campaign that a domain has had enough of keeps nobody's sign-in code waiting.</param>
    public static Guid Key(string address, bool marketing = false)
    {
        var domain = (marketing ? "marketing " : "") + address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(domain)).AsSpan(0, 16), bigEndian: true);
    }

    public DateTimeOffset? WaitUntil(Guid domain, DateTimeOffset now) =>
        known.TryGetValue(domain, out var mood) && mood.WaitUntil > now ? mood.WaitUntil : null;

    public async Task Refresh(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select domain_key, failures, wait_until from messaging.destination");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seen = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
        {
            seen.Add(reader.GetGuid(0));
            known[reader.GetGuid(0)] = (reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2));
        }

        foreach (var gone in known.Keys.Where(k => !seen.Contains(k)))
            known.TryRemove(gone, out _);
    }

    /// <summary>Hears one answer of a domain. Only a change costs a statement: a domain in good order is never written.</summary>
    public async Task Heard(Guid domain, HandOff answer, DateTimeOffset now, CancellationToken ct)
    {
        if (Outcomes.AsksForPatience(answer))
        {
            await using var note = database.CreateCommand("""
                insert into messaging.destination (domain_key, failures, wait_until) values ($1, 1, $2)
                on conflict (domain_key) do update set failures = destination.failures + 1 returning failures
                """);
            note.Parameters.Add(new NpgsqlParameter { Value = domain });
            note.Parameters.Add(new NpgsqlParameter { Value = now });
            var failures = (int)(await note.ExecuteScalarAsync(ct))!;
            if (failures < Patience)
            {
                known[domain] = (failures, now);
                return;
            }

            var until = now + Outcomes.Pause(failures - Patience + 1);
            await using var wait = database.CreateCommand("update messaging.destination set wait_until = greatest(wait_until, $2) where domain_key = $1");
            wait.Parameters.Add(new NpgsqlParameter { Value = domain });
            wait.Parameters.Add(new NpgsqlParameter { Value = until });
            await wait.ExecuteNonQueryAsync(ct);
            known[domain] = (failures, until);
        }
        else if (answer.Outcome == HandOffOutcome.Accepted && known.TryRemove(domain, out _))
        {
            await using var forget = database.CreateCommand("delete from messaging.destination where domain_key = $1");
            forget.Parameters.Add(new NpgsqlParameter { Value = domain });
            await forget.ExecuteNonQueryAsync(ct);
        }
    }
}
