using Microsoft.EntityFrameworkCore;

namespace Plura.Platform.Outbox;

/// <summary>The whole outbox in numbers, across all accounts: for the operator. It never shows what is in a message.</summary>
public sealed class OutboxReport(PluraDb db, TimeProvider clock)
{
    /// <summary>Per kind of work; the kind is the subscriber's name.</summary>
    public async Task<IReadOnlyList<KindOfWork>> Kinds(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Database.SqlQuery<KindOfWork>($"""
            select subscriber,
                count(*) filter (where not dead and not running)::int as waiting,
                count(*) filter (where not dead and not running and run_at <= {now})::int as due,
                count(*) filter (where not dead and running)::int as running,
                count(*) filter (where dead)::int as dead,
                min(run_at) filter (where not dead and not running and run_at <= {now}) as due_since
            from (
                select subscriber, run_at, dead_at is not null as dead, node is not null and platform.node_is_alive(node) as running
                from platform.outbox_message) m
            group by subscriber order by subscriber
            """).ToListAsync(ct);
    }

    /// <summary>Dead messages, the newest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> Dead(int most, CancellationToken ct) => await db.Outbox.AsNoTracking()
        .Where(m => m.DeadAt != null).OrderByDescending(m => m.DeadAt).ThenByDescending(m => m.Id).Take(most).ToListAsync(ct);

    /// <summary>These messages as they are now; one that is missing is done.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> Left(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Outbox.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
}

/// <param name="Subscriber">The class that does the work.</param>
/// <param name="Waiting">Not begun; those whose time has come are among them.</param>
/// <param name="Due">Waiting although its time has come.</param>
/// <param name="Running">A living node is at it.</param>
/// <param name="Dead">Given up; waits for a person.</param>
/// <param name="DueSince">When the time of the longest-waiting due one came.</param>
public sealed record KindOfWork(string Subscriber, int Waiting, int Due, int Running, int Dead, DateTimeOffset? DueSince);
