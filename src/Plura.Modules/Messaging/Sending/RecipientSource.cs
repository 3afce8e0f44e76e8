using Npgsql;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>Where the recipients of an origin are known: contacts for campaigns, users for system letters.</summary>
public interface IRecipientSource
{
    bool Serves(string origin);

    /// <summary>The recipients by contact point id in one round trip; a missing one has lost its contact or address.</summary>
    Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct);
}

/// <summary>The account's own contacts: every origin except the installation's own letters.</summary>
public sealed class ContactRecipients(IRecipients recipients) : IRecipientSource
{
    public bool Serves(string origin) => origin is not ("system" or "test");

    public Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct) =>
        recipients.Load(connection, contactPointIds, ct);
}
