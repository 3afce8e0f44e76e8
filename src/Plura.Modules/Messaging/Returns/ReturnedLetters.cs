using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A report that overtook the mail server's own answer waits until that is written down.</summary>
public sealed record SettleReturn(Guid SendId, string End, int? Code, string Words) : IJob;

[Work("A report about a letter that came back")]
public sealed class SettleReturnHandler(ReturnedLetters letters) : IJobHandler<SettleReturn>
{
    public Task Run(SettleReturn job, CancellationToken ct) => letters.Settle(job.SendId, Enum.Parse<ReportEnd>(job.End), job.Code, job.Words, ct);
}

/// <summary>Writes into the ledger of the scope's account what servers further on said of letters that ours had taken.</summary>
public sealed class ReturnedLetters(PluraDb db, LiveRing ring, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Result> Settle(Guid sendId, ReportEnd end, int? code, string words, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var tenant = db.Tenant.Id;
        if (await db.Sends.FromSql($"select * from messaging.send where tenant_id = {tenant} and id = {sendId} for update").AsNoTracking().FirstOrDefaultAsync(ct) is not { } send)
            return Refusal.NotFound("mail.unknown_letter", "A mail server reports about a letter that we cannot find.");
        var now = clock.GetUtcNow();
        var kind = Kind(end);
        if (send.State is SendStates.Intended)
            db.Enqueue(new SettleReturn(sendId, end.ToString(), code, words), now + Patience);
        else if (!await db.SendHappenings.AnyAsync(h => h.SendId == sendId && (h.Kind == kind || h.Kind == SendStates.Bounced), ct))
            await Write(send, end, code, words, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await ring.Ring(new DispatchKey(tenant, send.Origin, send.OriginId), ct);
        return Result.Done;
    }

    private async Task Write(Send send, ReportEnd end, int? code, string words, DateTimeOffset now, CancellationToken ct)
    {
        var (state, reason) = end switch
        {
            ReportEnd.Dead => (SendStates.Bounced, "hard_bounce"),
            ReportEnd.Refused => (SendStates.Bounced, "refused"),
            ReportEnd.GaveUp => (SendStates.Bounced, Outcomes.GaveUp),
            // Somebody knows after all: a letter whose answer was lost is on its way, or there.
            _ => (SendStates.Accepted, (string?)null),
        };
        var tenant = db.Tenant.Id;
        await db.Database.ExecuteSqlAsync($"""
            update messaging.send set state = {state}, reason = {reason}, last_code = coalesce({code}, last_code), finished_at = coalesce(finished_at, {now})
            where tenant_id = {tenant} and id = {send.Id} and state in ('accepted', 'unknown') and state <> {state}
            """, ct);
        db.SendHappenings.Add(SendHappening.New(send.Id, now, Kind(end), words.Length > 0 ? words : null));
        db.Publish(new LetterReported(send.Id, send.ContactId, send.Origin, send.OriginId));
        if (end == ReportEnd.Dead)
            db.Publish(new MessageBounced(send.Id, send.ContactId));
        else if (end == ReportEnd.GaveUp)
            db.Publish(new MessageGivenUp(send.Id, send.ContactId));
    }

    private static string Kind(ReportEnd end) => end switch
    {
        ReportEnd.Delayed => Reported.Delayed,
        ReportEnd.Delivered => Reported.Delivered,
        _ => Reported.Bounced,
    };
}
