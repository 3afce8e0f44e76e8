using Npgsql;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Tells how far an import is, on a connection of its own, so that people see it before the import commits. It rings the page's bell
/// at most twice a second.
/// </summary>
public sealed class ImportProgress(NpgsqlDataSource database, Tenant tenant, ILive live, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private DateTimeOffset last;
    private string phase = "";

    public static string Topic(Guid import) => $"import:{import}";

    public async Task Say(Guid import, string text, int percent, int rows, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (text == phase && now - last < Pause)
            return;
        (phase, last) = (text, now);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var enter = TenantConnections.Set(connection, tenant.Id))
            await enter.ExecuteNonQueryAsync(ct);
        await using var command = new NpgsqlCommand("""
            update contacts.import set phase = @phase, percent = @percent, rows_read = @rows
            where tenant_id = @t and id = @id and state in ('running', 'undoing')
            """, connection);
        command.Parameters.AddWithValue("phase", text);
        command.Parameters.AddWithValue("percent", percent);
        command.Parameters.AddWithValue("rows", rows);
        command.Parameters.AddWithValue("t", tenant.Id);
        command.Parameters.AddWithValue("id", import);
        await command.ExecuteNonQueryAsync(ct);
        await live.Changed(connection, Topic(import), ct);
    }

    /// <summary>The last ring: the import's state has changed.</summary>
    public Task Ring(Guid import, CancellationToken ct) => live.Changed(Topic(import), ct);
}
