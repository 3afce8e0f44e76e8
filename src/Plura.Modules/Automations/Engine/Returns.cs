using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Puts contacts who were taken out of automations back, in the transaction that is open.</summary>
internal sealed class Returns(PluraDb db, Listeners listeners) : IReturns
{
    public async Task<IReadOnlyList<Guid>> PutBack(IReadOnlyCollection<Enrolled> runs, CancellationToken ct)
    {
        // Whoever came in again meanwhile stays there: nobody is to get everything twice.
        await listeners.Hold(ct);
        await using var command = new NpgsqlCommand("""
            update automations.run r set state = x.stood ->> 'state', reason = x.stood ->> 'reason', step_id = (x.stood ->> 'step')::uuid, wake_at = (x.stood ->> 'wake')::timestamptz,
                awaits = x.stood ->> 'awaits', woken = (x.stood ->> 'woken')::boolean, attempt = (x.stood ->> 'attempt')::int, since = (x.stood ->> 'since')::timestamptz
            from (select id, stood::jsonb as stood from unnest($3::uuid[], $4::text[]) t (id, stood)) x
            where r.tenant_id = $1 and r.id = x.id and r.state = 'stopped' and r.reason = $2
              and exists (select from automations.automation a where a.tenant_id = $1 and a.id = r.automation_id and a.deleted_at is null)
              and not exists (select from automations.run o where o.tenant_id = $1 and o.automation_id = r.automation_id and o.contact_id = r.contact_id and o.entry > r.entry)
            returning r.contact_id
            """, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = db.Tenant.Id });
        command.Parameters.Add(new() { Value = StopReasons.TakenOut });
        command.Parameters.Add(new() { Value = runs.Select(r => r.RunId).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(r => r.Stood ?? "{}").ToArray() });
        var back = new List<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                back.Add(reader.GetGuid(0));
        }

        // What they wait for may have been waited for by nobody since.
        await listeners.Renew(ct);
        await db.SaveChangesAsync(ct);
        return back;
    }
}
