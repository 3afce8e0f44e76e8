using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Gives many contacts to one person, or to nobody. Undo gives each back to whoever had it, unless it changed hands since.</summary>
public sealed class BulkAssign(PluraDb db, BulkStory story, Assignees assignees, TimeProvider clock) : IBulkKind
{
    public string Kind => BulkAction.Assign;

    public string Permission => "contacts.edit";

    public int Batch => 5000;

    public string Words(BulkValue value) => value.Assignee is null ? "Assign to nobody" : $"Assign to {value.AssigneeName}";

    public Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) => Put(action.ReadValue(), ids, ct);

    /// <summary>The same for whoever changes contacts otherwise.</summary>
    public async Task<IReadOnlyList<BulkChanged>> Put(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = """
            with old as (
                select c.id, c.assignee_id from contacts.contact c
                where c.tenant_id = @tenant and c.id = any(@ids) and c.assignee_id is distinct from @to for update)
            update contacts.contact c set assignee_id = @to, updated_at = @now, changed_in = pg_current_xact_id() from old where c.tenant_id = @tenant and c.id = old.id
            returning c.id, old.assignee_id
            """;
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("to", NpgsqlTypes.NpgsqlDbType.Uuid, (object?)value.Assignee ?? DBNull.Value);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        var changed = new List<BulkChanged>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                changed.Add(new BulkChanged(reader.GetGuid(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetGuid(1).ToString()));
        }

        await story.Tell(changed.ConvertAll(c => c.ContactId), ContactChange.Assigned, "to", value.AssigneeName ?? "", ct);
        return changed;
    }

    public async Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct)
    {
        // To whoever belongs to the account still; what somebody had who left is nobody's.
        var people = (await assignees.Everybody(ct)).ToDictionary(p => p.Id, p => p.Name);
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = """
            update contacts.contact c set assignee_id = case when r.before::uuid = any(@people) then r.before::uuid end, updated_at = @now, changed_in = pg_current_xact_id()
            from unnest(@ids, @before) r (id, before)
            where c.tenant_id = @tenant and c.id = r.id and c.assignee_id is not distinct from @to
            returning c.id, c.assignee_id
            """;
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("ids", changed.Select(c => c.ContactId).ToArray());
        command.Parameters.AddWithValue("before", changed.Select(c => c.Before).ToArray());
        command.Parameters.AddWithValue("people", people.Keys.ToArray());
        command.Parameters.AddWithValue("to", NpgsqlTypes.NpgsqlDbType.Uuid, (object?)action.ReadValue().Assignee ?? DBNull.Value);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        var back = new List<(Guid Id, Guid? To)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                back.Add((reader.GetGuid(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetGuid(1)));
        }

        foreach (var some in back.GroupBy(b => b.To))
            await story.Tell(some.Select(b => b.Id).ToList(), ContactChange.Assigned, "to", some.Key is { } to ? people[to] : "", ct);
        return back.ConvertAll(b => b.Id);
    }
}
