using System.Collections.Concurrent;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>Stands in where Privacy brings no gate: denies lost and suppressed addresses, stores each decision.</summary>
internal sealed class ObedientGate(Tenant tenant, TimeProvider clock) : IGate, ISuppression
{
    private static readonly ConcurrentDictionary<Guid, GateDecision> Stored = new();
    private static readonly ConcurrentDictionary<Guid, string> Suppressed = new();

    public async Task<IReadOnlyList<GateDecision>> Decide(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct)
    {
        var decisions = await Preview(connection, questions, ct);
        foreach (var (q, d) in questions.Zip(decisions))
        {
            await connection.Do(
                "insert into privacy.decision (tenant_id, id, send_id, outcome, at, address_key, channel, category, topic, reasons, rules_version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]', '1')",
                tenant.Id, d.Id, d.SendId, d.Outcome, d.At, q.AddressKey, q.Channel, q.Category, q.Topic);
            Stored[d.Id] = d;
        }

        return decisions;
    }

    public Task<IReadOnlyList<GateDecision>> Preview(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<IReadOnlyList<GateDecision>>([.. questions.Select(q => Answer(q, now))]);
    }

    public Task<GateDecision?> Find(Guid decisionId, CancellationToken ct) => Task.FromResult(Stored.GetValueOrDefault(decisionId));

    public Task Add(Guid addressKey, string channel, string reason, string detail, CancellationToken ct)
    {
        Suppressed[addressKey] = reason;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<Guid, string>> Blocked(NpgsqlConnection connection, string channel, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result> Lift(Guid addressKey, string channel, CancellationToken ct) => throw new NotSupportedException();

    private static GateDecision Answer(GateQuestion question, DateTimeOffset now)
    {
        var rule = question.HasAddress ? Suppressed.GetValueOrDefault(question.AddressKey) : "no_address";
        var outcome = rule is null ? GateDecision.Allow : GateDecision.Deny;
        return new GateDecision(Guid.CreateVersion7(now), question.SendId, outcome, now, null, [new GateReason(rule ?? "none", "1", outcome, new Dictionary<string, string>(StringComparer.Ordinal))]);
    }
}
