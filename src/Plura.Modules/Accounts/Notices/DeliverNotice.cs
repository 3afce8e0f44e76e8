using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Mails or pushes one notice to one person, once they may be disturbed.</summary>
public sealed record DeliverNotice(Guid DeliveryId) : IJob;

[Work("A notice by e-mail or on a device")]
public sealed class DeliverNoticeJobHandler(PluraDb db, Tenant tenant, NoticeBook book, NoticeReaders readers, NoticeTimes times, NoticeLetters letters, PushNotice push, IEnumerable<IKnowWhoLooks> looking, TimeProvider clock) : IJobHandler<DeliverNotice>
{
    public async Task Run(DeliverNotice job, CancellationToken ct)
    {
        if (await db.NoticeDeliveries.FirstOrDefaultAsync(d => d.Id == job.DeliveryId, ct) is not { } delivery || delivery.State is not (NoticeStates.Waiting or NoticeStates.Trying))
            return;
        var now = clock.GetUtcNow();
        if (delivery.State == NoticeStates.Trying)
        {
            // A machine fell while it sent this: whether it arrived nobody knows, and twice is worse than in the app alone.
            delivery.End(NoticeStates.Unknown, now);
            await db.SaveChangesAsync(ct);
            return;
        }

        var told = (await readers.For(tenant.Id, delivery.UserId, [delivery.NoticeId], ct)).SingleOrDefault();
        if (told is null || !await Wanted(delivery, told.Notice.Kind, ct) || await Looks(delivery.UserId, told.Notice, ct))
            delivery.End(NoticeStates.Spared, now);
        else if (await times.Awake(delivery.UserId, now, ct) is var due && due > now)
            Wait(delivery, due, now);
        else if (delivery.Route == NoticeRoutes.Mail)
            await Mail(delivery, told, ct);
        else if (await push.Send(delivery, told, ct) is { } later)
            Wait(delivery, later, now);
        await db.SaveChangesAsync(ct);
    }

    private void Wait(NoticeDelivery delivery, DateTimeOffset until, DateTimeOffset now)
    {
        delivery.Wait(until, now);
        db.Enqueue(new DeliverNotice(delivery.Id), until);
    }

    private async Task Mail(NoticeDelivery delivery, ToldNotice told, CancellationToken ct)
    {
        await letters.Post(NoticeLetters.One, delivery.UserId, told.Notice.Id, ct);
        delivery.End(NoticeStates.Sent, clock.GetUtcNow());
    }

    /// <summary>They have it before their eyes, on whatever device.</summary>
    private async Task<bool> Looks(Guid user, Notice notice, CancellationToken ct) =>
        looking.FirstOrDefault(l => l.Thing == notice.Thing) is { } who && await who.Looks(notice.ThingId!.Value, user, ct);

    /// <summary>Their choice may have changed while it waited.</summary>
    private async Task<bool> Wanted(NoticeDelivery delivery, string kind, CancellationToken ct)
    {
        var (account, user) = (tenant.Id, delivery.UserId);
        var choice = await db.NoticeChoices.AsNoTracking().FirstOrDefaultAsync(c => c.UserId == user && c.Kind == kind, ct);
        var role = await db.Memberships.Where(m => m.AccountId == account && m.UserId == user).Select(m => m.Role).FirstOrDefaultAsync(ct);
        var ways = choice?.Ways ?? book.ByItself(kind, role ?? "");
        return delivery.Route == NoticeRoutes.Mail ? ways.ByMail : ways.ByPush;
    }
}
