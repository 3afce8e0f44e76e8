using System.Runtime.CompilerServices;
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
public sealed class Gate(PluraDb db, Tenant tenant, GateMoments moments, WarmUps warmUps) : IGate
{
    private const int PreviewChunk = 5_000;

    public void Hold(NpgsqlBatch batch, IEnumerable<Guid> addressKeys) => batch.BatchCommands.Add(GateSql.Hold(addressKeys));

    public async Task<IReadOnlyList<GateDecision>> Decide(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct)
    {
        if (questions.Count == 0)
            return [];
        var moment = await Moment(connection, ct);
        var facts = await GateSql.Facts(connection, tenant.Id, questions, moment.Frequency, moment.Now, locked: true, ct);
        await ConfirmedStops.Add(connection, tenant.Id, questions, facts, moment.Now, ct);
        var day = await Today(connection, questions, moment, locked: true, ct);
        var judged = new Judgements(moment);
        var decisions = new GateDecision[questions.Count];
        var reasons = new string[questions.Count];
        for (var i = 0; i < questions.Count; i++)
        {
            var answer = Judge(judged, questions[i], facts[i], day);
            decisions[i] = new GateDecision(Guid.CreateVersion7(moment.Now), questions[i].SendId, answer.Outcome, moment.Now, answer.Until, answer.Reasons);
            reasons[i] = answer.Json;
        }

        if (day is { Moved: true })
            await WarmUpSql.Keep(connection, tenant.Id, moment.WarmUp!.Day, day.Allowed, day.PutOff, ct);
        await GateSql.Store(connection, tenant.Id, questions, decisions, reasons, ct);
        return decisions;
    }

    public async IAsyncEnumerable<GateDecision> Preview(NpgsqlConnection connection, IEnumerable<GateQuestion> questions, [EnumeratorCancellation] CancellationToken ct)
    {
        var moment = await Moment(connection, ct);
        var judged = new Judgements(moment);
        Day? day = null;
        foreach (var chunk in questions.Chunk(PreviewChunk))
        {
            day ??= await Today(connection, chunk, moment, locked: false, ct);
            var facts = await GateSql.Facts(connection, tenant.Id, chunk, moment.Frequency, moment.Now, locked: false, ct);
            for (var i = 0; i < chunk.Length; i++)
            {
                var answer = Judge(judged, chunk[i], facts[i], day);
                yield return new GateDecision(Guid.Empty, chunk[i].SendId, answer.Outcome, moment.Now, answer.Until, answer.Reasons);
            }
        }
    }

    private async Task<GateMoment> Moment(NpgsqlConnection connection, CancellationToken ct)
    {
        var moment = await moments.Now(connection, tenant.Id, ct);
        return moment with { WarmUp = await warmUps.Of(connection, tenant.Id, moment.Now, ct) };
    }

    /// <summary>The day's count, where a limit holds and something in the batch is counted.</summary>
    private async Task<Day?> Today(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, GateMoment moment, bool locked, CancellationToken ct)
    {
        if (moment.WarmUp is not { } limit || !questions.Any(Counted))
            return null;
        var (allowed, putOff) = await WarmUpSql.Count(connection, tenant.Id, limit.Day, locked, ct);
        return new Day(limit, allowed, putOff);
    }

    private static bool Counted(GateQuestion question) => question is { Category: Categories.Marketing, TriedBefore: false };

    private static Judgement Judge(Judgements judged, GateQuestion question, GateFacts facts, Day? day)
    {
        if (day is null || !Counted(question))
            return judged.Judge(question, facts);
        var answer = judged.Judge(question, day.Facts(facts));
        day.Note(answer.Outcome, answer.Decisive is { Outcome: GateDecision.Defer, Rule: "warm_up" });
        return answer;
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
        foreach (var rule in GateRules.Of(question.Channel))
        {
            if (rule.Concerns(question))
                reasons.Add(rule.Judge(question, facts, moment));
        }

        // What must never go is denied now; what may go later waits only if nothing else stands in its way.
        var decisive = reasons.Find(r => r.Outcome == GateDecision.Deny) ?? reasons.Find(r => r.Outcome == GateDecision.Defer);
        return same[(alike, facts)] = new Judgement(decisive, reasons, JsonSerializer.Serialize(reasons, JsonSerializerOptions.Web));
    }
}

internal sealed record Judgement(GateReason? Decisive, IReadOnlyList<GateReason> Reasons, string Json)
{
    public string Outcome => Decisive?.Outcome ?? GateDecision.Allow;

    public DateTimeOffset? Until => Decisive?.Until;
}

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
