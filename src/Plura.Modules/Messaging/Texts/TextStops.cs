using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Ends and begins an account's texts to a number, with the text that said so as the proof.</summary>
public sealed class TextStops(IConsentLedger ledger, IAddressKeys keys, IAudit audit)
{
    private const string Source = "Text message";
    private const int Looked = 20;

    /// <summary>The advisory lock class.</summary>
    private const int OnePerson = 20573;

    /// <summary>Ends everything by text, of every topic. Answers false where it had ended before.</summary>
    public async Task<bool> Stop(ReceiveText text, Guid? contactId, CancellationToken ct)
    {
        var key = keys.Of(Channels.Sms, text.From);
        if (await Ended(key, ct) is not null)
            return false;
        await ledger.Append(Entry(text, key, contactId, ConsentActs.Withdrawn), ct);
        audit.Note("messaging.stop_texts", contactId);
        return true;
    }

    /// <summary>
    /// From here to the end of the transaction nobody else decides about this person's texts: whoever takes one, and whoever reads what may have been a stop, looks at
    /// what was said before and then writes. Taken before the ledger's own locks.
    /// </summary>
    public static Task Alone(PluraDb db, Guid addressKey, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OnePerson}, hashtext({addressKey.ToString()}))", ct);

    /// <summary>A stop that was said to the number before this account wrote from it, unless they themselves have allowed this account's texts since: what the account says of them does not count.</summary>
    public async Task Heed(NumberStop stop, Recipient reader, CancellationToken ct)
    {
        if (await Ended(reader.AddressKey, ct) is not null
            || (await ledger.Now([reader.AddressKey], ct)).Any(n => n is { Channel: Channels.Sms, Own: true, Act: ConsentActs.Granted } && n.At >= stop.At))
            return;
        // Taken back since: somebody of the account has read that text and it was none, or they began again.
        if ((await ledger.History([reader.AddressKey], cursor: null, Looked, ct)).Items.FirstOrDefault(r => r.Channel == Channels.Sms) is { Act: ConsentActs.Retracted, How: ConsentDoors.Text } back && back.RecordedAt >= stop.At)
            return;
        var said = new ReceiveText { ProviderId = stop.ProviderId, From = reader.Address, To = stop.Number, Text = "" };
        await ledger.Append(Entry(said, reader.AddressKey, reader.ContactId, ConsentActs.Withdrawn) with { OccurredAt = stop.At }, ct);
    }

    /// <summary>Begins them again. Answers false where they had not ended, and it was a mere "yes".</summary>
    public async Task<bool> Start(ReceiveText text, TextReading reading, Guid? contactId, CancellationToken ct)
    {
        var key = keys.Of(Channels.Sms, text.From);
        // A "yes" answers many things: it begins again only what the same person's text ended.
        if (reading.OnlyAgain && await Ended(key, ct) != ConsentDoors.Text)
            return false;
        await ledger.Append(Entry(text, key, contactId, ConsentActs.Granted) with { Wording = reading.Word }, ct);
        audit.Note("messaging.start_texts", contactId);
        return true;
    }

    /// <summary>
    /// An account that shares the number with the one to which START was said: what they had allowed it before their stop holds again, no more than that. Answers false where no
    /// text had ended it.
    /// </summary>
    public async Task<bool> Return(ReceiveText text, Guid? contactId, CancellationToken ct)
    {
        var key = keys.Of(Channels.Sms, text.From);
        if (await Withdrawal(key, ct) is not { } stop || !await ledger.TakeBack(new ConsentTakeBack(key, stop, contactId, Source, Proof(text)), ct))
            return false;
        audit.Note("messaging.start_texts", contactId);
        return true;
    }

    /// <summary>The number of the withdrawal by text that is the last word about the address; null where something else is.</summary>
    private async Task<long?> Withdrawal(Guid key, CancellationToken ct) =>
        (await ledger.History([key], cursor: null, Looked, ct)).Items.FirstOrDefault(r => r.Channel == Channels.Sms) is { Act: ConsentActs.Withdrawn, How: ConsentDoors.Text } last ? last.Sequence : null;

    /// <summary>By which door texts to the number have ended; null where they have not.</summary>
    public async Task<string?> Ended(Guid key, CancellationToken ct)
    {
        var now = (await ledger.Now([key], ct)).Where(n => n.Channel == Channels.Sms).ToList();
        return now.TrueForAll(n => n.Act is ConsentActs.Withdrawn or ConsentActs.Denied) ? now.Find(n => n is { Topic: Topics.All, Act: ConsentActs.Withdrawn })?.How : null;
    }

    private static ConsentEntry Entry(ReceiveText text, Guid key, Guid? contactId, string act) => new()
    {
        AddressKey = key,
        SubjectId = contactId,
        Channel = Channels.Sms,
        Topic = Topics.All,
        Act = act,
        How = ConsentDoors.Text,
        Source = Source,
        Proof = Proof(text),
    };

    private static Dictionary<string, string> Proof(ReceiveText text) =>
        new(StringComparer.Ordinal) { ["from"] = text.From, ["to"] = text.To, ["text"] = text.Text, ["message"] = text.ProviderId };
}
