using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class Notices(PluraDb db, Tenant tenant, TimeProvider clock) : INotices
{
    public void Post(string kind, string text, string? link, string? title = null) => Post(Notice.Of(kind, text, link, title, clock.GetUtcNow()));

    public void PostTo(Guid user, string kind, string text, string? link, string? title = null) => Post(Notice.Of(kind, text, link, title, clock.GetUtcNow(), user));

    public async Task PostOnce(string kind, string text, string? link, CancellationToken ct)
    {
        // Two that happen at once take turns until the first has committed: the second then sees its notice.
        await OneAtATime(kind + tenant.Id, ct);
        var readings = db.NoticeReadings;
        if (!await db.Notices.AnyAsync(n => n.Kind == kind && !readings.Any(r => r.NoticeId == n.Id), ct))
            Post(kind, text, link);
    }

    public async Task PostAbout(NoticeAbout notice, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await OneAtATime($"{notice.Kind} {notice.Id} {notice.User}", ct);
        var (now, readings) = (clock.GetUtcNow(), db.NoticeReadings);
        var open = db.Notices.Where(n => n.ThingId == notice.Id && n.Thing == notice.Thing && n.Kind == notice.Kind && n.UserId == notice.User && n.SettledAt == null);
        var since = now - notice.Gather;
        // Whoever has put it away has finished with what it told; what comes then is news again.
        if (await open.AnyAsync(n => n.At > since && (n.UserId == null || !readings.Any(r => r.NoticeId == n.Id && r.UserId == n.UserId)), ct))
            return;
        await open.ExecuteUpdateAsync(set => set.SetProperty(n => n.SettledAt, now), ct);
        Post(Notice.Of(notice, now));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
    }

    public Task Settle(string thing, Guid id, IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Notices.Where(n => n.ThingId == id && n.Thing == thing && n.SettledAt == null && kinds.Contains(n.Kind)).ExecuteUpdateAsync(set => set.SetProperty(n => n.SettledAt, now), ct);
    }

    public async Task Seen(string thing, Guid id, Guid reader, CancellationToken ct)
    {
        var told = await OpenNotices.Waiting(db, reader).Where(n => n.ThingId == id && n.Thing == thing).Select(n => n.Id).ToListAsync(ct);
        if (told.Count == 0)
            return;
        foreach (var notice in told)
            db.NoticeReadings.Add(NoticeReading.Of(notice, reader, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private Task OneAtATime(string what, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({what}, 0))", ct);

    private void Post(Notice notice)
    {
        db.Notices.Add(notice);
        db.Enqueue(new TellNotice(notice.Id));
    }
}
