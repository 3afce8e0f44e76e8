using Npgsql;
using NpgsqlTypes;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Reads columns from PostgreSQL, all inside one transaction that sees one moment.</summary>
internal sealed class ColumnReader(PluraDb db, long room, TimeProvider clock)
{
    /// <summary>What was deleted is written down for a day; a state that was brought up to date nearly as long ago is made anew. Four hours are more than two clocks differ by.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(20);

    private const int LookAtRoomEvery = 1 << 16;

    /// <summary>The state as of this transaction, with the columns that are asked for as far as there is room; null where not even the ids have any.</summary>
    public async Task<ColumnSnapshot?> Read(ColumnSnapshot? before, IReadOnlyCollection<string> wanted)
    {
        var now = await Now();
        var state = before is not null && before.Moment.ServerSince == now.ServerSince && now.At - before.Moment.At < Oldest && !before.IsHollow
            ? await Refreshed(before, now) : new ColumnSnapshot { Moment = now };
        var missing = wanted.Where(c => state.Column(c) is null && !state.Refused.Contains(c)).ToList();
        if (missing.Count > 0 || before is null)
        {
            foreach (var name in missing)
                state.AddColumn(name);
            if (!await Rows(state, missing, "", _ => { }))
                return null;
        }

        // What was changed since may have made it grow.
        return MakeRoom(state, state.Columns) ? state : null;
    }

    /// <summary>Ids that a select gives.</summary>
    public async Task<IReadOnlyList<Guid>> Ids(string sql, IEnumerable<NpgsqlParameter> parameters, CancellationToken ct)
    {
        await using var command = await Command(sql, ct);
        command.Parameters.AddRange(parameters.ToArray());
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    private async Task<ColumnMoment> Now()
    {
        await using var command = await Command("select pg_snapshot_xmin(s), pg_snapshot_xmax(s), pg_postmaster_start_time() from pg_current_snapshot() s", default);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new ColumnMoment(reader.GetFieldValue<ulong>(0), reader.GetFieldValue<ulong>(1), clock.GetUtcNow(), reader.GetDateTime(2));
    }

    private async Task<ColumnSnapshot> Refreshed(ColumnSnapshot before, ColumnMoment now)
    {
        var state = before.Next(now);
        // Whoever is deleted and back again stands in both: here it is asked who there is now.
        var gone = await Ids(
            """
            select g.contact_id from contacts.contact_gone g
            where g.tenant_id = @tenant and g.gone_in >= @oldest
              and not exists (select from contacts.contact c where c.tenant_id = @tenant and c.id = g.contact_id)
            """,
            [Since(before)], default);
        foreach (var id in gone)
            state.Remove(id);
        // Up to the newest transaction: rows of a database that was restored bear numbers that this server has not reached.
        await Rows(state, [.. state.Columns], "and c.changed_in >= @oldest and c.changed_in < @newest", parameters =>
        {
            parameters.Add(Since(before));
            parameters.Add(new NpgsqlParameter("newest", NpgsqlDbType.Xid8) { Value = now.Newest });
        });
        return state;
    }

    private static NpgsqlParameter Since(ColumnSnapshot before) => new("oldest", NpgsqlDbType.Xid8) { Value = before.Moment.Oldest };

    /// <summary>Writes rows into columns; false where there is no room for anything.</summary>
    private async Task<bool> Rows(ColumnSnapshot state, List<string> names, string where, Action<NpgsqlParameterCollection> add)
    {
        await using (var command = await Command("", default))
        {
            var keys = 0;
            var values = names.Select(name => ", " + HeldColumns.Expression(name, key =>
            {
                command.Parameters.AddWithValue($"key_{++keys}", key);
                return $"@key_{keys}";
            })).ToList();
            command.CommandText = $"select c.id{string.Concat(values)} from contacts.contact c where c.tenant_id = @tenant {where}";
            add(command.Parameters);
            var columns = names.ConvertAll(state.Column);
            await using var reader = await command.ExecuteReaderAsync();
            for (var read = 1; await reader.ReadAsync(); read++)
            {
                var row = state.Row(reader.GetGuid(0));
                for (var at = 0; at < columns.Count; at++)
                {
                    if (columns[at] is TextColumn text)
                        text.Set(row, reader.GetString(at + 1));
                    else if (columns[at] is MomentColumn moment)
                        moment.Moments.Set(row, MomentColumn.Of(reader.GetFieldValue<DateTimeOffset>(at + 1)));
                }

                if (read % LookAtRoomEvery == 0 && where.Length == 0)
                {
                    if (!MakeRoom(state, names))
                        return false;
                    columns = names.ConvertAll(state.Column);
                }
            }
        }

        if (where.Length == 0 && !MakeRoom(state, names))
            return false;

        await Fold(state, names);
        return true;
    }

    /// <summary>Leaves the largest of these columns to PostgreSQL until the state fits; false where it does not fit without any.</summary>
    private bool MakeRoom(ColumnSnapshot state, IEnumerable<string> names)
    {
        while (state.Bytes > room)
        {
            if (names.Where(n => state.Column(n) is not null).MaxBy(n => state.Column(n)!.Bytes) is not { } largest)
                return false;
            state.RefuseColumn(largest);
        }

        return true;
    }

    private async Task Fold(ColumnSnapshot state, IEnumerable<string> names)
    {
        foreach (var column in names.Select(state.Column).OfType<TextColumn>())
        {
            var texts = column.TakeUnfolded();
            if (texts.Count == 0)
                continue;
            await using var command = await Command("select t, contacts.fold(t) from unnest(@texts) t", default);
            command.Parameters.AddWithValue("texts", texts.ToArray());
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                column.Fold(reader.GetString(0), reader.GetString(1));
        }
    }

    private async Task<NpgsqlCommand> Command(string sql, CancellationToken ct)
    {
        var command = await ListContactsHandler.Command(db, ct);
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        return command;
    }
}
