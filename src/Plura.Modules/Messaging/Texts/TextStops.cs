using Plura.Contacts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Ends and begins an account's texts to a number, with the text that said so as the proof.</summary>
public sealed class TextStops(IConsentLedger ledger, IAddressKeys keys, IAudit audit)
{
    private const string Source = "Text message";

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

    /// <summary>A stop that was said to the number before this account wrote from it, unless they have said something to this account since.</summary>
    public async Task Heed(NumberStop stop, Recipient reader, CancellationToken ct)
    {
        if ((await ledger.Now([reader.AddressKey], ct)).Any(n => n.Channel == Channels.Sms && n.At >= stop.At))
            return;
        var said = new ReceiveText { ProviderId = stop.ProviderId, From = reader.Address, To = stop.Number, Text = "" };
        await ledger.Append(Entry(said, reader.AddressKey, reader.ContactId, ConsentActs.Withdrawn) with { OccurredAt = stop.At }, ct);
    }

    /// <summary>Begins them again. Answers false where they had not ended, and it was a mere "yes".</summary>
    public async Task<bool> Start(ReceiveText text, TextReading reading, Guid? contactId, CancellationToken ct)
    {
        var key = keys.Of(Channels.Sms, text.From);
        if (reading.OnlyAgain && await Ended(key, ct) is null)
            return false;
        await ledger.Append(Entry(text, key, contactId, ConsentActs.Granted) with { Wording = reading.Word }, ct);
        audit.Note("messaging.start_texts", contactId);
        return true;
    }

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
        Proof = new Dictionary<string, string>(StringComparer.Ordinal) { ["from"] = text.From, ["to"] = text.To, ["text"] = text.Text, ["message"] = text.ProviderId },
    };
}
