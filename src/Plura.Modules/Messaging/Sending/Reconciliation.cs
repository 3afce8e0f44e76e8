using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Compares what transports say they took with what the ledger allowed. A message without an attempt that stands on an allowing
/// decision is a stranger: somebody sent past the gate.
/// </summary>
public sealed class Reconciliation(NpgsqlDataSource database, IEnumerable<ITransportLog> logs)
{
    /// <param name="since">How far back the transports' own logs are read; the ledger is always read whole.</param>
    /// <param name="ct">Stops between batches.</param>
    public Task<Reconciled> Run(DateTimeOffset since, CancellationToken ct) => Compare(since, DateTimeOffset.UnixEpoch, ct);

    /// <param name="since">From when on both are read, the transports' logs and the ledger.</param>
    /// <param name="ct">Stops between batches.</param>
    public Task<Reconciled> Lately(DateTimeOffset since, CancellationToken ct) => Compare(since, since, ct);

    private async Task<Reconciled> Compare(DateTimeOffset since, DateTimeOffset ledgerSince, CancellationToken ct)
    {
        var result = new Reconciled();
        await using var connection = await database.OpenConnectionAsync(ct);
        var tenants = await Tenants(connection, ct);
        foreach (var tenant in tenants)
            await Ledger(connection, tenant, ledgerSince, result, ct);
        foreach (var log in logs)
        {
            await foreach (var batch in log.Read(since, ct))
            {
                result.Checked += batch.Count;
                var open = await Unknown(connection, tenants, batch, ct);
                // An account may have sent for the first time while we looked.
                if (open.Count > 0)
                    open = await Unknown(connection, await Tenants(connection, ct), open, ct);
                foreach (var message in open)
                    result.Stranger(message.MessageId);
            }
        }

        return result;
    }

    private static async Task<List<Guid>> Tenants(NpgsqlConnection connection, CancellationToken ct)
    {
        var tenants = new List<Guid>();
        await using var command = connection.Command("select distinct tenant_id from messaging.dispatch");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            tenants.Add(reader.GetGuid(0));
        return tenants;
    }

    /// <summary>Our own log: each hand-over of a send has its attempt, and the database binds an attempt to an allowing decision.</summary>
    private static async Task Ledger(NpgsqlConnection connection, Guid tenant, DateTimeOffset since, Reconciled result, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("select set_config('plura.tenant_id', $1, false)", Sql.Of(tenant.ToString()));
        batch.Add("select count(*) from messaging.send_attempt where tenant_id = $1 and at >= $2", Sql.Of(tenant), Sql.Of(since));
        batch.Add("""
            select s.id::text from messaging.send s
            where s.tenant_id = $1 and s.state in ('intended', 'accepted', 'bounced', 'unknown') and s.attempt > 0
              and coalesce(s.intended_at, s.finished_at, s.planned_at) >= $2
              and not exists (select from messaging.send_attempt a where a.tenant_id = $1 and a.send_id = s.id and a.attempt = s.attempt and a.outcome = 'allow')
            """, Sql.Of(tenant), Sql.Of(since));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        result.Checked += reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            result.Stranger(reader.GetString(0));
    }

    /// <summary>Those of a transport's messages for which none of these accounts has an attempt on an allowing decision.</summary>
    private static async Task<List<HandedOver>> Unknown(NpgsqlConnection connection, List<Guid> tenants, IReadOnlyList<HandedOver> batch, CancellationToken ct)
    {
        var open = batch.ToList();
        foreach (var tenant in tenants)
        {
            var here = open.Where(m => m.TenantId is null || m.TenantId == tenant).ToList();
            if (here.Count == 0)
                continue;
            await using (var enter = TenantConnections.Set(connection, tenant))
                await enter.ExecuteNonQueryAsync(ct);
            var known = new HashSet<string>(StringComparer.Ordinal);
            await using var command = connection.Command("""
                select m.message_id from unnest($2::text[], $3::uuid[], $4::uuid[]) as m (message_id, send_id, decision_id)
                where exists (
                    select from messaging.send_attempt a
                    where a.tenant_id = $1 and a.send_id = m.send_id and a.outcome = 'allow' and (m.decision_id is null or a.decision_id = m.decision_id))
                """,
                Sql.Of(tenant),
                Sql.Of(here.Select(m => m.MessageId).ToArray()),
                Sql.Of(here.Select(m => SendOf(m.MessageId)).ToArray()),
                Sql.Of(here.Select(m => m.DecisionId).ToArray()));
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct))
                    known.Add(reader.GetString(0));
            }

            open.RemoveAll(m => known.Contains(m.MessageId));
        }

        return open;
    }

    /// <summary>A Message-ID of ours begins with the send's id.</summary>
    private static Guid SendOf(string messageId) => Guid.TryParse(messageId.Split('@')[0], out var id) ? id : Guid.Empty;
}

/// <summary>How many hand-overs were compared, and which of them nobody allowed.</summary>
public sealed class Reconciled
{
    private const int MostExamples = 20;
    private readonly List<string> all = [];

    public long Checked { get; internal set; }

    public int Strangers => all.Count;

    /// <summary>The first of them: Message-IDs, or the ids of sends.</summary>
    public IReadOnlyList<string> Examples => [.. all.Take(MostExamples)];

    /// <summary>Each of them. Not part of the command's answer.</summary>
    internal IReadOnlyList<string> All => all;

    internal void Stranger(string id) => all.Add(id);
}

/// <summary><c>bin/plura sends reconcile</c>.</summary>
public sealed class ReconcileSends(TimeProvider clock) : ICommand
{
    public string Name => "sends reconcile";

    public string Help => "compares what the transports took with what the gate allowed; strangers must be 0 (--days 30)";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var days = int.TryParse(options.Get("days"), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 30;
        return await services.GetRequiredService<Reconciliation>().Run(clock.GetUtcNow().AddDays(-days), ct);
    }
}
