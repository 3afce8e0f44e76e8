using Npgsql;

namespace Plura.Messaging;

/// <summary>How fast texts may leave from a number.</summary>
/// <param name="Number">One of the installation's own.</param>
/// <param name="PerMinute">What its carrier takes.</param>
/// <param name="Warm">It has sent large numbers before, or is of a kind that needs no beginning.</param>
public sealed record PaceOfNumber(string Number, int PerMinute, bool Warm);

/// <summary>A text that has to wait for its number.</summary>
public sealed record NumberWait(string Reason, DateTimeOffset Due);

/// <summary>
/// Gives each text of a number its place in time. What has to wait gets a moment of its own, so that it is put back once and not again and again. What somebody waits
/// for (an answer, a code) goes before marketing, which moves back for it; places for marketing are given away some minutes ahead and no further, so that a campaign that is cancelled gives
/// its time back. A number that is new begins with small days, as carriers want it.
/// </summary>
public sealed class NumberPaces(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The reason of a text that waits for its place; when that has come it is not counted a second time.</summary>
    public const string Busy = "number_busy";

    /// <summary>The reason of a marketing text that comes back later to get a place.</summary>
    public const string Queue = "number_queue";

    /// <summary>The reason of a marketing text for which a new number has no room today.</summary>
    public const string WarmUp = "number_warm_up";

    /// <summary>Whoever comes so much later than its place (a pause, an outage) has lost it.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    /// <summary>Carriers hold what comes too quickly for so long by themselves.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    /// <summary>So far ahead places are given to marketing.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>Marketing texts a day, by the days on which the number has sent before. Beyond the last there is no limit.</summary>
    private static readonly int[] Ladder = [200, 500, 1_000, 2_000, 5_000, 10_000, 25_000];

    /// <summary>Which of the texts have to wait; the others may go now. In the order in which they are given.</summary>
    public async Task<IReadOnlyDictionary<Guid, NumberWait>> Reserve(PaceOfNumber pace, IReadOnlyList<(Guid Send, bool Marketing)> texts, CancellationToken ct)
    {
        var (now, waits) = (clock.GetUtcNow(), new Dictionary<Guid, NumberWait>());
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var standing = await Hold(connection, pace.Number, now, ct);
        int? limit = pace.Warm || standing.Days >= Ladder.Length ? null : Ladder[standing.Days];
        var step = TimeSpan.FromMinutes(1) / pace.PerMinute;
        var (urgent, next, sent) = (Later(standing.UrgentAt, now), Later(standing.NextAt, now), standing.Sent);
        foreach (var (send, marketing) in texts)
        {
            if (marketing && sent >= limit)
            {
                waits[send] = new NumberWait(WarmUp, now.AddDays(1));
                continue;
            }

            if (marketing && next > now + Ahead)
            {
                waits[send] = new NumberWait(Queue, now + Ahead);
                continue;
            }

            var slot = marketing ? next : urgent;
            if (slot > now + Burst)
                waits[send] = new NumberWait(Busy, slot);
            next += step;
            if (marketing)
                sent++;
            else
                urgent += step;
        }

        await Write(connection, pace.Number, standing with { UrgentAt = urgent, NextAt = next, Sent = sent }, ct);
        await transaction.CommitAsync(ct);
        return waits;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static async Task Write(NpgsqlConnection connection, string number, Standing standing, CancellationToken ct)
    {
        await using var write = connection.Command(
            "update messaging.number_pace set urgent_at = $2, next_at = $3, day = $4, sent = $5, days = $6 where number = $1",
            Sql.Of(number), Sql.Of(standing.UrgentAt), Sql.Of(standing.NextAt), Sql.Of(standing.Day), Sql.Of(standing.Sent), Sql.Of(standing.Days));
        await write.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The number's row as of today, held until the transaction ends.</summary>
    private static async Task<Standing> Hold(NpgsqlConnection connection, string number, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var batch = connection.CreateBatch();
        batch.Add("insert into messaging.number_pace (number, urgent_at, next_at, day, sent, days) values ($1, $2, $2, $3, 0, 0) on conflict do nothing", Sql.Of(number), Sql.Of(now), Sql.Of(today));
        batch.Add("select urgent_at, next_at, day, sent, days from messaging.number_pace where number = $1 for update", Sql.Of(number));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var standing = new Standing(reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateOnly>(2), reader.GetInt32(3), reader.GetInt32(4));
        return standing.Day >= today ? standing : standing with { Day = today, Sent = 0, Days = standing.Days + (standing.Sent > 0 ? 1 : 0) };
    }

    private sealed record Standing(DateTimeOffset UrgentAt, DateTimeOffset NextAt, DateOnly Day, int Sent, int Days);
}
