using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Plura.Messaging;

/// <summary>
/// Counts how many of a dispatch's recent messages failed, over all nodes, and pauses it when they are too many. The count covers
/// about the last 200: beyond that, old ones fade.
/// </summary>
public sealed class Health(NpgsqlDataSource database, IOptions<SendingOptions> options, SelfPause pause)
{
    private const double Window = 200;

    public async Task Note(DispatchKey key, int tried, int failed, CancellationToken ct)
    {
        if (tried == 0)
            return;
        await using var command = database.CreateCommand("""
            update messaging.dispatch set
                failed = (failed + $4) * least(1, $6 / (tried + $5)),
                tried = least($6, tried + $5)
            where tenant_id = $1 and origin = $2 and origin_id = $3 and state = 'open' returning failed, tried
            """);
        foreach (var parameter in (ReadOnlySpan<NpgsqlParameter>)[Sql.Of(key.TenantId), Sql.Of(key.Origin), Sql.Of(key.OriginId), Sql.Of((double)failed), Sql.Of((double)tried), Sql.Of(Window)])
            command.Parameters.Add(parameter);
        double recent, of;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return;
            (recent, of) = (reader.GetDouble(0), reader.GetDouble(1));
        }

        var limit = options.Value;
        if (failed > 0 && recent >= limit.PauseAtFailures - 0.001 && recent * 100 > of * limit.PauseAbovePercent)
            await pause.Run(key, string.Create(CultureInfo.InvariantCulture, $"{recent:0} of the last {of:0} messages failed."), ct);
    }
}
