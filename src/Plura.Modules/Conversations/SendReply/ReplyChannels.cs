using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>By which channels a contact can be answered.</summary>
public sealed class ReplyChannels(IContactDirectory contacts)
{
    public async Task<IReadOnlyList<string>> Of(Guid contact, CancellationToken ct)
    {
        var there = (await contacts.Addresses(contact, ct)).Select(a => a.Channel).ToHashSet(StringComparer.Ordinal);
        return [.. new[] { Channels.Email, Channels.Sms }.Where(there.Contains)];
    }

    public static string Words(string channel) => channel == Channels.Sms ? "text message" : "e-mail";
}
