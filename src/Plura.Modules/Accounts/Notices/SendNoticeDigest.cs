using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Writes the letter of the day to one person: everything of one account that waits for it.</summary>
public sealed record SendNoticeDigest(Guid UserId) : IJob;

[Work("The letter of the day")]
public sealed class SendNoticeDigestJobHandler(PluraDb db, Tenant tenant, NoticeReaders readers, NoticeLetters letters, TimeProvider clock) : IJobHandler<SendNoticeDigest>
{
    public async Task Run(SendNoticeDigest job, CancellationToken ct)
    {
        var (user, now) = (job.UserId, clock.GetUtcNow());
        var waiting = await db.NoticeDeliveries.Where(d => d.UserId == user && d.Route == NoticeRoutes.Digest && d.State == NoticeStates.Waiting && d.DueAt <= now).ToListAsync(ct);
        // What was gathered before a machine fell goes out under the same occasion, which no ledger takes twice.
        var digest = waiting.Find(d => d.DigestId is not null)?.DigestId ?? Guid.CreateVersion7(now);
        var told = (await readers.For(tenant.Id, user, [.. waiting.Select(d => d.NoticeId)], ct)).Select(t => t.Notice.Id).ToHashSet();
        foreach (var delivery in waiting)
        {
            if (told.Contains(delivery.NoticeId))
                delivery.Gather(digest);
            else
                delivery.End(NoticeStates.Spared, now);
        }

        await db.SaveChangesAsync(ct);
        if (told.Count == 0)
            return;
        await letters.Post(NoticeLetters.Day, user, digest, ct);
        foreach (var delivery in waiting.Where(d => d.DigestId == digest))
            delivery.End(NoticeStates.Sent, now);
        await db.SaveChangesAsync(ct);
    }
}
