using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Finds out who wants a notice outside the app, by which ways, and when each may be disturbed.</summary>
public sealed record TellNotice(Guid NoticeId) : IJob;

[Work("News from the account to its people")]
public sealed class TellNoticeJobHandler(PluraDb db, Tenant tenant, NoticeBook book, NoticeTimes times, PushDevices devices, TimeProvider clock) : IJobHandler<TellNotice>
{
    public async Task Run(TellNotice job, CancellationToken ct)
    {
        if (await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.Id == job.NoticeId && n.SettledAt == null, ct) is not { } notice)
            return;
        var chosen = await db.NoticeChoices.AsNoTracking().Where(c => c.Kind == notice.Kind).ToDictionaryAsync(c => c.UserId, c => c.Ways, ct);
        var known = (await db.NoticeDeliveries.AsNoTracking().Where(d => d.NoticeId == notice.Id).Select(d => new { d.UserId, d.Route, d.SubscriptionId }).ToListAsync(ct))
            .Select(d => (d.UserId, d.Route, d.SubscriptionId)).ToHashSet();
        foreach (var person in await People(notice.UserId, ct))
        {
            var ways = chosen.GetValueOrDefault(person.Id) ?? book.ByItself(notice.Kind, person.Role);
            foreach (var (route, subscription) in await Routes(person, ways, ct))
            {
                if (known.Add((person.Id, route, subscription)))
                    await Send(notice, person.Id, route, subscription, ct);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<IReadOnlyList<Person>> People(Guid? only, CancellationToken ct)
    {
        var users = db.Users;
        return await db.Memberships.Where(m => m.AccountId == tenant.Id && (only == null || m.UserId == only))
            .Join(users, m => m.UserId, u => u.Id, (m, u) => new Person(u.Id, m.Role, u.EmailConfirmed)).ToListAsync(ct);
    }

    private async Task<List<(string Route, Guid Subscription)>> Routes(Person person, NoticeWays ways, CancellationToken ct)
    {
        var routes = new List<(string, Guid)>();
        if (ways.ByMail && person.Confirmed)
            routes.Add((NoticeRoutes.Mail, Guid.Empty));
        else if (ways.InDigest && person.Confirmed)
            routes.Add((NoticeRoutes.Digest, Guid.Empty));
        if (ways.ByPush)
            routes.AddRange((await devices.Of(person.Id, ct)).Select(d => (NoticeRoutes.Push, d.Id)));
        return routes;
    }

    private async Task Send(Notice notice, Guid user, string route, Guid subscription, CancellationToken ct)
    {
        var (now, digest) = (clock.GetUtcNow(), route == NoticeRoutes.Digest);
        var due = digest ? await times.NextDigest(user, now, ct) : await times.Awake(user, now, ct);
        var delivery = NoticeDelivery.Of(notice.Id, user, route, subscription, due, now);
        db.NoticeDeliveries.Add(delivery);
        if (!digest)
            db.Enqueue(new DeliverNotice(delivery.Id), due > now ? due : null);
        // One letter gathers all that waits for it: who comes first has it written.
        else if (!await db.NoticeDeliveries.AnyAsync(d => d.UserId == user && d.Route == NoticeRoutes.Digest && d.State == NoticeStates.Waiting && d.DueAt == due, ct))
            db.Enqueue(new SendNoticeDigest(user), due);
    }

    private sealed record Person(Guid Id, string Role, bool Confirmed);
}

/// <summary>A person's quiet hours and the time of their letter of the day, in their own time zone, else in the account's.</summary>
public sealed class NoticeTimes(PluraDb db, Tenant tenant)
{
    public async Task<DateTimeOffset> Awake(Guid user, DateTimeOffset now, CancellationToken ct) => (await Hours(user, ct)).Awake(now, await Zone(user, ct));

    public async Task<DateTimeOffset> NextDigest(Guid user, DateTimeOffset now, CancellationToken ct) => (await Hours(user, ct)).NextDigest(now, await Zone(user, ct));

    public async Task<NoticeHours> Hours(Guid user, CancellationToken ct) => await db.NoticeHours.AsNoTracking().FirstOrDefaultAsync(h => h.UserId == user, ct) ?? NoticeHours.Of(user);

    private async Task<TimeZoneInfo> Zone(Guid user, CancellationToken ct)
    {
        var account = tenant.Id;
        var (own, accounts) = (await db.Users.Where(u => u.Id == user).Select(u => u.TimeZone).FirstOrDefaultAsync(ct), db.Accounts);
        var name = own ?? await accounts.Where(a => a.Id == account).Select(a => a.TimeZone).FirstOrDefaultAsync(ct);
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
