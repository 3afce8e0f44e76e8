using System.Text.Json;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A contact that a bulk action changed, and what undo must know of how it was, or the line that was written of it.</summary>
public sealed record BulkChanged(Guid ContactId, string? Before = null);

/// <summary>One thing that can be done to many contacts: set-based, a batch at a time, inside the batch's transaction.</summary>
public interface IBulkKind
{
    string Kind { get; }

    /// <summary>Who may do it.</summary>
    string Permission { get; }

    /// <summary>Who may take it back, where that takes more.</summary>
    string UndoPermission => Permission;

    /// <summary>How many contacts one transaction takes.</summary>
    int Batch { get; }

    /// <summary>What is done, for the page and the log: "Add the tag “VIP”".</summary>
    string Words(BulkValue value);

    /// <summary>Does it; answers those that it changed. What was so already is left alone and not told.</summary>
    Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct);

    /// <summary>Puts back what still is as the action left it; answers those.</summary>
    Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct);
}

/// <summary>The lines in the contacts' stories, without one tracked row for each.</summary>
public sealed class BulkStory(PluraDb db, Actor actor, TimeProvider clock)
{
    public Task Tell(IReadOnlyCollection<Guid> contacts, string what, string key, string value, CancellationToken ct) =>
        Tell([.. contacts.Select(c => (c, (string[])[value]))], what, key, ct);

    /// <summary>The same where each has values of its own.</summary>
    public async Task Tell(IReadOnlyCollection<(Guid Contact, string[] Values)> lines, string what, string key, CancellationToken ct)
    {
        if (lines.Count == 0)
            return;
        var now = clock.GetUtcNow();
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = """
            insert into contacts.contact_change (tenant_id, id, contact_id, at, by, by_id, what, values)
            select @tenant, c.id, c.contact, @now, @by, @by_id, @what, jsonb_build_object(@key, c.said::jsonb)
            from unnest(@ids, @contacts, @values) c (id, contact, said)
            """;
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("ids", lines.Select(_ => Guid.CreateVersion7(now)).ToArray());
        command.Parameters.AddWithValue("contacts", lines.Select(l => l.Contact).ToArray());
        command.Parameters.AddWithValue("values", lines.Select(l => JsonSerializer.Serialize(l.Values)).ToArray());
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("by", actor.Name);
        command.Parameters.AddWithValue("by_id", NpgsqlTypes.NpgsqlDbType.Uuid, (object?)actor.Id ?? DBNull.Value);
        command.Parameters.AddWithValue("what", what);
        command.Parameters.AddWithValue("key", key);
        await command.ExecuteNonQueryAsync(ct);
    }
}
