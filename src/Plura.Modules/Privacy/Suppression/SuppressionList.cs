using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Blocks and unblocks addresses. Each change is an event in the ledger as well, so that the list has a history.</summary>
public sealed class SuppressionList(PluraDb db, Tenant tenant, LedgerWriter writer, TimeProvider clock) : ISuppression
{
    // The graver reason stays: a later bounce must not make an erased address liftable.
    private const string Upsert = """
        insert into privacy.suppression (tenant_id, address_key, channel, reason, detail, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, address_key, channel) do update
        set reason = excluded.reason, detail = excluded.detail, at = excluded.at
        where privacy.suppression.reason = 'hard_bounce' and excluded.reason <> 'hard_bounce'
        """;

    public async Task Add(Guid addressKey, string channel, string reason, string detail, CancellationToken ct) =>
        await writer.InTransaction(
            async connection =>
            {
                await writer.Append(connection, Draft(addressKey, channel, ConsentActs.Suppressed, reason), wording: null, ct);
                await using var command = new NpgsqlCommand(Upsert, connection);
                foreach (var value in (object[])[tenant.Id, addressKey, channel, reason, detail, clock.GetUtcNow()])
                    command.Parameters.Add(new NpgsqlParameter { Value = value });
                return await command.ExecuteNonQueryAsync(ct);
            }, ct);

    private const string BlockedMembers = """
        select m.address_key, coalesce(b.reason, s.act)
        from (select distinct address_key from consent_members where address_key is not null) m
        left join privacy.suppression b on b.tenant_id = $1 and b.address_key = m.address_key and b.channel = $2
        left join privacy.consent_state s on s.tenant_id = $1 and s.address_key = m.address_key and s.channel = $2 and s.topic = 'all'
            and s.act in ('withdrawn', 'denied')
        where b.address_key is not null or s.address_key is not null
        """;

    public async Task<IReadOnlyDictionary<Guid, string>> Blocked(NpgsqlConnection connection, string channel, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BlockedMembers, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = tenant.Id });
        command.Parameters.Add(new NpgsqlParameter { Value = channel });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var blocked = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(ct))
            blocked[reader.GetGuid(0)] = reader.GetString(1);
        return blocked;
    }

    public async Task<Result> Lift(Guid addressKey, string channel, CancellationToken ct)
    {
        var row = await db.Suppressions.AsNoTracking().FirstOrDefaultAsync(s => s.AddressKey == addressKey && s.Channel == channel, ct);
        if (row is null)
            return Refusal.NotFound("suppression.none", "This address is not blocked.");
        if (row.Reason == SuppressionReasons.Complaint)
            return Refusal.Conflict("suppression.complaint", "This person reported a message as unwanted. Only they can change that, by signing up again.");
        if (row.Reason == SuppressionReasons.Erased)
            return Refusal.Conflict("suppression.erased", "This person asked to be forgotten. Only they can change that, by signing up again.");

        await writer.InTransaction(
            async connection =>
            {
                await writer.Append(connection, Draft(addressKey, channel, ConsentActs.Lifted, row.Reason), wording: null, ct);
                return await db.Suppressions.Where(s => s.TenantId == tenant.Id && s.AddressKey == addressKey && s.Channel == channel && s.Reason == row.Reason).ExecuteDeleteAsync(ct);
            }, ct);
        return Result.Done;
    }

    private LedgerRow Draft(Guid addressKey, string channel, string act, string reason) =>
        writer.Draft(channel, Topics.All, act, ConsentDoors.Provider) with { AddressKey = addressKey, Source = reason };
}
