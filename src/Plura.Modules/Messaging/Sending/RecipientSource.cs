using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;

namespace Plura.Messaging;

/// <summary>Where the recipients of an origin are known: contacts for campaigns, users for system letters.</summary>
public interface IRecipientSource
{
    bool Serves(string origin);

    /// <summary>The recipients by contact point id in one round trip; a missing one has lost its contact or address.</summary>
    Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct);
}

/// <summary>The account's own contacts: every origin except the installation's own letters, answers to a number, and answers in a web chat. Where an origin's words are kept apart, they are fetched here.</summary>
public sealed class ContactRecipients(IRecipients recipients, IEnumerable<ILetterWords> words) : IRecipientSource
{
    private static readonly Dictionary<Guid, Recipient> Nobody = [];

    public bool Serves(string origin) => origin is not ("system" or "test" or TextRecipients.Origin or IChatLines.Origin);

    public async Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var known = await recipients.Load(connection, contactPointIds, ct);
        if (words.FirstOrDefault(w => w.Origin == origin) is not { } kept)
            return known;
        // What it was to say is gone: then nobody gets it.
        if (await kept.Find(originId, ct) is not { } letter)
            return Nobody;
        return known.ToDictionary(k => k.Key, k => k.Value with { Fields = With(k.Value.Fields, letter.Fields), InReplyTo = letter.InReplyTo, Files = letter.Files, Automatic = letter.Automatic });
    }

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?> fields, IReadOnlyDictionary<string, string> words) => new(fields, StringComparer.Ordinal)
    {
        ["fields"] = words.ToDictionary(w => w.Key, w => (object?)w.Value, StringComparer.Ordinal),
    };
}
