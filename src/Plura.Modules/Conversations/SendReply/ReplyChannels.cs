using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>By which channels a contact can be answered.</summary>
public sealed class ReplyChannels(IContactDirectory contacts, IConsentLedger ledger)
{
    /// <param name="contact">The contact, or the visitor whom nobody knows: they have no address.</param>
    /// <param name="wrote">By which channel they wrote last: a chat that they have left for another channel is over.</param>
    /// <param name="visitor">Whether a visitor of the web chat belongs to the conversation.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<string>> Of(Guid contact, string wrote, bool visitor, CancellationToken ct)
    {
        var there = (await contacts.Addresses(contact, ct)).Select(a => a.Channel).ToHashSet(StringComparer.Ordinal);
        if (visitor && wrote == Channels.Chat)
            there.Add(Channels.Chat);
        return [.. new[] { Channels.Chat, Channels.Email, Channels.Sms }.Where(there.Contains)];
    }

    /// <summary>They have ended texts to every number of theirs: one would not be sent.</summary>
    public async Task<bool> Stopped(Guid contact, CancellationToken ct)
    {
        var numbers = (await contacts.Addresses(contact, ct)).Where(a => a.Channel == Channels.Sms).Select(a => a.AddressKey).Distinct().ToList();
        if (numbers.Count == 0)
            return false;
        var now = (await ledger.Now(numbers, ct)).Where(n => n is { Channel: Channels.Sms, Topic: Topics.All, Act: ConsentActs.Withdrawn }).Select(n => n.AddressKey).ToHashSet();
        return numbers.TrueForAll(now.Contains);
    }

    /// <summary>In the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Every = [Channels.Email, Channels.Sms, Channels.Chat];

    public static string Words(string channel) => channel switch
    {
        Channels.Sms => "text message",
        Channels.Chat => "web chat",
        _ => "e-mail",
    };

    /// <summary>The same after a verb.</summary>
    public static string Way(string channel) => channel == Channels.Chat ? "in the web chat" : "by " + Words(channel);
}
