using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Whom the answers go that we give by ourselves: the number that a text came from, whether a contact has it or not. It stands nowhere but in that text.</summary>
public sealed class TextRecipients(PluraDb db, IReceivedTexts texts) : IRecipientSource
{
    /// <summary>Its contact point is the received text.</summary>
    public const string Origin = "text_answer";

    public bool Serves(string origin) => origin == Origin;

    public async Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var bodies = await texts.Read(contactPointIds, ct);
        var rows = await db.ReceivedTexts.AsNoTracking().Where(t => contactPointIds.Contains(t.Id)).Select(t => new { t.Id, t.SealKey, t.AddressKey }).ToListAsync(ct);
        return rows.Where(r => bodies.ContainsKey(r.Id)).ToDictionary(r => r.Id, r => new Recipient(r.SealKey, r.Id, bodies[r.Id].From, r.AddressKey, Minor: false, new Dictionary<string, object?>(StringComparer.Ordinal)));
    }
}
