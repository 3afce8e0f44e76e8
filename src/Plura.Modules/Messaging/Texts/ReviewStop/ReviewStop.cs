using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A person has read a text that was taken for a stop although it holds none of its words, and says whether it was one.</summary>
/// <param name="Id">The text.</param>
/// <param name="Meant">It was; else their texts come back, where they had allowed them.</param>
public sealed record ReviewStop(Guid Id, bool Meant);

public sealed class ReviewStopHandler(PluraDb db, IConsentLedger ledger, IAudit audit, Actor actor, TimeProvider clock)
{
    private const int Looked = 50;
    private static readonly Refusal Decided = Refusal.NotFound("stop_review.missing", "Somebody has decided about this text already.");

    /// <summary>The text and its withdrawal were written down together, each with the time of its own moment.</summary>
    private static readonly TimeSpan OneTransaction = TimeSpan.FromSeconds(5);

    /// <summary>Answers whether their texts came back.</summary>
    public async Task<Result<bool>> Handle(ReviewStop command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.ReceivedTexts.AsNoTracking().FirstOrDefaultAsync(t => t.Id == command.Id, ct) is not { } text)
            return Decided;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever texts STOP at this moment, and whoever decides about the same text, comes before or after.
        await TextStops.Alone(db, text.AddressKey, ct);
        if (await db.StopReviews.FirstOrDefaultAsync(r => r.Id == command.Id && r.SeenAt == null, ct) is not { } review)
            return Decided;
        review.See(actor.Id, command.Meant, clock.GetUtcNow());
        audit.Note("messaging.review_stop", text.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["meant"] = command.Meant ? "yes" : "no" });
        await db.SaveChangesAsync(ct);
        var back = !command.Meant && await Misread(text, ct) is { } stop && await Lift(text, stop, ct);
        await transaction.CommitAsync(ct);
        return back;
    }

    /// <summary>The withdrawal that was read into it; null where there is none, or where any of what they texted since meant it or still waits to be read.</summary>
    private async Task<ConsentRow?> Misread(ReceivedText text, CancellationToken ct)
    {
        if ((await ledger.History([text.AddressKey], cursor: null, Looked, ct)).Items.FirstOrDefault(r => r.Channel == Channels.Sms) is not { Act: ConsentActs.Withdrawn, How: ConsentDoors.Text } stop)
            return null;
        var (since, reviews) = (stop.RecordedAt - OneTransaction, db.StopReviews);
        var meant = await db.ReceivedTexts.AnyAsync(
            t => t.AddressKey == text.AddressKey && t.At >= since && (t.Meaning == TextMeanings.Stop || t.Meaning == TextMeanings.LikelyStop) && !reviews.Any(r => r.Id == t.Id && r.Meant == false), ct);
        return meant ? null : stop;
    }

    /// <summary>Nobody's word overrides a withdrawal of theirs; but this was none, so it is taken back, and what they had allowed holds as it was.</summary>
    private async Task<bool> Lift(ReceivedText text, ConsentRow stop, CancellationToken ct) =>
        await ledger.TakeBack(
            new ConsentTakeBack(
                text.AddressKey, stop.Sequence, text.SealKey == text.AddressKey ? null : text.SealKey, "A text that was taken for a stop and was none",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text.Id.ToString() }), ct)
        && (await ledger.Now([text.AddressKey], ct)).Any(n => n is { Channel: Channels.Sms, Act: ConsentActs.Granted or ConsentActs.Attested });
}
