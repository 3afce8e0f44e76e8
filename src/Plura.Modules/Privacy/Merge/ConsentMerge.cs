using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>The strictest of two people's permissions holds when they become one; the ledger is only ever added to.</summary>
public sealed class ConsentMerge(PluraDb db, Tenant tenant, LedgerWriter writer, TakenBack takenBack, TimeProvider clock) : IConsentMerge
{
    /// <summary>The source of every event that a merge appends.</summary>
    public const string Source = "merged";

    private const string Block = """
        insert into privacy.suppression (tenant_id, address_key, channel, reason, detail, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, address_key, channel) do update set reason = excluded.reason, detail = excluded.detail, at = excluded.at
        """;

    private const string Unblock = "delete from privacy.suppression where tenant_id = $1 and address_key = $2 and channel = $3 and detail = $4";

    public async Task<IReadOnlyList<ConsentSpread>> Ask(IReadOnlyList<ConsentAddress> addresses, CancellationToken ct)
    {
        var keys = addresses.Select(a => a.Key).Distinct().ToArray();
        var spread = new List<ConsentSpread>();
        var refused = await db.Database.SqlQuery<Refused>($"""
            select s.address_key, s.channel, s.topic, s.act, null as reason from privacy.consent_state s
            where s.tenant_id = {tenant.Id} and s.address_key = any ({keys}) and s.act in ('withdrawn', 'denied')
            union all
            select b.address_key, b.channel, 'all', 'suppressed', b.reason from privacy.suppression b
            where b.tenant_id = {tenant.Id} and b.address_key = any ({keys})
            order by 2, 3, 4, 1
            """).ToListAsync(ct);
        foreach (var wish in refused.Where(r => r.Reason != SuppressionReasons.HardBounce).GroupBy(r => (r.Channel, r.Topic, Blocked: r.Reason is not null)))
        {
            // Of several blocks the gravest: who asked to be forgotten, before who complained, before the rest.
            var from = wish.OrderByDescending(r => Gravity(r.Reason)).First();
            var have = wish.Select(r => r.AddressKey).ToHashSet();
            foreach (var to in addresses.Where(a => a.Channel == wish.Key.Channel && !have.Contains(a.Key)).DistinctBy(a => a.Key).OrderBy(a => a.Key))
                spread.Add(new ConsentSpread(from.AddressKey, to.Key, from.Channel, from.Topic, from.Act, from.Reason));
        }

        return spread;
    }

    public async Task<string> Join(Guid mergeId, Guid contactId, IReadOnlyList<ConsentAddress> addresses, CancellationToken ct)
    {
        var said = await writer.InTransaction(
            async connection =>
            {
                // Nobody writes to the ledger between the question and what follows from it.
                await writer.Take(connection, addressAlone: null, ct);
                var said = new List<Said>();
                foreach (var spread in await Ask(addresses, ct))
                    said.Add(await Append(connection, mergeId, contactId, spread, ct));
                return said;
            }, ct);
        return JsonSerializer.Serialize(said);
    }

    public async Task Part(Guid mergeId, Guid contactId, string joined, CancellationToken ct) =>
        await writer.InTransaction(
            async connection =>
            {
                foreach (var said in JsonSerializer.Deserialize<List<Said>>(joined) ?? [])
                    await (said.Reason is null ? TakeBack(connection, contactId, said, ct) : Lift(connection, mergeId, contactId, said, ct));
                return true;
            }, ct);

    private async Task<Said> Append(NpgsqlConnection connection, Guid mergeId, Guid contactId, ConsentSpread spread, CancellationToken ct)
    {
        var draft = writer.Draft(spread.Channel, spread.Topic, spread.Act, ConsentDoors.Merge) with { AddressKey = spread.To, SubjectId = contactId, Source = spread.Reason ?? Source };
        var row = await writer.Append(connection, draft, wording: null, ct);
        if (spread.Reason is null)
            return new Said(row.Id, row.Seq, spread.To, spread.Channel, spread.Topic, null, null);
        var before = await db.Suppressions.AsNoTracking().SingleOrDefaultAsync(s => s.AddressKey == spread.To && s.Channel == spread.Channel, ct);
        await Do(connection, Block, ct, tenant.Id, spread.To, spread.Channel, spread.Reason, Detail(mergeId), clock.GetUtcNow());
        return new Said(row.Id, row.Seq, spread.To, spread.Channel, spread.Topic, spread.Reason, before is null ? null : new OldBlock(before.Reason, before.Detail, before.At));
    }

    private Task TakeBack(NpgsqlConnection connection, Guid contactId, Said said, CancellationToken ct)
    {
        var draft = writer.Draft(said.Channel, said.Topic, ConsentActs.Retracted, ConsentDoors.Merge) with { AddressKey = said.Key, SubjectId = contactId, Source = Source, Retracts = said.Event };
        return takenBack.Write(connection, draft, said.Seq, ct);
    }

    private async Task Lift(NpgsqlConnection connection, Guid mergeId, Guid contactId, Said said, CancellationToken ct)
    {
        // Gone already where the person came back by the link in a mail.
        if (await Do(connection, Unblock, ct, tenant.Id, said.Key, said.Channel, Detail(mergeId)) == 0)
            return;
        await writer.Append(connection, Draft(said, contactId, ConsentActs.Lifted, said.Reason!), wording: null, ct);
        if (said.Before is not { } before)
            return;
        await writer.Append(connection, Draft(said, contactId, ConsentActs.Suppressed, before.Reason), wording: null, ct);
        await Do(connection, Block, ct, tenant.Id, said.Key, said.Channel, before.Reason, before.Detail, before.At);
    }

    private LedgerRow Draft(Said said, Guid contactId, string act, string reason) =>
        writer.Draft(said.Channel, said.Topic, act, ConsentDoors.Merge) with { AddressKey = said.Key, SubjectId = contactId, Source = reason };

    private static async Task<int> Do(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static string Detail(Guid mergeId) => $"merge {mergeId}";

    private static int Gravity(string? reason) => reason switch
    {
        SuppressionReasons.Erased => 4,
        SuppressionReasons.Complaint => 3,
        SuppressionReasons.Restricted => 2,
        SuppressionReasons.Blocked => 1,
        _ => 0,
    };

    private sealed record Refused(Guid AddressKey, string Channel, string Topic, string Act, string? Reason);

    /// <summary>One event that the merge appended; for a block also what stood there before.</summary>
    private sealed record Said(Guid Event, long Seq, Guid Key, string Channel, string Topic, string? Reason, OldBlock? Before);

    private sealed record OldBlock(string Reason, string Detail, DateTimeOffset At);
}
