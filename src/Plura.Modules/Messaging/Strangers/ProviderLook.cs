using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <param name="Compared">How many messages the providers had on record.</param>
/// <param name="Receipts">How many of ours had lost their receipt, and have it now.</param>
/// <param name="Found">How many whose answer was lost had arrived at the provider after all.</param>
/// <param name="Strangers">Messages of which we know nothing.</param>
/// <param name="Silent">Providers that did not answer.</param>
public sealed record ProviderLooked(long Compared, int Receipts, int Found, IReadOnlyList<string> Strangers, IReadOnlyList<string> Silent);

/// <summary>
/// Holds what providers have on record against the ledger. A receipt that never reached us is made up for; a message whose answer was lost, so that
/// nobody knew whether it had left, is found; and what we know nothing of is a stranger.
/// </summary>
public sealed partial class ProviderLook(NpgsqlDataSource database, IServiceScopeFactory scopes, IEnumerable<IProviderRecords> providers, TimeProvider clock, ILogger<ProviderLook> log)
{
    /// <summary>What was taken within it may not be written down yet: the next look sees it too.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>A message whose answer was lost was taken about then.</summary>
    private const string Near = "5 minutes";

    public async Task<ProviderLooked> Run(DateTimeOffset since, CancellationToken ct)
    {
        var (compared, receipts, found) = (0L, 0, 0);
        var (strangers, silent) = (new List<string>(), new List<string>());
        var until = clock.GetUtcNow() - Young;
        foreach (var provider in providers)
        {
            try
            {
                await foreach (var batch in provider.Read(since, ct))
                {
                    var open = batch.Where(r => r.At >= since && r.At <= until).ToList();
                    compared += open.Count;
                    var (caught, lost) = await Settle(open, ct);
                    (receipts, found) = (receipts + caught, found + lost);
                    strangers.AddRange(open.Select(r => $"{provider.Name}:{r.ProviderId}"));
                }
            }
            catch (TransportDownException error)
            {
                NotRead(log, error, provider.Name);
                silent.Add(provider.Name);
            }
        }

        return new ProviderLooked(compared, receipts, found, strangers, silent);
    }

    /// <summary>Takes out of the list what is known, and leaves what is not.</summary>
    private async Task<(int Receipts, int Found)> Settle(List<ProviderRecord> open, CancellationToken ct)
    {
        var (caught, lost) = (0, 0);
        await using var connection = await database.OpenConnectionAsync(ct);
        foreach (var tenant in open.Count == 0 ? [] : await Tenants(connection, ct))
        {
            await using (var enter = TenantConnections.Set(connection, tenant))
                await enter.ExecuteNonQueryAsync(ct);
            var known = await Known(connection, tenant, open, ct);
            var unclear = await Unclear(connection, tenant, open.Where(r => !known.ContainsKey(r.ProviderId)), ct);
            foreach (var record in open.Where(r => known.TryGetValue(r.ProviderId, out var send) && !send.Settled && r.Receipt is not (null or ReceiptOutcome.Taken)))
                caught += await Take(tenant, known[record.ProviderId].Id, record, ct) ? 1 : 0;
            foreach (var (record, send) in unclear)
                lost += await Take(tenant, send, record, ct) ? 1 : 0;
            open.RemoveAll(r => known.ContainsKey(r.ProviderId) || unclear.Exists(u => u.Record.ProviderId == r.ProviderId));
        }

        return (caught, lost);
    }

    private async Task<bool> Take(Guid tenant, Guid send, ProviderRecord record, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<TakeReceiptHandler>().Handle(new TakeReceipt { AccountId = tenant, SendId = send, Outcome = record.Receipt ?? ReceiptOutcome.Taken, Code = record.Code, Words = record.Words, ProviderId = record.ProviderId }, ct)).Ok;
    }

    private static async Task<List<Guid>> Tenants(NpgsqlConnection connection, CancellationToken ct)
    {
        var tenants = new List<Guid>();
        await using var command = connection.Command("select distinct tenant_id from messaging.dispatch where channel = $1", Sql.Of(Channels.Sms));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            tenants.Add(reader.GetGuid(0));
        return tenants;
    }

    private static async Task<Dictionary<string, (Guid Id, bool Settled)>> Known(NpgsqlConnection connection, Guid tenant, List<ProviderRecord> open, CancellationToken ct)
    {
        var known = new Dictionary<string, (Guid, bool)>(StringComparer.Ordinal);
        await using var command = connection.Command("""
            select s.provider_id, s.id, exists (
                select from messaging.send_event e where e.tenant_id = $1 and e.send_id = s.id and e.kind in ('delivered', 'undelivered'))
            from messaging.send s where s.tenant_id = $1 and s.provider_id = any ($2)
            """, Sql.Of(tenant), Sql.Of(open.Select(r => r.ProviderId).ToArray()));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[reader.GetString(0)] = (reader.GetGuid(1), reader.GetBoolean(2));
        return known;
    }

    /// <summary>To the same number at the same time, one there and one here: that is the message whose answer was lost. Of several nobody can tell.</summary>
    private async Task<List<(ProviderRecord Record, Guid Send)>> Unclear(NpgsqlConnection connection, Guid tenant, IEnumerable<ProviderRecord> rest, CancellationToken ct)
    {
        var records = rest.ToList();
        await using var scope = scopes.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<IAddressKeys>();
        await using var command = connection.Command($"""
            with pair as (
                select r.number, s.id from unnest($2::int[], $3::uuid[], $4::timestamptz[]) as r (number, address_key, at)
                join messaging.send s on s.tenant_id = $1 and s.state = 'unknown' and s.provider_id is null and s.address_key = r.address_key
                    and s.intended_at between r.at - interval '{Near}' and r.at + interval '{Near}')
            select p.number, p.id from pair p
            where (select count(*) from pair q where q.number = p.number) = 1 and (select count(*) from pair q where q.id = p.id) = 1
            """,
            Sql.Of(tenant),
            Sql.Of(Enumerable.Range(0, records.Count).ToArray()),
            Sql.Of(records.ConvertAll(r => keys.Of(tenant, Channels.Sms, r.To)).ToArray()),
            Sql.Of(records.ConvertAll(r => r.At).ToArray()));
        var found = new List<(ProviderRecord, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add((records[reader.GetInt32(0)], reader.GetGuid(1)));
        return found;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} did not say what it took; it is asked again next night")]
    private static partial void NotRead(ILogger logger, Exception error, string provider);
}
