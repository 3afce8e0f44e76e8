using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What one account makes of a text that came in: keeps it, heeds it, answers it, tells the other modules. One transaction.</summary>
public sealed class TextIntake(
    PluraDb db, IPhoneBook phones, IContactDirectory contacts, IAddressKeys keys, ReceivedTexts texts, TextStops stops, ISendLedger ledger, INotices notices, TimeProvider clock)
{
    /// <summary>The advisory lock class: a message that is told twice at once is taken one after the other.</summary>
    private const int OneAtATime = 20571;

    /// <summary>The kind of the notice about a likely stop.</summary>
    public const string ReviewNotice = "stop_review";

    public async Task<Result<TakenText>> Take(ReceiveText text, TextReading reading, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Before(text, ct) is { } before)
            return new TakenText(before.Id, db.Tenant.Id, before.Meaning);

        await TextStops.Alone(db, keys.Of(Channels.Sms, text.From), ct);
        var owner = await Owner(text.From, reading, ct);
        var (meaning, answer) = await Heed(text, reading, owner?.ContactId, ct);
        var row = await Keep(text, meaning, owner?.ContactId, ct);
        if (meaning == TextMeanings.LikelyStop)
            AskForReview(row);
        db.Publish(new TextReceived(row.Id, owner?.ContactId, owner?.ContactPointId, text.To, meaning));
        await db.SaveChangesAsync(ct);
        if (answer is not null)
            await Answer(answer, row, ct);
        await transaction.CommitAsync(ct);
        return new TakenText(row.Id, db.Tenant.Id, meaning);
    }

    /// <summary>
    /// An account that shares the number with the one that the text went to: a stop counts here too, a start gives back what they had allowed here before. It is kept
    /// here as well, so that the same text, told again after a later one, changes nothing.
    /// </summary>
    public async Task<bool> Heed(ReceiveText text, TextReading reading, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Before(text, ct) is not null)
            return false;
        await TextStops.Alone(db, keys.Of(Channels.Sms, text.From), ct);
        var contact = (await Known(text.From, ct))?.ContactId;
        var stop = reading.Meaning is TextMeanings.Stop or TextMeanings.LikelyStop;
        var changed = stop
            ? await stops.Stop(text, contact, ct)
            : await stops.Return(text, contact, ct);
        var row = await Keep(text, reading.Meaning, contact, ct);
        if (changed && reading.Meaning == TextMeanings.LikelyStop)
            AskForReview(row);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return changed;
    }

    /// <summary>When this account last sent a text to the number, and whether anybody here has it.</summary>
    public async Task<TextStanding> Standing(string from, CancellationToken ct)
    {
        var owners = (await phones.Owners(from, ct)).Select(o => o.ContactId).ToList();
        var last = await db.Sends.Where(s => owners.Contains(s.ContactId))
            .Join(db.Contents.Where(c => c.Channel == Channels.Sms), s => s.ContentId, c => c.Id, (s, _) => (DateTimeOffset?)(s.IntendedAt ?? s.PlannedAt)).MaxAsync(ct);
        return new TextStanding(last, owners.Count > 0);
    }

    public Task<bool> Knows(ReceiveText text, CancellationToken ct) => db.ReceivedTexts.AnyAsync(t => t.ProviderId == text.ProviderId, ct);

    /// <summary>The row of a text that was told before; whoever tells it at this moment waits for us.</summary>
    private async Task<ReceivedText?> Before(ReceiveText text, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OneAtATime}, hashtext({text.ProviderId}))", ct);
        return await db.ReceivedTexts.AsNoTracking().FirstOrDefaultAsync(t => t.ProviderId == text.ProviderId, ct);
    }

    private async Task<ReceivedText> Keep(ReceiveText text, string meaning, Guid? contactId, CancellationToken ct)
    {
        var (key, now) = (keys.Of(Channels.Sms, text.From), clock.GetUtcNow());
        var (id, sealKey) = (Guid.CreateVersion7(now), contactId ?? key);
        var row = ReceivedText.New(id, sealKey, key, text.To, text.ProviderId, meaning, await texts.Seal(sealKey, id, text, ct), now);
        db.ReceivedTexts.Add(row);
        return row;
    }

    /// <summary>It counts at once; somebody of the account is told to look whether it was meant so.</summary>
    private void AskForReview(ReceivedText text)
    {
        db.StopReviews.Add(StopReview.Of(text));
        notices.Post(ReviewNotice, "Somebody texted words that we took for STOP: they get no more texts. Read them and say whether it was meant.", "settings/texts");
    }

    /// <summary>Who it is; somebody new becomes a contact, unless all they said is that they want nothing.</summary>
    private async Task<PhoneOwner?> Owner(string from, TextReading reading, CancellationToken ct)
    {
        if (await Known(from, ct) is { } known)
            return known;
        var stranger = reading.Meaning is TextMeanings.Stop or TextMeanings.LikelyStop or TextMeanings.Help || !from.StartsWith('+');
        if (stranger || !(await contacts.FindOrCreate(new ContactDraft { Phone = from, Source = "Text message" }, ct)).Ok)
            return null;
        return await Known(from, ct);
    }

    private async Task<PhoneOwner?> Known(string from, CancellationToken ct) => await phones.Owners(from, ct) is [var first, ..] ? first : null;

    /// <summary>Does what it asks for; answers what it then counts as, and what is answered.</summary>
    private async Task<(string Meaning, TextContent? Answer)> Heed(ReceiveText text, TextReading reading, Guid? contactId, CancellationToken ct) => reading.Meaning switch
    {
        TextMeanings.Stop or TextMeanings.LikelyStop => (reading.Meaning, await stops.Stop(text, contactId, ct) ? TextAnswers.Stopped(reading.Language) : null),
        TextMeanings.Start => await stops.Start(text, reading, contactId, ct) ? (TextMeanings.Start, TextAnswers.Started(reading.Language)) : (TextMeanings.Message, null),
        TextMeanings.Help => (TextMeanings.Help, TextAnswers.Help(reading.Language)),
        _ => (TextMeanings.Message, null),
    };

    /// <summary>Planned with what caused it; the gate decides at hand-off whether it may still go.</summary>
    private async Task Answer(TextContent content, ReceivedText to, CancellationToken ct)
    {
        var known = await db.Contents.Where(c => c.Channel == Channels.Sms && c.Text == content.Text && c.Category == content.Category).Select(c => c.Id).FirstOrDefaultAsync(ct);
        var contentId = known != Guid.Empty ? known : (await ledger.WriteText(content, ct)).Value;
        await ledger.PlanOne(new SendPlan(TextRecipients.Origin, to.Id, contentId, RatePerMinute: null, to.At), to.SealKey, to.Id, ct);
    }
}

public sealed record TextStanding(DateTimeOffset? LastSent, bool Known);
