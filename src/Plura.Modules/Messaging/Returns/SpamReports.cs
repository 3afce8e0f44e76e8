using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Somebody pressed Spam, and their mailbox provider told us. That ends all marketing to their address, in the ledger with the report as its proof,
/// and blocks the address, so that only the person can take it back.
/// </summary>
public sealed class SpamReports(PluraDb db, IConsentLedger ledger, ISuppression suppression, LiveRing ring, TimeProvider clock)
{
    public async Task<Result> Take(Guid sendId, MailReport report, CancellationToken ct)
    {
        var send = await db.Sends.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sendId, ct);
        if (send is null)
            return Refusal.NotFound("mail.unknown_letter", "A mailbox provider reports about a letter that we cannot find.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The ledger first: whoever writes consent takes the account's chain before anything else, and of two of the same report one waits here.
        await ledger.Append(
            new ConsentEntry
            {
                AddressKey = send.AddressKey,
                SubjectId = send.ContactId,
                Channel = Channels.Email,
                Topic = Topics.All,
                Act = ConsentActs.Withdrawn,
                How = ConsentDoors.Provider,
                Source = "Reported as spam",
                SendId = sendId,
                Proof = report.Proof,
            },
            ct);
        if (await db.SendHappenings.AnyAsync(h => h.SendId == sendId && h.Kind == Reported.Complained, ct))
            return Result.Done;   // Told before: what was just appended is not committed.
        await suppression.Add(send.AddressKey, Channels.Email, SuppressionReasons.Complaint, "Their mailbox provider told us that they pressed Spam.", ct);
        db.SendHappenings.Add(SendHappening.New(sendId, clock.GetUtcNow(), Reported.Complained, report.Words.Length > 0 ? report.Words : null));
        db.Publish(new LetterReported(sendId, send.ContactId, send.Origin, send.OriginId));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await ring.Ring(new DispatchKey(db.Tenant.Id, send.Origin, send.OriginId), ct);
        return Result.Done;
    }
}
