using System.Globalization;
using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>How many marketing texts somebody may get in 24 hours where their state has a number for it. What is too much waits for a day.</summary>
public sealed class StateFrequency() : GateRule("state_frequency", 1, Categories.Marketing)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Florida Statutes 501.616(6)(b) counts those on the same subject; here every one counts.</summary>
    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { ["US-FL"] = 3 };

    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment)
    {
        if (Limit(question) is not { } limit)
            return Allow();
        var told = (("limit", (string?)Text(limit)), ("sent", (string?)Text(facts.MarketingInADay)));
        return facts.MarketingInADay < limit ? Allow(told.Item1, told.Item2) : Defer(moment.Now + Day, told.Item1, told.Item2);
    }

    /// <summary>Counts for those questions of a batch whose reader may be in such a state; most batches have none, and cost nothing.</summary>
    internal static async Task Count(NpgsqlConnection connection, Guid tenant, IReadOnlyList<GateQuestion> questions, GateFacts[] facts, DateTimeOffset now, CancellationToken ct)
    {
        var places = Enumerable.Range(0, questions.Count).Where(i => questions[i] is { Category: Categories.Marketing, Channel: Channels.Sms } && Limit(questions[i]) is not null).ToArray();
        if (places.Length == 0)
            return;
        await using var command = new NpgsqlCommand("""
            select q.n::int, (
                select count(distinct d.send_id)::int from privacy.decision d
                where d.tenant_id = $1 and d.address_key = q.address_key and d.at > $4 and d.outcome = 'allow' and d.category = 'marketing' and d.channel = 'sms' and d.send_id <> q.send_id)
            from unnest($2, $3) with ordinality as q(address_key, send_id, n)
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => questions[p].AddressKey)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => questions[p].SendId)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Day });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var place = places[reader.GetInt32(0) - 1];
            facts[place] = facts[place] with { MarketingInADay = reader.GetInt32(1) };
        }
    }

    private static int? Limit(GateQuestion question)
    {
        int? limit = null;
        foreach (var region in question.Regions.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Most.TryGetValue(region, out var most))
                limit = Math.Min(limit ?? most, most);
        }

        return limit;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
