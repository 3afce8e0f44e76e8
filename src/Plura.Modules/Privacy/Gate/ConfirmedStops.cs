using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Whether the one confirmation of a withdrawal was allowed already. Asked only where a batch holds such a confirmation.</summary>
internal static class ConfirmedStops
{
    private const string Sql = """
        select q.n::int from unnest($2, $3) with ordinality as q(address_key, send_id, n)
        where exists (
            select from privacy.decision d
            where d.tenant_id = $1 and d.address_key = q.address_key and d.at > $4 and d.outcome = 'allow' and d.channel = 'sms'
              and d.category = 'stop_confirmation' and d.send_id <> q.send_id)
        """;

    public static async Task Add(NpgsqlConnection connection, Guid tenant, IReadOnlyList<GateQuestion> questions, GateFacts[] facts, DateTimeOffset now, CancellationToken ct)
    {
        if (!questions.Any(Confirms))
            return;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.AddressKey)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. questions.Select(q => q.SendId)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - StopConfirmation.Window });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var at = reader.GetInt32(0) - 1;
            facts[at] = facts[at] with { StopConfirmed = true };
        }

        // Two of one batch would not see each other's decision: the first stands for all.
        var seen = new HashSet<Guid>();
        for (var i = 0; i < facts.Length; i++)
        {
            if (Confirms(questions[i]) && !facts[i].StopConfirmed && !seen.Add(questions[i].AddressKey))
                facts[i] = facts[i] with { StopConfirmed = true };
        }
    }

    private static bool Confirms(GateQuestion question) => question.Category == Categories.StopConfirmation;
}
