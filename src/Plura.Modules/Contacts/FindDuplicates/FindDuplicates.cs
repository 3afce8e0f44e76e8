using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Looks through the whole address book, in the background, for contacts that look like the same person.</summary>
public sealed record FindDuplicates;

public sealed class FindDuplicatesHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    /// <summary>One that is at work already is enough.</summary>
    public async Task<Result<DuplicateSearch>> Handle(FindDuplicates command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var (search, anew) = await Ask(ct);
        if (!anew)
            return search;
        audit.Note("contacts.find_duplicates", about: null, new Dictionary<string, string>(StringComparer.Ordinal));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return search;
    }

    /// <summary>
    /// Asks for a search unless one waits already, in the caller's transaction and with its save. Nobody waits for one that is at work: it began
    /// before what the caller wrote, so another one follows it.
    /// </summary>
    public async Task<(DuplicateSearch Search, bool Anew)> Ask(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var made = await db.Database.ExecuteSqlAsync($"insert into contacts.duplicate_search (tenant_id, asked_at, groups) values ({db.Tenant.Id}, {now}, 0) on conflict (tenant_id) do nothing", ct);
        var search = await FindDuplicatesJobHandler.Held(db).SingleAsync(ct);
        // Asked while the row is held: if none is at work, none begins before what the caller wrote is there.
        var idle = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock_shared({FindDuplicatesJobHandler.LockClass}, hashtext({db.Tenant.Id.ToString()})) as "Value" """).SingleAsync(ct);
        if (made == 0 && idle && search.FinishedAt is null)
            return (search, false);
        search.Ask(now);
        await db.EnqueueAgain(new FindDuplicatesJob(), ct);
        return (search, true);
    }
}

/// <summary>One search through everything.</summary>
public sealed record FindDuplicatesJob : IJob;

[Work("Looking for duplicates", Page = "contacts/duplicates")]
public sealed class FindDuplicatesJobHandler(PluraDb db, ILive live, TimeProvider clock) : IJobHandler<FindDuplicatesJob>, IKnowsItsEnd<FindDuplicatesJob>
{
    /// <summary>The advisory lock's class: searches take turns, and whoever asks sees by it that one is at work.</summary>
    public const int LockClass = 20591;

    /// <summary>Open pages listen to it.</summary>
    public const string Topic = "contacts-duplicates";

    public async Task Run(FindDuplicatesJob job, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        var asked = await db.DuplicateSearches.AsNoTracking().SingleOrDefaultAsync(ct);
        if (asked is { FinishedAt: not null })
            return;   // The search before us began after whoever asked for this one had written.
        var groups = await DuplicateSql.Search(db, ct);
        // Asked again meanwhile: then the next search finishes, not this one.
        if (await Held(db).SingleOrDefaultAsync(ct) is { } search && search.AskedAt == asked?.AskedAt)
            search.Finish(groups, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await live.Changed(Topic, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The account's search, for nobody else to change until the transaction ends.</summary>
    internal static IQueryable<DuplicateSearch> Held(PluraDb db) => db.DuplicateSearches.FromSql($"select * from contacts.duplicate_search where tenant_id = {db.Tenant.Id} for update");

    public async Task GaveUp(FindDuplicatesJob job, string why, CancellationToken ct)
    {
        if (await db.DuplicateSearches.SingleOrDefaultAsync(ct) is { FinishedAt: null } search)
            search.BreakOff(why, clock.GetUtcNow());
        await live.Changed(Topic, ct);
    }

    public async Task Again(FindDuplicatesJob job, CancellationToken ct)
    {
        if (await db.DuplicateSearches.SingleOrDefaultAsync(ct) is { } search)
            search.Ask(clock.GetUtcNow());
        await live.Changed(Topic, ct);
    }
}
