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
/// <param name="Silent">Providers that did not say what they took.</param>
public sealed record ProviderLooked(long Compared, int Receipts, int Found, IReadOnlyList<string> Strangers, IReadOnlyList<string> Silent);

/// <summary>
/// Holds what providers have on record of texts from our numbers against the ledger. A receipt that never reached us is made up for; a message whose
/// answer was lost, so that nobody knew whether it had left, is found; and what we know nothing of is a stranger.
/// </summary>
public sealed partial class ProviderLook(NpgsqlDataSource database, IServiceScopeFactory scopes, IEnumerable<IProviderRecords> providers, TimeProvider clock, ILogger<ProviderLook> log)
{
    /// <summary>What was taken within it may not be written down yet: the next look sees it too.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>How far back a provider is asked the first time.</summary>
    public static readonly TimeSpan First = TimeSpan.FromDays(2);

    /// <param name="since">From when on each provider is asked, by its name.</param>
    /// <param name="ct">Stops between pages.</param>
    public async Task<ProviderLooked> Run(Func<string, DateTimeOffset> since, CancellationToken ct)
    {
        var sum = new ProviderLooked(0, 0, 0, [], []);
        foreach (var provider in providers)
        {
            try
            {
                var open = await Read(provider, since(provider.Name), ct);
                var (compared, receipts, found) = (open.Count, await Known(open, ct), await Lost(open, ct));
                sum = sum with { Compared = sum.Compared + compared, Receipts = sum.Receipts + receipts, Found = sum.Found + found, Strangers = [.. sum.Strangers, .. open.Select(r => $"{provider.Name}:{r.ProviderId}")] };
            }
            catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // Whatever it is: what other providers and our own logs say is told all the same.
                NotRead(log, error, provider.Name);
                sum = sum with { Silent = [.. sum.Silent, provider.Name] };
            }
        }

        return sum;
    }

    /// <summary>Only what left from our numbers: other programs may share the provider.</summary>
    private async Task<List<ProviderRecord>> Read(IProviderRecords provider, DateTimeOffset since, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var numbers = scope.ServiceProvider.GetRequiredService<TextNumbers>();
        var until = clock.GetUtcNow() - Young;
        var all = new List<ProviderRecord>();
        await foreach (var batch in provider.Read(since, ct))
            all.AddRange(batch.Where(r => r.At >= since && r.At <= until && numbers.Registered(r.From) is not null));
        return all;
    }

    /// <summary>Takes out of the list what some account knows by the provider's own id; answers how many receipts were made up for.</summary>
    private async Task<int> Known(List<ProviderRecord> open, CancellationToken ct)
    {
        var caught = 0;
        await using var connection = await database.OpenConnectionAsync(ct);
        foreach (var tenant in open.Count == 0 ? [] : await Tenants(connection, ct))
        {
            var known = new Dictionary<string, (Guid Id, bool Settled)>(StringComparer.Ordinal);
            await using (var command = connection.Command("""
                select s.provider_id, s.id, exists (
                    select from messaging.send_event e where e.tenant_id = $1 and e.send_id = s.id and e.kind in ('delivered', 'undelivered'))
                from messaging.send s where s.tenant_id = $1 and s.provider_id = any ($2)
                """, Sql.Of(await Enter(connection, tenant, ct)), Sql.Of(open.Select(r => r.ProviderId).ToArray())))
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct))
                    known[reader.GetString(0)] = (reader.GetGuid(1), reader.GetBoolean(2));
            }

            foreach (var record in open.Where(r => r.Receipt is not (null or ReceiptOutcome.Taken) && known.TryGetValue(r.ProviderId, out var send) && !send.Settled))
                caught += await Take(tenant, known[record.ProviderId].Id, record, ct) ? 1 : 0;
            open.RemoveAll(r => known.ContainsKey(r.ProviderId));
        }

        return caught;
    }

    /// <summary>
    /// Takes out of the list what may be a message of ours that has no name at the provider: to the same number, at the same time. Where it can be only
    /// one, and that one's answer was lost, it is settled; answers how many. The others are nobody's strangers, and a person decides about them.
    /// </summary>
    private async Task<int> Lost(List<ProviderRecord> open, CancellationToken ct)
    {
        var pairs = new List<(int Record, Guid Tenant, Guid Send, bool Unclear)>();
        await using (var connection = await database.OpenConnectionAsync(ct))
        {
            foreach (var tenant in open.Count == 0 ? [] : await Tenants(connection, ct))
                await Pair(connection, tenant, open, pairs, ct);
        }

        var (found, ofRecord, ofSend) = (0, pairs.CountBy(p => p.Record).ToDictionary(), pairs.CountBy(p => p.Send).ToDictionary());
        foreach (var (record, tenant, send, _) in pairs.Where(p => p.Unclear && ofRecord[p.Record] == 1 && ofSend[p.Send] == 1))
            found += await Take(tenant, send, open[record], ct) ? 1 : 0;
        var ours = pairs.Select(p => open[p.Record].ProviderId).ToHashSet(StringComparer.Ordinal);
        open.RemoveAll(r => ours.Contains(r.ProviderId));
        return found;
    }

    private async Task Pair(NpgsqlConnection connection, Guid tenant, List<ProviderRecord> open, List<(int Record, Guid Tenant, Guid Send, bool Unclear)> pairs, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<IAddressKeys>();
        // By way of what was sent from lately: the sends of an account have no index of their addresses.
        await using var command = connection.Command("""
            select r.number, s.id, s.state = 'unknown' and s.provider_id is null
            from messaging.dispatch d
            join messaging.send s on s.tenant_id = $1 and s.origin = d.origin and s.origin_id = d.origin_id and s.address_key = any ($3)
            join unnest($2::int[], $3::uuid[], $4::timestamptz[]) as r (number, address_key, at) on r.address_key = s.address_key
            where d.tenant_id = $1 and d.channel = 'sms' and d.served_at >= $5
              -- One that has another name there is another message, unless it was tried more than once.
              and (s.provider_id is null or s.attempt > 1) and exists (
                select from messaging.send_attempt a
                where a.tenant_id = $1 and a.send_id = s.id and a.at between r.at - interval '5 minutes' and r.at + interval '5 minutes')
            """,
            Sql.Of(await Enter(connection, tenant, ct)),
            Sql.Of(Enumerable.Range(0, open.Count).ToArray()),
            Sql.Of(open.ConvertAll(r => keys.Of(tenant, Channels.Sms, r.To)).ToArray()),
            Sql.Of(open.ConvertAll(r => r.At).ToArray()),
            Sql.Of(open.Min(r => r.At).AddDays(-1)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            pairs.Add((reader.GetInt32(0), tenant, reader.GetGuid(1), reader.GetBoolean(2)));
    }

    private async Task<bool> Take(Guid tenant, Guid send, ProviderRecord record, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<TakeReceiptHandler>().Handle(
            new TakeReceipt { AccountId = tenant, SendId = send, Outcome = record.Receipt ?? ReceiptOutcome.Taken, Code = record.Code, Words = record.Words, ProviderId = record.ProviderId }, ct)).Ok;
    }

    private static async Task<Guid> Enter(NpgsqlConnection connection, Guid tenant, CancellationToken ct)
    {
        await using var enter = TenantConnections.Set(connection, tenant);
        await enter.ExecuteNonQueryAsync(ct);
        return tenant;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} did not say what it took; it is asked again next night, from where it was last heard")]
    private static partial void NotRead(ILogger logger, Exception error, string provider);
}
