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
    /// Asks for a search unless one waits already, in the caller's transaction and with its save. One that is at work is waited for: it began before
    /// what the caller wrote. One that waits will see that, because it takes the same turn.
    /// </summary>
    public async Task<(DuplicateSearch Search, bool Anew)> Ask(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({FindDuplicatesJobHandler.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        var search = await db.DuplicateSearches.SingleOrDefaultAsync(ct);
        if (search is { FinishedAt: null })
            return (search, false);
        if (search is null)
            db.DuplicateSearches.Add(search = DuplicateSearch.New(clock.GetUtcNow()));
        else
            search.Ask(clock.GetUtcNow());
        await db.EnqueueAgain(new FindDuplicatesJob(), ct);
        return (search, true);
    }
}

/// <summary>One search through everything.</summary>
public sealed record FindDuplicatesJob : IJob;

[Work("Looking for duplicates", Page = "contacts/duplicates")]
public sealed class FindDuplicatesJobHandler(PluraDb db, ILive live, TimeProvider clock) : IJobHandler<FindDuplicatesJob>, IKnowsItsEnd<FindDuplicatesJob>
{
    /// <summary>The advisory lock's class: asking and searching take turns.</summary>
    public const int LockClass = 20591;

    /// <summary>Open pages listen to it.</summary>
    public const string Topic = "contacts-duplicates";

    public async Task Run(FindDuplicatesJob job, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        var groups = await DuplicateSql.Search(db, ct);
        if (await db.DuplicateSearches.SingleOrDefaultAsync(ct) is { } search)
            search.Finish(groups, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await live.Changed(Topic, ct);
        await transaction.CommitAsync(ct);
    }

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
