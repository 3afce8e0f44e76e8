using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Gives one field of many contacts the same value, or empties it. Undo gives each its own back, unless it was changed since.</summary>
public sealed class BulkField(PluraDb db, BulkStory story, TimeProvider clock) : IBulkKind
{
    public string Kind => BulkAction.Field;

    public string Permission => "contacts.edit";

    public int Batch => 5000;

    public string Words(BulkValue value) => value.Text is "" or null ? $"Empty “{value.FieldLabel}”" : $"Set “{value.FieldLabel}” to “{value.Shown}”";

    public Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) => Put(action.ReadValue(), ids, ct);

    /// <summary>The same for whoever changes contacts otherwise.</summary>
    public async Task<IReadOnlyList<BulkChanged>> Put(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        if (!await Hold(value, ct))
            return [];
        await using var command = await Command(value, ids, ct);
        command.CommandText = """
            with old as (
                select c.id, coalesce(c.fields ->> @key, '') as value from contacts.contact c
                where c.tenant_id = @tenant and c.id = any(@ids) and coalesce(c.fields ->> @key, '') <> @value for update)
            update contacts.contact c set fields = case @value when '' then c.fields - @key else jsonb_set(c.fields, array[@key], to_jsonb(@value)) end, updated_at = @now, changed_in = pg_current_xact_id()
            from old where c.tenant_id = @tenant and c.id = old.id
            returning c.id, old.value
            """;
        var changed = await Read(command, ct);
        await story.Tell(changed.ConvertAll(c => (c.Id, (string[])[c.Old, value.Text ?? ""])), ContactChange.Edited, "fields." + value.Field, ct);
        return changed.ConvertAll(c => new BulkChanged(c.Id, c.Old));
    }

    public async Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct)
    {
        var value = action.ReadValue();
        if (!await Hold(value, ct))
            return [];
        await using var command = await Command(value, [.. changed.Select(c => c.ContactId)], ct);
        command.CommandText = """
            update contacts.contact c set fields = case r.before when '' then c.fields - @key else jsonb_set(c.fields, array[@key], to_jsonb(r.before)) end, updated_at = @now, changed_in = pg_current_xact_id()
            from unnest(@ids, @before) r (id, before)
            where c.tenant_id = @tenant and c.id = r.id and coalesce(c.fields ->> @key, '') = @value
            returning c.id, r.before
            """;
        command.Parameters.AddWithValue("before", changed.Select(c => c.Before).ToArray());
        var back = await Read(command, ct);
        await story.Tell(back.ConvertAll(c => (c.Id, (string[])[value.Text ?? "", c.Old])), ContactChange.Edited, "fields." + value.Field, ct);
        return back.ConvertAll(b => b.Id);
    }

    /// <summary>Whoever changes the fields themselves waits for us; false where this one is gone.</summary>
    private async Task<bool> Hold(BulkValue value, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({FieldRules.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        return await db.CustomFields.AnyAsync(f => f.Entity == CustomField.OnContacts && f.Key == value.Field && !f.IsUnique, ct);
    }

    private async Task<NpgsqlCommand> Command(BulkValue value, Guid[] ids, CancellationToken ct)
    {
        var command = await ListContactsHandler.Command(db, ct);
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("key", value.Field!);
        command.Parameters.AddWithValue("value", value.Text ?? "");
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        return command;
    }

    private static async Task<List<(Guid Id, string Old)>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        var rows = new List<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetGuid(0), await reader.IsDBNullAsync(1, ct) ? "" : reader.GetString(1)));
        return rows;
    }
}
