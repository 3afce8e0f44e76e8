using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>
/// Decides. Two round trips for a batch: locks and facts, then the decisions. What is the same for a whole account is remembered for
/// a few seconds.
/// </summary>
public sealed class Gate(PluraDb db, Tenant tenant, GateMoments moments) : IGate
{
    private const int PreviewChunk = 5_000;

    public async Task<IReadOnlyList<GateDecision>> Decide(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct)
    {
        if (questions.Count == 0)
            return [];
        var moment = await moments.Now(connection, tenant.Id, ct);
        var facts = await GateSql.Facts(connection, tenant.Id, questions, moment.Frequency, moment.Now, locked: true, ct);
        var judged = new Judgements(moment);
        var decisions = new GateDecision[questions.Count];
        var reasons = new string[questions.Count];
        for (var i = 0; i < questions.Count; i++)
        {
            var answer = judged.Judge(questions[i], facts[i]);
            decisions[i] = new GateDecision(Guid.CreateVersion7(moment.Now), questions[i].SendId, answer.Outcome, moment.Now, null, answer.Reasons);
            reasons[i] = answer.Json;
        }

        await GateSql.Store(connection, tenant.Id, questions, decisions, reasons, ct);
        return decisions;
    }

    public async Task<IReadOnlyList<GateDecision>> Preview(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct)
    {
        var moment = await moments.Now(connection, tenant.Id, ct);
        var judged = new Judgements(moment);
        var decisions = new List<GateDecision>(questions.Count);
        foreach (var chunk in questions.Chunk(PreviewChunk))
        {
            var facts = await GateSql.Facts(connection, tenant.Id, chunk, moment.Frequency, moment.Now, locked: false, ct);
            for (var i = 0; i < chunk.Length; i++)
            {
                var answer = judged.Judge(chunk[i], facts[i]);
                decisions.Add(new GateDecision(Guid.Empty, chunk[i].SendId, answer.Outcome, moment.Now, null, answer.Reasons));
            }
        }

        return decisions;
    }

    public async Task<GateDecision?> Find(Guid decisionId, CancellationToken ct)
    {
        var row = await db.Decisions.AsNoTracking().FirstOrDefaultAsync(d => d.Id == decisionId, ct);
        return row is null
            ? null
            : new GateDecision(row.Id, row.SendId, row.Outcome, row.At, row.DeferUntil, JsonSerializer.Deserialize<List<GateReason>>(row.Reasons, JsonSerializerOptions.Web) ?? []);
    }
}

/// <summary>Runs the rules; people whose facts are alike share one list of reasons, and its JSON.</summary>
internal sealed class Judgements(GateMoment moment)
{
    private readonly Dictionary<(GateQuestion, GateFacts), Judgement> same = [];

    public Judgement Judge(GateQuestion question, GateFacts facts)
    {
        // Everything that the rules look at, and nothing else, is the key.
        var alike = question with { SendId = Guid.Empty, ContactId = null, AddressKey = Guid.Empty };
        if (same.TryGetValue((alike, facts), out var known))
            return known;
        var reasons = new List<GateReason>(GateRules.All.Count);
        foreach (var rule in GateRules.All)
        {
            if (rule.Concerns(question.Category))
                reasons.Add(rule.Judge(question, facts, moment));
        }

        var outcome = reasons.Find(r => r.Outcome != GateDecision.Allow)?.Outcome ?? GateDecision.Allow;
        return same[(alike, facts)] = new Judgement(outcome, reasons, JsonSerializer.Serialize(reasons, JsonSerializerOptions.Web));
    }
}

internal sealed record Judgement(string Outcome, IReadOnlyList<GateReason> Reasons, string Json);

/// <summary>What is the same for a whole account or the whole installation; looked up at most every few seconds.</summary>
public sealed class GateMoments(AnchorWatch anchors, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, (FrequencyLimit? Limit, DateTimeOffset Until)> limits = new();

    public async Task<GateMoment> Now(NpgsqlConnection connection, Guid tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!limits.TryGetValue(tenant, out var limit) || limit.Until <= now)
            limits[tenant] = limit = (await GateSql.Frequency(connection, tenant, ct), now + Kept);
        return new GateMoment(now, configuration["Plura:Sending:Stopped"] is { Length: > 0 } why ? why : null, await anchors.Behind(ct), limit.Limit);
    }
}
